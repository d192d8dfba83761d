import { afterAll, beforeAll, expect, test } from 'vitest'
import { createCompute } from '../../compute/create'
import type { Interactions, Parameters } from '../model'
import { fitModel, interactionsOf, scoresOf } from '../testing'
import { popularity } from './popularity'

let compute: Awaited<ReturnType<typeof createCompute>>
beforeAll(async () => {
  compute = await createCompute({ threads: 1 })
})
afterAll(() => compute.close())

async function scoreUsers(train: Interactions, users: number[], params: Parameters = {}): Promise<number[][]> {
  const fitted = await fitModel(popularity, train, compute, { params })
  const scorer = await popularity.score?.(fitted, train)
  if (!scorer) throw new Error('popularity scores')
  return (await scoresOf(scorer, users, train.items)).map((row) => [...row])
}

const train = interactionsOf([[0, 1, 1], [1, 2], []], 4)
const days = [0, 1, 2, 2.5, 4]
const timed = { ...train, timestamps: Float64Array.from(days, (day) => 1_000_000 + day * 86_400) }

test('a score is the number of interactions; items without any have none', async () => {
  expect(await scoreUsers(train, [0, 2])).toEqual([
    [1, 3, 1, Number.NaN],
    [1, 3, 1, Number.NaN],
  ])
})

test('of a recent period only its interactions count, the first moment included', async () => {
  expect(await scoreUsers(timed, [0], { period: 'recent', days: 2 })).toEqual([[0, 2, 1, Number.NaN]])
})

test('an interaction that is older by the given days counts half', async () => {
  const [scores] = await scoreUsers(timed, [0], { period: 'decayed', days: 2 })
  const expected = [2 ** -2, 2 ** -1.5 + 2 ** -1 + 2 ** -0.75, 1]
  expected.forEach((value, item) => {
    expect(scores[item]).toBeCloseTo(value, 6)
  })
})

test('without timestamps nothing is recent', async () => {
  await expect(scoreUsers(train, [0], { period: 'recent' })).rejects.toMatchObject({
    code: 'BAD_REQUEST',
    data: { field: 'params.period' },
  })
})
