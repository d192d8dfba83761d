import { describe, expect, test } from 'vitest'
import { addContributions, type Fusion, toContributions } from '../../models/ensemble/fusion'
import type { FusedForm, HistoryForm } from '../../models/form'
import { scoreHistory } from '../proof/plain-scores'
import { programs } from '../testing/programs'
import { scoring } from './scoring'

const { NaN: none } = Number
const items = 6
const weights = [0.75, 0.25]
/** Scores with equal ones among them, some of items that a history has, and items that a member does not score. */
const alike: HistoryForm = { kind: 'alike', scores: Float32Array.of(4, 2, none, 2, 0.5, 3) }
const byItems: HistoryForm = {
  kind: 'item-weights',
  weights: Float32Array.from({ length: items * items }, (_, at) => ((at * 7) % 5) - 1.5),
  known: Uint8Array.of(1, 1, 1, 0, 1, 1),
}
const histories = [[0, 5], [1], [0, 1, 2, 3, 4, 5], []]

const fusions: Fusion[] = [
  { method: 'weighted-sum', normalisation: 'min-max', constant: 60 },
  { method: 'weighted-sum', normalisation: 'z-score', constant: 60 },
  { method: 'weighted-sum', normalisation: 'none', constant: 60 },
  { method: 'reciprocal-rank', normalisation: 'none', constant: 2 },
  { method: 'borda', normalisation: 'none', constant: 60 },
]

function ownScores(history: number[], fusion: Fusion): Float32Array {
  const seen = Uint8Array.from({ length: items }, (_, item) => Number(history.includes(item)))
  const [sums, known] = [new Float32Array(items), new Uint8Array(items)]
  for (const [at, form] of [alike, byItems].entries()) {
    const owned = Uint32Array.from(history)
    const scores = Float32Array.from(
      scoreHistory(form, { items: owned, ratings: new Float32Array(history.length).fill(1), recent: owned }),
    )
    addContributions(scores, toContributions(scores, seen, fusion), weights[at], sums, known)
  }
  return sums.map((sum, item) => (known[item] ? sum : none))
}

describe.each(fusions)('$method, $normalisation', (fusion) => {
  const form: FusedForm<HistoryForm> = {
    kind: 'fused',
    members: [alike, byItems].map((each, at) => ({ weight: weights[at], form: each })),
    fusion,
  }

  test('the graph fuses a batch as the ensemble does', async () => {
    const program = await programs.onnxruntime(scoring(form))
    const numbers = histories.flatMap((history) =>
      Array.from({ length: items }, (_, item) => Number(history.includes(item))),
    )
    const scores = await program.scores({ history: { whole: false, shape: [histories.length, items], numbers } })
    histories.forEach((history, row) => {
      ownScores(history, fusion).forEach((score, item) => {
        const found = scores[row * items + item]
        if (Number.isNaN(score)) expect(found).toBe(Number.NEGATIVE_INFINITY)
        else expect(found).toBeCloseTo(score, 5)
      })
    })
    await program.close()
  })

  test('plain loops fuse as the ensemble does', () => {
    for (const history of histories) {
      const owned = Uint32Array.from(history)
      const plain = scoreHistory(form, {
        items: owned,
        ratings: new Float32Array(history.length).fill(1),
        recent: owned,
      })
      ownScores(history, fusion).forEach((score, item) => {
        if (Number.isNaN(score)) expect(plain[item]).toBeNaN()
        else expect(plain[item]).toBeCloseTo(score, 5)
      })
    }
  })
})
