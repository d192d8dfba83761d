import { expect, test } from 'vitest'
import { joinBlocks } from './assemble'
import { blockOf } from './block'
import type { EncodedFeature } from './encode'
import { matchColumns } from './match-columns'

const feature = (group: string, names: string[], rows: [number, number][][]): EncodedFeature => ({
  ...blockOf(
    names,
    rows.map((row) => new Map(row)),
  ),
  of: 'items',
  rowsOf: 'items',
  group,
})

test('columns are the same where their names are; what was not learned is counted and left out', () => {
  const learned = [
    feature('genre', ['genre: a', 'genre: b', 'genre: c'], [[[0, 1]]]),
    feature('year', ['year'], [[[0, 0.5]]]),
    feature('maker', ['maker: x', 'maker: y'], [[[1, 1]]]),
  ]
  const own = [
    feature(
      'genre',
      ['genre: c', 'genre: new', 'genre: a'],
      [
        [
          [0, 1],
          [2, 1],
        ],
        [[1, 1]],
        [
          [0, 1],
          [1, 1],
        ],
      ],
    ),
    feature('year', ['year'], [[[0, -1]], [], [[0, 2]]]),
    null,
  ]
  const { features, matched } = matchColumns(learned, own, 3)
  const items = joinBlocks(features, 3)
  expect(items).toMatchObject({ rows: 3, columns: 6 })
  expect([...items.offsets]).toEqual([0, 3, 3, 5])
  expect([...items.indices]).toEqual([0, 2, 3, 2, 3])
  expect([...items.values]).toEqual([1, 1, -1, 1, 2])
  expect(items.blocks.map(({ group }) => group)).toEqual(['genre', 'year', 'maker'])
  expect(matched).toEqual([
    { learned: 3, shared: 2, unknown: 1, examples: ['genre: new'], values: 5, lost: 2 },
    { learned: 1, shared: 1, unknown: 0, examples: [], values: 2, lost: 0 },
    { learned: 2, shared: 0, unknown: 0, examples: [], values: 0, lost: 0 },
  ])
})
