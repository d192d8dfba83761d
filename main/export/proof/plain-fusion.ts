import type { FusedForm } from '../../models/form'
import type { PlainHistory } from './plain-scores'

type Scores = Float64Array

/** Members' scores as one, after the text of `models/ensemble/fusion.ts`: NaN where no member scores an item. */
export function fuse<F>(
  { members, fusion }: FusedForm<F>,
  history: PlainHistory,
  scoreBy: (form: F) => Scores,
): Scores {
  const own = new Set(history.items)
  const rows = members.map(({ weight, form }) => {
    // As precise as the members make them: what is equal there shares a rank here.
    const scores = scoreBy(form).map(Math.fround)
    return { weight, scores, shares: sharesOf(scores, own, fusion) }
  })
  return rows[0].scores.map((_, item) => {
    if (rows.every(({ scores }) => Number.isNaN(scores[item]))) return Number.NaN
    return rows.reduce((sum, { weight, scores, shares: { of, unscored } }) => {
      return sum + weight * (Number.isNaN(scores[item]) ? unscored : of(scores[item]))
    }, 0)
  })
}

/** What a score adds, and what an item adds that has none. */
interface Shares {
  of(score: number): number
  unscored: number
}

function sharesOf(scores: Scores, own: ReadonlySet<number>, fusion: FusedForm<unknown>['fusion']): Shares {
  const candidates = [...scores].filter((score, item) => !own.has(item) && !Number.isNaN(score))
  const rank = (score: number) => 1 + candidates.filter((other) => other > score).length
  if (fusion.method === 'reciprocal-rank') {
    return { of: (score) => 1 / (fusion.constant + rank(score)), unscored: 0 }
  }
  if (fusion.method === 'borda') {
    return { of: (score) => 1 - (rank(score) - 1) / Math.max(1, candidates.length), unscored: 0 }
  }
  return scaled(candidates, fusion.normalisation)
}

function scaled(candidates: number[], normalisation: FusedForm<unknown>['fusion']['normalisation']): Shares {
  const asItIs = (score: number) => score
  if (candidates.length === 0) return { of: asItIs, unscored: 0 }
  const [lowest, highest] = [Math.min(...candidates), Math.max(...candidates)]
  if (normalisation === 'none') return { of: asItIs, unscored: lowest }
  if (highest === lowest) return { of: () => 0, unscored: 0 }
  const mean = candidates.reduce((sum, score) => sum + score, 0) / candidates.length
  const variance = candidates.reduce((sum, score) => sum + (score - mean) ** 2, 0) / candidates.length
  const [origin, unit] = normalisation === 'min-max' ? [lowest, highest - lowest] : [mean, Math.sqrt(variance)]
  const of = (score: number) => (score - origin) / unit
  return { of, unscored: of(lowest) }
}
