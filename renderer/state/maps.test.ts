import { expect, test } from 'vitest'
import type { EngineClient } from '../../main/contract/calls'
import type { ProjectionRecord } from '../../main/contract/projection'
import type { DatasetRecord } from '../../main/contract/records'
import { askColouring, colourKeys, numberKindOf, pointValueOf } from './maps'

const dataset = {
  itemAttributes: [
    { name: 'genres', type: 'multi-valued' },
    { name: 'plot', type: 'text' },
    { name: 'made in', type: 'number' },
    { name: 'released', type: 'date' },
  ],
  userAttributes: [{ name: 'age', type: 'number' }],
  profile: { ratings: [{ value: 5, count: 1 }] },
} as unknown as DatasetRecord
const mapOf = (of: 'items' | 'users') => ({ of, clusters: [{ k: 2 }] }) as unknown as ProjectionRecord
const metrics = ['ndcg@10', 'coverage@10', 'rmse', 'mae']

test('items are coloured by hits and features, users by the metrics of their lists', () => {
  const common = ['none', 'cluster', 'popularity', 'rating']
  const features = ['feature genres', 'feature made in', 'feature released']
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

test('numbers are written as what they are', () => {
  const kindOf = (key: Parameters<typeof numberKindOf>[0]) => numberKindOf(key, mapOf('items'), dataset)
  expect(kindOf('popularity')).toBe('count')
  expect(kindOf('rating')).toBe('value')
  expect(kindOf('feature made in')).toBe('attribute')
  expect(kindOf('feature released')).toBe('date')
})

test('clusters come with their labels, and other colours without any', async () => {
  const codes = { kind: 'category', names: ['1'], codes: Uint16Array.of(0), more: 0 }
  const asked: unknown[] = []
  const engine = {
    async call(name: string, input: unknown) {
      asked.push(input)
      return name === 'projections.values' ? codes : [{ points: 1 }]
    },
  } as unknown as EngineClient
  expect(await askColouring(engine, 'p', 'cluster', 3)).toEqual({
    colour: 'cluster',
    values: codes,
    groups: [{ points: 1 }],
  })
  expect(asked).toEqual([
    { projectionId: 'p', value: { by: 'cluster', k: 3 } },
    { projectionId: 'p', k: 3 },
  ])
  expect(await askColouring(engine, 'p', 'rating', 3)).toMatchObject({ colour: 'rating', groups: null })
  expect(await askColouring(engine, 'p', 'none', 3)).toBeNull()
})
