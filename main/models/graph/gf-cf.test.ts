import { expect, test } from 'vitest'
import { createCompute } from '../../compute/create'
import { symmetricEigen } from '../../compute/eigen'
import { fitModel, historyOf, scoresOf, tastes } from '../testing'
import { gfCf } from './gf-cf'

test('scores are those of the two filters written down', async () => {
  const compute = await createCompute({ threads: 2 })
  const [users, items, size, alpha] = [60, 25, 4, 0.7]
  const train = tastes(users, items, 7)
  const counts = new Array(items).fill(0)
  for (let user = 0; user < users; user++) for (const item of historyOf(train, user)) counts[item]++
  const graph = Array.from({ length: users }, (_, user) => {
    const history = new Set(historyOf(train, user))
    return counts.map((count, item) => (history.has(item) ? 1 / Math.sqrt(history.size * count) : 0))
  })
  const gram = new Float64Array(items * items)
  for (const row of graph) {
    for (let at = 0; at < gram.length; at++) gram[at] += row[Math.floor(at / items)] * row[at % items]
  }
  const { vectors } = await symmetricEigen(gram, items)
  const params = { embedding_size: size, alpha, epochs: 60 }
  const fitted = await fitModel(gfCf, train, compute, { params })
  const scorer = await gfCf.score?.(fitted, train)
  if (!scorer) throw new Error('gf-cf scores')
  const scores = await scoresOf(scorer, [0, 17], items)
  ;[0, 17].forEach((user, at) => {
    for (let item = 0; item < items; item++) {
      if (counts[item] === 0) continue
      let expected = 0
      for (const own of historyOf(train, user)) {
        expected += gram[own * items + item]
        for (let n = 0; n < size; n++) {
          const product = vectors[own * items + n] * vectors[item * items + n]
          expected += alpha * Math.sqrt(counts[item] / counts[own]) * product
        }
      }
      expect(scores[at][item]).toBeCloseTo(expected, 4)
    }
  })
  await compute.close()
})
