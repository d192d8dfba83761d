import { expect, test } from 'vitest'
import { losingKey } from './losing-key'

const metrics = (...keys: string[]) => Object.fromEntries(keys.map((key) => [key, 0.5]))

test('users lose by ndcg@10, or by another ranking metric that both runs have', () => {
  expect(losingKey(metrics('recall@10', 'ndcg@10'), metrics('ndcg@10', 'recall@10'))).toBe('ndcg@10')
  expect(losingKey(metrics('recall@5', 'ndcg@5', 'ndcg@10'), metrics('ndcg@5', 'recall@5'))).toBe('ndcg@5')
  expect(losingKey(metrics('coverage@10', 'recall@20'), metrics('coverage@10', 'recall@20'))).toBe('recall@20')
  expect(losingKey(metrics('rmse', 'ndcg@10'), metrics('rmse', 'ndcg@20'))).toBeNull()
})
