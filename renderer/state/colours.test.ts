import { expect, test } from 'vitest'
import { assignColours } from './colours'

const run = (id: string, datasetId = 'd', second = 0) => ({
  id,
  datasetId,
  createdAt: new Date(second * 1000).toISOString(),
})

test('runs take places in the order in which they were started, each dataset from the first', () => {
  const places = assignColours(new Map(), [run('b', 'd', 2), run('a', 'd', 1), run('x', 'other', 3)])
  expect(places).toEqual(
    new Map([
      ['a', 0],
      ['b', 1],
      ['x', 0],
    ]),
  )
})

test('a run keeps its place when others come and go, and a free place is taken again', () => {
  const before = assignColours(new Map(), [run('a'), run('b', 'd', 1), run('c', 'd', 2)])
  const after = assignColours(before, [run('c', 'd', 2), run('e', 'd', 4), run('f', 'd', 5)])
  expect(after).toEqual(
    new Map([
      ['c', 2],
      ['e', 0],
      ['f', 1],
    ]),
  )
})

test('two runs never share a place, even where the memory says so', () => {
  const places = assignColours(
    new Map([
      ['a', 3],
      ['b', 3],
    ]),
    [run('a'), run('b')],
  )
  expect(places.get('a')).toBe(3)
  expect(places.get('b')).toBe(0)
})
