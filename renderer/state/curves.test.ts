import { expect, test } from 'vitest'
import { awaitedCurves, curvesOf } from './curves'

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

test('the curves of a network are known before its first epoch, those of other models with it', () => {
  const network = { batch_size: 256, epochs: 3, early_stopping: 'ndcg@10' }
  expect(awaitedCurves({ params: network }, [])).toEqual(['loss', 'ndcg@10'])
  expect(awaitedCurves({ params: { ...network, early_stopping: 'off' } }, [])).toEqual(['loss'])
  expect(awaitedCurves({ params: { epochs: 15 } }, [])).toEqual([])
  const from = { kind: 'run' as const, runId: 'source' }
  expect(awaitedCurves({ params: network, elsewhere: { from, found: null } }, [])).toEqual([])
  expect(awaitedCurves({ params: { epochs: 15 } }, [{ epoch: 1, values: { objective: 2 } }])).toEqual(['objective'])
})
