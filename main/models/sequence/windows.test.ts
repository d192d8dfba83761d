import { expect, test } from 'vitest'
import { interactionsOf } from '../testing'
import { breaksOf, longest, nextItemBatch, recentOf, rowsOf, windowsOf } from './windows'

const never = () => false
const train = interactionsOf([[10, 11, 12, 13, 14, 15, 16], [20], [], [30, 31]], 40)
const itemsOf = ({ from, to }: ReturnType<typeof windowsOf>) =>
  Array.from(from, (start, at) => [...train.itemIndices.subarray(start, to[at])])

test('each item but the first of a history is predicted once', () => {
  const windows = windowsOf(train, 3, never)
  expect(itemsOf(windows)).toEqual([
    [13, 14, 15, 16],
    [10, 11, 12, 13],
    [30, 31],
  ])
  expect([...windows.users]).toEqual([0, 0, 3])
  expect(longest(windows)).toBe(4)
  for (const length of [1, 2, 4, 6, 7]) {
    const targets = itemsOf(windowsOf(train, length, never)).flatMap((items) => items.slice(1))
    expect(targets.sort()).toEqual([11, 12, 13, 14, 15, 16, 31])
  }
})

test('sessions begin after a gap in time', () => {
  const hours = [0, 1, 2, 30, 31, 80, 81, 0, 0, 1]
  const timed = { ...train, timestamps: Float64Array.from(hours, (hour) => hour * 3600) }
  expect(itemsOf(windowsOf(timed, 5, breaksOf(timed, 24)))).toEqual([
    [15, 16],
    [13, 14],
    [10, 11, 12],
    [30, 31],
  ])
  expect(itemsOf(recentOf(timed, 5, breaksOf(timed, 24)))).toEqual([[15, 16], [20], [], [30, 31]])
  // Without times, and without a gap that ends one, a history is one session.
  expect(itemsOf(recentOf(train, 5, breaksOf(train, 24)))[0]).toEqual([12, 13, 14, 15, 16])
  expect(itemsOf(recentOf(timed, 9, breaksOf(timed, 0)))[0]).toHaveLength(7)
})

test('a batch is filled up behind the last item', () => {
  const windows = windowsOf(train, 3, never)
  const { inputs, places, filled, targets, interactions } = nextItemBatch(train, windows, Uint32Array.of(2, 1))
  expect(places).toBe(3)
  expect([...inputs]).toEqual([30, 0, 0, 10, 11, 12])
  expect([...filled]).toEqual([0, 3, 4, 5])
  expect([...targets]).toEqual([31, 11, 12, 13])
  expect(Array.from(interactions, (at) => train.itemIndices[at])).toEqual([...targets])
  expect([...rowsOf(train, recentOf(train, 2, never), [3, 1, 0], 3)]).toEqual([30, 31, 0, 20, 0, 0, 15, 16, 0])
})
