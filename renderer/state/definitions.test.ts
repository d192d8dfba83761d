import { expect, test } from 'vitest'
import type { Redefinition } from '../../main/contract/profiles'
import { rankRuns, reorderedMetrics } from './definitions'

const run = (runId: string, usual: Record<string, number>, metrics: Record<string, number>) => ({
  runId,
  users: 10,
  usual,
  metrics,
})
const redefinition = {
  profile: 'rectools',
  runs: [
    run('a', { 'ndcg@10': 0.5, 'recall@10': 0.3 }, { 'ndcg@10': 0.2, 'recall@10': 0.3 }),
    run('b', { 'ndcg@10': 0.4, 'recall@10': 0.2 }, { 'ndcg@10': 0.3, 'recall@10': 0.2 }),
    run('c', { 'ndcg@10': 0.1, 'map@10': 0.1 }, { 'ndcg@10': 0.1 }),
  ],
} as unknown as Redefinition

test('runs stand in the order of the other definitions, with both ranks', () => {
  expect(rankRuns(redefinition, 'ndcg', 10).map(({ runId, usualRank, rank }) => [runId, usualRank, rank])).toEqual([
    ['b', 2, 1],
    ['a', 1, 2],
    ['c', 3, 3],
  ])
  expect(rankRuns(redefinition, 'recall', 10).at(-1)).toEqual({
    runId: 'c',
    usual: null,
    redefined: null,
    usualRank: null,
    rank: null,
  })
})

test('a metric is reordered where any rank changes; what the library does not have is not', () => {
  expect(reorderedMetrics(redefinition, 10)).toEqual(['ndcg'])
})
