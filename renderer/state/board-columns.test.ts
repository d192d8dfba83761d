import { expect, test } from 'vitest'
import type { RunRecord } from '../../main/contract/records'
import { differs, metricColumns, usualColumns } from './board-columns'

const run = (metrics: Record<string, number>) => ({ metrics }) as RunRecord
const runs = [
  run({ 'ndcg@5': 0.1, 'ndcg@10': 0.2, 'recall@5': 0.1, 'recall@10': 0.3 }),
  run({ rmse: 0.9, 'recall@10': 0.3 }),
]
const metrics = ['recall', 'ndcg', 'rmse'] as const
const keys = (chosen: string[], cutoff: number) =>
  metricColumns(chosen, metrics, runs, cutoff).map((column) => column.key)

test('the usual columns follow the cutoff', () => {
  expect(keys(usualColumns(metrics), 5)).toEqual(['recall@5', 'ndcg@5', 'rmse'])
  expect(keys(usualColumns(metrics), 10)).toEqual(['recall@10', 'ndcg@10', 'rmse'])
})

test('a fixed cutoff stays and is there once, even where the cutoff in force is the same', () => {
  expect(keys(['ndcg@k', 'ndcg@10', 'ndcg@99'], 5)).toEqual(['ndcg@5', 'ndcg@10'])
  expect(keys(['ndcg@10', 'ndcg@k'], 10)).toEqual(['ndcg@10'])
  expect(keys(['settings', 'fit'], 10)).toEqual([])
})

test('a column differs where any two runs do, one without the value included', () => {
  expect(differs(runs, ({ metrics: values }) => values['recall@10'])).toBe(false)
  expect(differs(runs, ({ metrics: values }) => values['recall@5'])).toBe(true)
})
