import { describe, expect, test } from 'vitest'
import { spread } from './spread'

describe('spread', () => {
  test('leaves alone what is far enough apart', () => {
    expect(spread([50, 10, 30], 13, 0, 100)).toEqual([50, 10, 30])
  })

  test('moves two neighbours by the same distance', () => {
    expect(spread([50, 52], 12, 0, 100)).toEqual([45, 57])
    expect(spread([52, 50], 12, 0, 100)).toEqual([57, 45])
  })

  test('keeps the order of equal positions', () => {
    expect(spread([50, 50, 50], 10, 0, 100)).toEqual([40, 50, 60])
  })

  test('pushes a chain: a pair that grows into a third', () => {
    // 50 and 52 move to 45 and 57, which is too near to 60: all three stand around their mean of 54.
    expect(spread([50, 52, 60], 12, 0, 100)).toEqual([42, 54, 66])
  })

  test('stays within the bounds', () => {
    expect(spread([1, 2], 10, 0, 100)).toEqual([0, 10])
    expect(spread([99, 98], 10, 0, 100)).toEqual([100, 90])
    expect(spread([95, 100, 99], 10, 0, 100)).toEqual([80, 100, 90])
  })

  test('any positions end up at least a gap apart and in order', () => {
    const positions = Array.from({ length: 20 }, (_, index) => (index * 7919) % 250)
    const moved = spread(positions, 12, 0, 300).map((value, index) => ({ value, before: positions[index] }))
    moved.sort((a, b) => a.value - b.value)
    for (let index = 1; index < moved.length; index++) {
      expect(moved[index].value - moved[index - 1].value).toBeGreaterThanOrEqual(12 - 1e-9)
      expect(moved[index].before).toBeGreaterThanOrEqual(moved[index - 1].before)
    }
  })

  test('nothing stays nothing', () => {
    expect(spread([], 12, 0, 100)).toEqual([])
  })
})
