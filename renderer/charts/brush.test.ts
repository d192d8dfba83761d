import { describe, expect, test } from 'vitest'
import { boxOf, cellAt, cellBeside, gestureAt, includes, reached, span } from './brush'

/** Ten bars of 20 pixels, from 100 to 300; one row of 50 pixels, from 0. */
const bars = { columns: 10, rows: 1 }
const geometry = { x: 110, stepX: 20, y: 25, stepY: 50 }
const range = span([2, 0], [4, 0])

test('a range lies between two corners, whichever come first', () => {
  expect(span([5, 1], [2, 3])).toEqual({ first: [2, 1], last: [5, 3] })
  expect(includes(span([5, 1], [2, 3]), [3, 2])).toBe(true)
  expect(includes(span([5, 1], [2, 3]), [3, 0])).toBe(false)
})

test('a point belongs to the bar that it stands on, outside to the nearest', () => {
  const at = (x: number) => cellAt(geometry, bars, x, 10)[0]
  expect([101, 119, 121, 299].map(at)).toEqual([0, 0, 1, 9])
  expect([-50, 900].map(at)).toEqual([0, 9])
})

test('a range covers its bars from edge to edge', () => {
  expect(boxOf(geometry, range)).toEqual({ left: 140, top: 0, width: 60, height: 50 })
})

describe('a drag', () => {
  const drag = (from: number, to: number, chosen = range) =>
    reached(gestureAt(geometry, bars, chosen, from, 10), bars, cellAt(geometry, bars, to, 10))

  test('beside the range makes a new one, in either direction', () => {
    expect(drag(250, 290)).toEqual(span([7, 0], [9, 0]))
    expect(drag(290, 250)).toEqual(span([7, 0], [9, 0]))
    expect(drag(250, 250)).toEqual(span([7, 0], [7, 0]))
  })

  test('by an end stretches the range, beyond its other end too', () => {
    expect(drag(198, 270)).toEqual(span([2, 0], [8, 0]))
    expect(drag(142, 105)).toEqual(span([0, 0], [4, 0]))
    expect(drag(142, 290)).toEqual(span([4, 0], [9, 0]))
  })

  test('by its inside moves the range, no further than the last bar', () => {
    expect(drag(170, 190)).toEqual(span([3, 0], [5, 0]))
    expect(drag(170, 999)).toEqual(span([7, 0], [9, 0]))
    expect(drag(170, -999)).toEqual(span([0, 0], [2, 0]))
  })
})

test('keys lead from cell to cell and stop at the edges', () => {
  const week = { columns: 24, rows: 7 }
  expect(cellBeside([3, 2], week, 'ArrowUp')).toEqual([3, 1])
  expect(cellBeside([23, 6], week, 'ArrowRight')).toEqual([23, 6])
  expect(cellBeside([3, 2], week, 'End')).toEqual([23, 2])
  expect(cellBeside([3, 0], bars, 'ArrowUp')).toBe(null)
  expect(cellBeside([3, 0], bars, 'a')).toBe(null)
})
