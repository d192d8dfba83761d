import { expect, test } from 'vitest'
import { extended, isWithin, pathOf, rectangle } from './lasso'

const square = rectangle({ x: 0, y: 0 }, { x: 10, y: 10 })

test('within a rectangle, however it was drawn', () => {
  for (const corners of [
    square,
    rectangle({ x: 10, y: 10 }, { x: 0, y: 0 }),
    rectangle({ x: 10, y: 0 }, { x: 0, y: 10 }),
  ]) {
    expect(isWithin({ x: 5, y: 5 }, corners)).toBe(true)
    for (const [x, y] of [
      [-1, 5],
      [11, 5],
      [5, -1],
      [5, 11],
      [-1, 10],
    ])
      expect(isWithin({ x, y }, corners), `${x} ${y}`).toBe(false)
  }
})

test('a bay of a line is outside, and so is where it crosses itself', () => {
  const horseshoe = [
    [0, 0],
    [9, 0],
    [9, 9],
    [6, 9],
    [6, 3],
    [3, 3],
    [3, 9],
    [0, 9],
  ].map(([x, y]) => ({ x, y }))
  expect([1, 4.5, 8].map((x) => isWithin({ x, y: 6 }, horseshoe))).toEqual([true, false, true])
  expect(isWithin({ x: 4.5, y: 1 }, horseshoe)).toBe(true)
  const ring = rectangle({ x: 3, y: 3 }, { x: 7, y: 7 })
  const twice = [...square, square[0], ...ring, ring[0]]
  expect([1, 5].map((x) => isWithin({ x, y: 6 }, twice))).toEqual([true, false])
})

test('a line of fewer than three corners holds nothing', () => {
  for (const corners of [[], square.slice(0, 1), square.slice(0, 2)])
    expect(isWithin({ x: 5, y: 0 }, corners)).toBe(false)
})

test('a drag adds a corner where it has gone on', () => {
  const start = [{ x: 0, y: 0 }]
  expect(extended(start, { x: 2, y: 2 })).toBe(start)
  expect(extended(start, { x: 3, y: 0 })).toEqual([...start, { x: 3, y: 0 }])
  expect(pathOf(extended(start, { x: 3, y: 0 }))).toBe('M0 0L3 0Z')
  expect(pathOf([])).toBe('')
})
