import { expect, test } from 'vitest'
import type { RunRecord } from '../contract/records'
import { describeRuns } from './leaderboard'

const evaluation = { cutoffs: [5, 10], metrics: ['ndcg'], candidates: 'all', exclude_seen: true }
const run = (id: string, value: number, changes: Partial<RunRecord> = {}) =>
  ({
    id,
    name: id,
    state: 'done',
    evaluation,
    series: null,
    fitSeconds: 2,
    metrics: { 'ndcg@5': 0, 'ndcg@10': value },
    ...changes,
  }) as RunRecord

test('repeated runs are one mean with its standard deviation, other runs stand for themselves', () => {
  const series = (index: number) => ({ id: 'ials-1', kind: 'seeds', index, count: 3 }) as const
  const runs = [
    run('popularity-1', 0.1),
    run('ials-1', 0.2, { series: series(0), fitSeconds: 1 }),
    run('ials-2', 0.3, { series: series(1) }),
    run('ials-3', 0.9, { series: series(2), state: 'failed' }),
  ]
  expect(describeRuns(runs).split('\n')).toEqual([
    'run                      ndcg@10   fit s',
    'popularity-1              0.1000       2',
    'ials-1, mean of 2 seeds   0.2500  1.5000',
    '  standard deviation      0.0707  0.7071',
  ])
})
