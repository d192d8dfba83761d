import { expect, test } from 'vitest'
import { createCompute } from '../../compute/create'
import { fitModel, interactionsOf, scoresOf } from '../testing'
import { popularity } from './popularity'

test('a score is the number of interactions; items without any have none', async () => {
  const compute = await createCompute({ threads: 1 })
  const train = interactionsOf([[0, 1, 1], [1, 2], []], 4)
  const fitted = await fitModel(popularity, train, compute)
  const scorer = await popularity.score?.(fitted, train)
  if (!scorer) throw new Error('popularity scores')
  const scores = await scoresOf(scorer, [0, 2], 4)
  expect(scores.map((row) => [...row])).toEqual([
    [1, 3, 1, Number.NaN],
    [1, 3, 1, Number.NaN],
  ])
  await compute.close()
})
