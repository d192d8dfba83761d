import { expect, test } from 'vitest'
import type { ShownItem } from '../../main/contract/sandbox'
import { goneFrom, movesOf } from './shown-lists'

const list = (...items: string[]): ShownItem[] =>
  items.map((item, at) => ({ item, title: null, score: 0, rank: at + 1, hit: null, categories: [], popularity: 0 }))

test('items rise, fall, stay and come', () => {
  expect([...movesOf(list('b', 'a', 'c', 'e'), list('a', 'b', 'c', 'd'))]).toEqual([
    ['b', 1],
    ['a', -1],
    ['c', 0],
    ['e', 'new'],
  ])
  expect([...movesOf(list('a'), null)]).toEqual([['a', null]])
  expect(goneFrom(list('a', 'b', 'c', 'd'), list('b', 'a', 'c', 'e')).map(({ item }) => item)).toEqual(['d'])
})
