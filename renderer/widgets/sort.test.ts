import { describe, expect, test } from 'vitest'
import { nextSort, sortRows } from './sort'

describe('sortRows', () => {
  test('missing values stand last in either direction', () => {
    const rows = [3, null, 1, Number.NaN, 2]
    expect(sortRows(rows, (row) => row, 'ascending')).toEqual([1, 2, 3, null, Number.NaN])
    expect(sortRows(rows, (row) => row, 'descending')).toEqual([3, 2, 1, null, Number.NaN])
  })

  test('numbers within text are compared as numbers', () => {
    expect(sortRows(['ials-10', 'ials-9', 'ease-2'], (row) => row, 'ascending')).toEqual([
      'ease-2',
      'ials-9',
      'ials-10',
    ])
  })

  test('equal rows keep their order, and the given rows are not touched', () => {
    const rows = [
      { id: 'a', value: 1 },
      { id: 'b', value: 1 },
      { id: 'c', value: 0 },
    ]
    expect(sortRows(rows, ({ value }) => value, 'descending').map(({ id }) => id)).toEqual(['a', 'b', 'c'])
    expect(rows.map(({ id }) => id)).toEqual(['a', 'b', 'c'])
  })
})

test('a second click turns the direction, another column starts with its own', () => {
  const sort = { column: 'fit', direction: 'ascending' } as const
  expect(nextSort(sort, 'fit', 'ascending').direction).toBe('descending')
  expect(nextSort(sort, 'ndcg@10', 'descending')).toEqual({ column: 'ndcg@10', direction: 'descending' })
})
