import { expect, test } from 'vitest'
import { createCompute } from '../../compute/create'
import { fitModel, interactionsOf, ratingsOf, scoresOf } from '../testing'
import { bias } from './bias'

/** Users 0 and 1 rate items 0 and 1; user 2 has nothing, item 2 is unknown. */
const train = interactionsOf([[0, 1], [0], []], 3, [[5, 3], [4], []])

test('biases are what one round of means gives, by hand', async () => {
  const compute = await createCompute({ threads: 1 })
  const params = { epochs: 1, user_regularization: 1, item_regularization: 2 }
  const fitted = await fitModel(bias, train, compute, { params })
  // Mean 4. Item 0: (1 + 0) / (2 + 2) = 1/4; item 1: -1 / 3. User 0: (1 - 1/4 + -1 + 1/3) / (1 + 2); user 1: -1/4 / 2.
  const rater = await bias.rate?.(fitted, train)
  const ratings = await ratingsOf(rater, [
    [0, 0],
    [1, 1],
    [2, 1],
    [0, 2],
    [9, 9],
  ])
  const user = (1 - 1 / 4 - 1 + 1 / 3) / 3
  expect(ratings[0]).toBeCloseTo(4 + user + 1 / 4, 6)
  expect(ratings[1]).toBeCloseTo(4 - 1 / 8 - 1 / 3, 6)
  expect(ratings[2]).toBeCloseTo(4 - 1 / 3, 6)
  expect(ratings[3]).toBeCloseTo(4 + user, 6)
  expect(ratings[4]).toBeCloseTo(4, 6)
  const scorer = await bias.score?.(fitted, train)
  if (!scorer) throw new Error('bias scores')
  const [scores] = await scoresOf(scorer, [2], 3)
  expect(scores[0]).toBeCloseTo(4 + 1 / 4, 6)
  expect(scores[1]).toBeCloseTo(4 - 1 / 3, 6)
  expect(scores[2]).toBeNaN()
  await compute.close()
})
