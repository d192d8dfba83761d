import { expect, test } from 'vitest'
import { createRandom } from '../models/random'
import { dominates, lossesOf, nonDominated, ranking } from './order'

const whole = (losses: number[]) => ({ share: 1, losses })

test('more of some metrics is better, and less of others; what is missing is worst', () => {
  expect(lossesOf(['ndcg@10', 'rmse'], { 'ndcg@10': 0.25, rmse: 0.9 })).toEqual([-0.25, 0.9])
  expect(lossesOf(['ndcg@10'], { 'ndcg@10': Number.NaN })).toEqual([Number.POSITIVE_INFINITY])
  expect(lossesOf(['ndcg@10'], {})).toEqual([Number.POSITIVE_INFINITY])
})

test('with one objective trials are in the order of their losses, equal ones in their own', () => {
  expect(ranking([3, 1, 2, 1].map((loss) => whole([loss])))).toEqual([1, 3, 2, 0])
})

test('those that were trained for longer go first', () => {
  expect(
    ranking([
      { share: 1 / 3, losses: [0] },
      { share: 1, losses: [9] },
      { share: 1 / 3, losses: [-1] },
    ]),
  ).toEqual([1, 2, 0])
})

test('two objectives: front by front, the ends of a front before its crowded middle', () => {
  const losses = [
    [0, 4],
    [2, 2],
    [1.9, 2.2],
    [4, 0],
    [3, 3],
    [5, 5],
  ]
  expect(nonDominated(losses)).toEqual([0, 1, 2, 3])
  expect(ranking(losses.map(whole))).toEqual([0, 3, 1, 2, 4, 5])
})

test('no point of a front is beaten, and every other point is', () => {
  const random = createRandom(3)
  const losses = Array.from({ length: 200 }, () => [random.uniform(), random.uniform()])
  const front = new Set(nonDominated(losses))
  for (const [at, own] of losses.entries()) {
    const isBeaten = losses.some(
      (other) => other[0] <= own[0] && other[1] <= own[1] && (other[0] < own[0] || other[1] < own[1]),
    )
    expect(front.has(at)).toBe(!isBeaten)
  }
  expect(dominates([1, 1], [1, 1])).toBe(false)
})
