import { expect, test } from 'vitest'
import { createCompute } from '../../compute/create'
import { fitModel, interactionsOf, ratingsOf, scoresOf } from '../testing'
import { random } from './random'

const users = 200
const items = 300
const values = Array.from({ length: users }, (_, user) => [user % 2 === 0 ? 1 : 4])
const train = interactionsOf(
  Array.from({ length: users }, (_, user) => [user]),
  items,
  values,
)

test('scores are uniform, ratings normal with the moments of the training ratings, and both follow the seed', async () => {
  const compute = await createCompute({ threads: 1 })
  const fitted = await fitModel(random, train, compute)
  const scorer = await random.score?.(fitted, train)
  if (!scorer) throw new Error('random scores')
  const scores = (await scoresOf(scorer, Array(users).keys(), items)).flatMap((row) => [...row.subarray(0, users)])
  const mean = (list: number[]) => list.reduce((sum, value) => sum + value, 0) / list.length
  expect(scores.every((score) => score >= 0 && score < 1)).toBe(true)
  expect(mean(scores)).toBeCloseTo(1 / 2, 2)
  expect(mean(scores.map((score) => score ** 2))).toBeCloseTo(1 / 3, 2)
  expect(mean(scores.map((score, at) => score * scores[(at + 1) % scores.length]))).toBeCloseTo(1 / 4, 2)

  const pairs = Array.from({ length: 40_000 }, (_, at): [number, number] => [at % users, Math.floor(at / users)])
  const ratings = [...(await ratingsOf(await random.rate?.(fitted, train), pairs))]
  expect(mean(ratings)).toBeCloseTo(2.5, 1)
  expect(mean(ratings.map((rating) => (rating - 2.5) ** 2))).toBeCloseTo(1.5 ** 2, 1)
  const within = ratings.filter((rating) => Math.abs(rating - 2.5) < 1.5).length
  expect(within / ratings.length).toBeCloseTo(0.683, 2)

  const other = await fitModel(random, train, compute, { seed: 2 })
  expect(other.tensors.seed).not.toEqual(fitted.tensors.seed)
  await compute.close()
})
