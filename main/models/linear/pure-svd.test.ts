import { afterAll, beforeAll, expect, test } from 'vitest'
import { createCompute } from '../../compute/create'
import { symmetricEigen } from '../../compute/eigen'
import { fitModel, historyOf, interactionsOf, scoresOf, tastes } from '../testing'
import { pureSvd } from './pure-svd'

let compute: Awaited<ReturnType<typeof createCompute>>
beforeAll(async () => {
  compute = await createCompute({ threads: 2 })
})
afterAll(() => compute.close())

test('two groups by hand', async () => {
  // Of the rows (1 1 0), (1 1 0), (0 0 1) the largest singular value is 2, along (1, 1, 0) / sqrt 2.
  const train = interactionsOf([[0, 1], [0, 1], [2]], 3)
  const fitted = await fitModel(pureSvd, train, compute, { params: { embedding_size: 1 } })
  const scorer = await pureSvd.foldIn?.(fitted, interactionsOf([[0], [2]], 3))
  if (!scorer) throw new Error('pure-svd folds in')
  const [first, second] = await scoresOf(scorer, [0, 1], 3)
  ;[1 / 2, 1 / 2, 0].forEach((value, item) => {
    expect(first[item]).toBeCloseTo(value, 6)
    expect(second[item]).toBeCloseTo(0, 6)
  })
})

test.each(['none', 'ratings'])('scores are those of the exact decomposition, %s', async (weighting) => {
  const [users, items, size] = [90, 31, 6]
  const chosen = tastes(users, items, 9)
  const train = { ...chosen, values: chosen.values.map((_, at) => 1 + (at % 5)) }
  const rows = Array.from({ length: users }, (_, user) => {
    const row = new Float64Array(items)
    historyOf(train, user).forEach((item, at) => {
      row[item] = weighting === 'none' ? 1 : train.values[train.offsets[user] + at]
    })
    return row
  })
  const gram = new Float64Array(items * items)
  for (const row of rows)
    for (let at = 0; at < gram.length; at++) gram[at] += row[Math.floor(at / items)] * row[at % items]
  const { vectors } = await symmetricEigen(gram, items)
  const params = { embedding_size: size, weighting, epochs: 60 }
  const fitted = await fitModel(pureSvd, train, compute, { params })
  const scorer = await pureSvd.score?.(fitted, train)
  if (!scorer) throw new Error('pure-svd scores')
  const scores = await scoresOf(scorer, [0, 41, 89], items)
  ;[0, 41, 89].forEach((user, at) => {
    for (let item = 0; item < items; item++) {
      let expected = 0
      for (let n = 0; n < size; n++) {
        const along = rows[user].reduce((sum, value, other) => sum + value * vectors[other * items + n], 0)
        expected += along * vectors[item * items + n]
      }
      expect(scores[at][item]).toBeCloseTo(expected, 3)
    }
  })
})
