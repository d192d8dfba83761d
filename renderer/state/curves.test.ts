import { expect, test } from 'vitest'
import { curvesOf } from './curves'

test('each value has a curve of its own, with gaps where it was not reported', () => {
  const curve = [
    { epoch: 1, values: { loss: 3 } },
    { epoch: 2, values: { loss: 2, 'ndcg@10': 0.1 } },
    { epoch: 4, values: { loss: Number.POSITIVE_INFINITY, 'ndcg@10': 0.2, once: 1 } },
  ]
  expect(curvesOf(curve)).toEqual([
    { name: 'loss', epochs: [1, 2, 4], values: [3, 2, null] },
    { name: 'ndcg@10', epochs: [1, 2, 4], values: [null, 0.1, 0.2] },
  ])
  expect(curvesOf([])).toEqual([])
})
