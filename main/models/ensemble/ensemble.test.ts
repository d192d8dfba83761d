import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createCompute } from '../../compute/create'
import { preparedOf } from '../../data/testing/interactions'
import { evaluate } from '../../evaluation/evaluate'
import { full } from '../../evaluation/testing/judge'
import { scorerOf, unattended } from '../../evaluation/testing/scorer'
import { popularity } from '../baselines/popularity'
import type { Interactions, Member, Model, Parameters, Scorer } from '../model'
import { createRandom } from '../random'
import { fitModel, interactionsOf, scoresOf } from '../testing'
import { createEnsemble } from './ensemble'

const { NaN: none } = Number
let compute: Awaited<ReturnType<typeof createCompute>>
beforeAll(async () => {
  compute = await createCompute({ threads: 1 })
})
afterAll(() => compute.close())

/** A model whose tensors are the scores themselves, a row for each user. */
const written: Model = {
  ...popularity,
  id: 'written',
  name: 'Written',
  score: async ({ tensors }, { items }) => ({
    async score(users, into) {
      users.forEach((user, row) => {
        into.set((tensors.scores.data as Float32Array).subarray(user * items, (user + 1) * items), row * items)
      })
    },
    close() {},
  }),
}
const { foldIn: _, ...unable } = written
const strange: Model = { ...unable, id: 'strange', name: 'Strange' }
const ensemble = createEnsemble((id) => (id === 'written' ? written : strange))

const memberOf = (scores: number[][], model = written): Member => ({
  name: 'given',
  model,
  params: {},
  tensors: { scores: { shape: [scores.length, scores[0].length], data: Float32Array.from(scores.flat()) } },
})

interface Fused {
  runs: Member[]
  params?: Parameters
  validation?: Interactions
  seed?: number
}

async function fuse(train: Interactions, { runs, ...options }: Fused) {
  const fitted = await fitModel(ensemble, train, compute, { runs, ...options })
  const weights = ensemble.memberWeights?.(fitted.tensors)
  const scorer = await ensemble.score?.(fitted, train)
  if (!scorer) throw new Error('it cannot score')
  return { fitted, weights, scores: await scoresOf(scorer, Array(train.users).keys(), train.items) }
}

const near = (values: number[]) =>
  values.map((value) => (Number.isNaN(value) ? none : (expect.closeTo(value, 6) as number)))

describe('by hand', () => {
  // The user has item 0; the members see the others as 2 > 3 > 1 and 1 > 3, and differ in scale.
  const train = interactionsOf([[0]], 5)
  const runs = [memberOf([[90, 10, 30, 20, none]]), memberOf([[none, 0.9, none, 0.3, none]])]

  test('weighted sum of what min-max gives', async () => {
    const { weights, scores } = await fuse(train, { runs })
    expect(weights).toEqual([0.5, 0.5])
    // Item 1: (0 + 1) / 2; item 2: (1 + 0) / 2; item 3: (0.5 + 0) / 2. Item 0 is on the first one's scale: 4.
    expect([...scores[0]]).toEqual(near([2, 0.5, 0.5, 0.25, none]))
  })

  test('reciprocal ranks', async () => {
    const { scores } = await fuse(train, { runs, params: { method: 'reciprocal-rank' } })
    const expected = [1 / 61, 1 / 63 + 1 / 61, 1 / 61, 1 / 62 + 1 / 62].map((sum) => sum / 2)
    expect([...scores[0]]).toEqual(near([...expected, none]))
  })

  test('borda', async () => {
    const { scores } = await fuse(train, { runs, params: { method: 'borda' } })
    expect([...scores[0]]).toEqual(near([0.5, (1 / 3 + 1) / 2, 0.5, (2 / 3 + 0.5) / 2, none]))
  })

  test('raw scores, where one member knows nothing of the user', async () => {
    const silent = memberOf([[none, none, none, none, none]])
    const { scores } = await fuse(train, { runs: [runs[0], silent], params: { normalisation: 'none' } })
    expect([...scores[0]]).toEqual([45, 5, 15, 10, none])
  })
})

/** Thirty users with one validation item each, item 5; one member ranks it first for everyone, the other one last. */
const users = 30
const everyone = (row: number[]) => Array.from({ length: users }, () => row)
const train = interactionsOf(everyone([0]), 6)
const validation = interactionsOf(everyone([5]), 6)
const right = memberOf(everyone([0, 1, 2, 3, 4, 5]))
const wrong = memberOf(everyone([0, 5, 4, 3, 2, 1]))

describe('fitted weights', () => {
  test('favour the member that finds what was chosen', async () => {
    const { weights, scores } = await fuse(train, { runs: [wrong, right], validation })
    const [ofWrong, ofRight] = weights ?? []
    expect(ofWrong + ofRight).toBeCloseTo(1, 12)
    expect(ofRight).toBeGreaterThan(0.5)
    expect(scores[0][5]).toBeGreaterThan(Math.max(...scores[0].slice(1, 5)))
  })

  test('reach the best mixture that the evaluation itself finds', async () => {
    const random = createRandom(4)
    const rows = () => everyone([]).map(() => Array.from({ length: 40 }, () => random.uniform()))
    const [first, second] = [rows(), rows()]
    const chosen = first.map((row, user) => {
      const mixed = row.map((score, item) => 0.3 * score + 0.7 * second[user][item])
      return [mixed.indexOf(Math.max(...mixed))]
    })
    const parts = { train: everyone([0]), test: chosen.map((items) => items.filter((item) => item > 0)) }
    const prepared = preparedOf(
      { ...parts, train: [...parts.train.slice(1), Array.from({ length: 40 }, (_, i) => i)] },
      40,
    )
    const params = { normalisation: 'none', cutoff: 10 }
    const runs = [memberOf(first), memberOf(second)]
    const { weights = [] } = await fuse(prepared.train, { runs, params, validation: prepared.test })
    const ndcgAt = async (share: number) => {
      const scores = first.map((row, user) =>
        row.map((score, item) => share * score + (1 - share) * second[user][item]),
      )
      const request = { prepared, scorer: scorerOf(scores), rater: null, random, ...unattended }
      return (await evaluate({ ...request, evaluation: { ...full, metrics: ['ndcg'] } })).metrics['ndcg@10']
    }
    const values = await Promise.all(Array.from({ length: 21 }, (_, step) => ndcgAt(step / 20)))
    expect(await ndcgAt(weights[0])).toBeCloseTo(Math.max(...values), 6)
    expect(Math.max(...values)).toBeGreaterThan(Math.max(values[0], values[10], values[20]))
  })

  test('are the same for the same seed, where users are drawn', async () => {
    const many = 2500
    const random = createRandom(8)
    const rows = (count: number) => Array.from({ length: many }, () => Array.from({ length: count }, random.uniform))
    const runs = [memberOf(rows(8)), memberOf(rows(8))]
    const histories = interactionsOf(
      Array.from({ length: many }, () => [0]),
      8,
    )
    const held = interactionsOf(
      Array.from({ length: many }, () => [1 + random.integer(7)]),
      8,
    )
    const weightsAt = async (seed: number) => (await fuse(histories, { runs, validation: held, seed })).weights
    expect(await weightsAt(1)).toEqual(await weightsAt(1))
  })

  test('stay equal where nothing speaks for a member', async () => {
    const { weights } = await fuse(train, { runs: [right, right], validation })
    expect(weights).toEqual([0.5, 0.5])
  })

  test('are taken as they are given', async () => {
    const runs = [
      { ...right, weight: 0.25 },
      { ...wrong, weight: 0.75 },
    ]
    expect((await fuse(train, { runs, params: { weights: 'fitted' } })).weights).toEqual([0.25, 0.75])
  })

  test('a member without weight is not asked', async () => {
    const deaf: Model = { ...strange, score: async () => Promise.reject(new Error('asked')) }
    const found = createEnsemble((id) => (id === 'written' ? written : deaf))
    const runs = [
      { ...right, weight: 1 },
      { ...wrong, model: deaf, weight: 0 },
    ]
    const fitted = await fitModel(found, train, compute, { runs })
    const scorer = await found.score?.(fitted, train)
    expect((await scoresOf(scorer as Scorer, [0], 6))[0][5]).toBe(1)
  })
})

describe('what to do', () => {
  const refusal = (options: Fused) => fuse(train, options).catch((error) => error)

  test('without a validation part', async () => {
    expect(await refusal({ runs: [right, wrong], params: { weights: 'fitted' } })).toMatchObject({
      code: 'BAD_REQUEST',
      message:
        'There is no validation part to find weights by. Add a validation part to the split, or choose equal weights.',
    })
  })

  test('with a validation part of nobody known', async () => {
    const strangers = interactionsOf(everyone([]), 6)
    expect((await refusal({ runs: [right, wrong], validation: strangers })).message).toMatch(
      /^No user of the validation/,
    )
  })

  test('with one member', async () => {
    expect((await refusal({ runs: [right], validation })).message).toMatch(/two members at least/)
  })

  test('where a member cannot fold in', async () => {
    const { fitted } = await fuse(train, { runs: [right, { ...wrong, model: strange }] })
    await expect(ensemble.foldIn?.(fitted, train)).rejects.toMatchObject({
      code: 'BAD_REQUEST',
      message: expect.stringMatching(/^Strange is a member of this ensemble and cannot make lists/),
    })
  })
})

test('members are made once, and whether they fold in is known before any scorer is made', async () => {
  const train = interactionsOf([[0], [1]], 3)
  const asked: unknown[] = []
  const folding: Model = {
    ...written,
    async foldIn({ tensors }, histories) {
      asked.push(tensors)
      return written.score?.({ tensors, params: {}, compute }, histories) as Promise<Scorer>
    },
  }
  const own = createEnsemble((id) => (id === 'written' ? folding : strange))
  const scores = [
    [1, 2, 3],
    [3, 2, 1],
  ]
  const fitOf = (runs: Member[], weights: number[]) =>
    fitModel(own, train, compute, { runs: runs.map((run, at) => ({ ...run, weight: weights[at] })) })
  const fitted = await fitOf([memberOf(scores), memberOf(scores)], [0.5, 0.5])
  for (let time = 0; time < 2; time++) (await own.foldIn?.(fitted, train))?.close()
  expect(asked[2]).toBe(asked[0])
  expect(own.foldsIn?.(fitted)).toBe(true)
  const runs = [memberOf(scores), memberOf(scores, strange)]
  expect(own.foldsIn?.(await fitOf(runs, [0.5, 0.5]))).toBe(false)
  expect(own.foldsIn?.(await fitOf(runs, [1, 0]))).toBe(true)
})
