import { expect, test } from 'vitest'
import type { Interactions } from '../models/model'
import type { Store } from '../store'
import type { OpenMap } from './projection-cache'
import { createPointGroups, wordsOf } from './projection-groups'

// Six films, three users. Films 0 to 2 are one cluster, the others the second one.
const itemIds = ['a', 'b', 'c', 'd', 'e', 'f']
const titles = ['The Fox', 'Fox and Hound', 'A Fox Again', 'The Sea', 'Sea Air', 'Deep Sea']
const genres = ['Animation', 'Animation', 'Drama', 'Drama', 'Drama', 'Drama']
const histories = [
  [0, 1, 2],
  [3, 4],
  [3, 5, 4],
]
const train: Interactions = {
  users: 3,
  items: 6,
  offsets: Uint32Array.of(0, 3, 5, 8),
  itemIndices: Uint32Array.from(histories.flat()),
  values: Float32Array.of(5, 4, 3, 2, 2, 1, 1, 4),
  timestamps: null,
}
const attribute = { name: 'genre', type: 'category', separator: null, column: 'feature_0' }
const dataset = {
  id: 'films',
  hasTitles: true,
  itemAttributes: [attribute],
  userAttributes: [],
  profile: { ratings: [1] },
}
const store = {
  dataset: async () => dataset,
  attributeRows: async (_id: string, of: string) =>
    of === 'items' ? { ids: itemIds, columns: [{ ...attribute, cells: genres }] } : { ids: [], columns: [] },
} as unknown as Store

function mapOf(of: 'items' | 'users', labels: number[]): OpenMap {
  const points = Uint32Array.from(labels.keys())
  return {
    record: { of, clusters: [{ k: 2 }] },
    run: { datasetId: 'films', clean: [], counts: { train: { users: 3 } } },
    data: { train, itemIds, userIds: ['x', 'y', 'z'], titles },
    points,
    placeOf: Int32Array.from(points),
    trials: [{ k: 2 }],
    labels: [Uint8Array.from(labels)],
  } as unknown as OpenMap
}

test('clusters of items: what is frequent beside all, popularity and rating', async () => {
  const [foxes, seas] = await createPointGroups(store).clusters(mapOf('items', [0, 0, 0, 1, 1, 1]), 2)
  expect(foxes.terms).toEqual([
    // Of three here and three of six: log 2. Animation: two of three, two of six, the same logarithm.
    { of: 'title', value: 'fox', share: 1, shareOfAll: 1 / 2 },
    { of: 'genre', value: 'Animation', share: 2 / 3, shareOfAll: 1 / 3 },
  ])
  expect(seas.terms.map(({ value }) => value)).toEqual(['sea', 'Drama'])
  expect([foxes.points, foxes.activity, foxes.rating]).toEqual([3, 1, 4])
  expect(seas.activity).toBeCloseTo(5 / 3, 10)
  expect(seas.items[0]).toEqual({ id: 'd', title: 'The Sea', share: 2 / 3 })
})

test('clusters of users are profiles: their taste is of what they have', async () => {
  const [other, seafarers] = await createPointGroups(store).clusters(mapOf('users', [0, 1, 1]), 2)
  expect(seafarers.points).toBe(2)
  expect(seafarers.activity).toBe(2.5)
  expect(seafarers.rating).toBe(2)
  // All five of their interactions, and five and six of all eight.
  expect(seafarers.terms.slice(0, 2)).toEqual([
    { of: 'title', value: 'sea', share: 1, shareOfAll: 5 / 8 },
    { of: 'genre', value: 'Drama', share: 1, shareOfAll: 6 / 8 },
  ])
  // Items that one user alone has are chance.
  expect(other.items).toEqual([])
  expect(seafarers.items.map(({ id }) => id)).toEqual(['d', 'e'])
})

test('words of titles', () => {
  expect(wordsOf('The Lord of the Rings: 2 (2002)')).toEqual(['the', 'lord', 'the', 'rings'])
  expect(wordsOf("L'été 美丽")).toEqual(["l'été", '美丽'])
})
