import { expect, test } from 'vitest'
import type { ProjectionRecord } from '../../main/contract/projection'
import type { DatasetRecord } from '../../main/contract/records'
import { colourKeys, pointValueOf } from './maps'

const dataset = {
  itemAttributes: [
    { name: 'genres', type: 'multi-valued' },
    { name: 'plot', type: 'text' },
    { name: 'made in', type: 'number' },
  ],
  userAttributes: [{ name: 'age', type: 'number' }],
  profile: { ratings: [{ value: 5, count: 1 }] },
} as unknown as DatasetRecord
const mapOf = (of: 'items' | 'users') => ({ of, clusters: [{ k: 2 }] }) as unknown as ProjectionRecord
const metrics = ['ndcg@10', 'coverage@10', 'rmse', 'mae']

test('items are coloured by hits and features, users by the metrics of their lists', () => {
  const common = ['none', 'cluster', 'popularity', 'rating']
  const features = ['feature genres', 'feature made in']
  expect(colourKeys(mapOf('items'), dataset, ['ndcg@10'])).toEqual([...common, 'hits', ...features])
  expect(colourKeys(mapOf('items'), dataset, metrics)).toEqual([...common, 'error', 'hits', ...features])
  expect(colourKeys(mapOf('users'), dataset, metrics)).toEqual([
    ...common,
    'metric ndcg@10',
    'metric rmse',
    'metric mae',
    'feature age',
  ])
})

test('what the engine is asked for, names with blanks too', () => {
  expect(pointValueOf('none', 3)).toBeNull()
  expect(pointValueOf('cluster', 3)).toEqual({ by: 'cluster', k: 3 })
  expect(pointValueOf('feature made in', 3)).toEqual({ by: 'feature', name: 'made in' })
  expect(pointValueOf('error', 3)).toEqual({ by: 'error' })
  expect(pointValueOf('metric ndcg@10', 3)).toEqual({ by: 'metric', key: 'ndcg@10' })
})
