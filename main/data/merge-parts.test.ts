import { describe, expect, test } from 'vitest'
import { mergeParts } from './merge-parts'
import { interactionsOf, rowsOf } from './testing/interactions'

describe('mergeParts', () => {
  test('restores the order of time across parts; equal times keep training first', () => {
    const train = { ...interactionsOf([[0, 1, 2]], 6), timestamps: Float64Array.of(1, 5, 9) }
    const validation = { ...interactionsOf([[3]], 6), timestamps: Float64Array.of(5) }
    const held = { ...interactionsOf([[4, 5]], 6), timestamps: Float64Array.of(0, 9) }
    const merged = mergeParts({ train, foldIn: null, validation, test: held })
    expect(rowsOf(merged)).toEqual([[4, 0, 1, 3, 2, 5]])
    expect([...merged.timestamps!]).toEqual([0, 1, 5, 5, 9, 9])
  })

  test('without times, training comes first, then validation, then test', () => {
    const parts = {
      train: interactionsOf([[5], [1, 0]], 6),
      foldIn: null,
      validation: interactionsOf([[4], []], 6),
      test: interactionsOf([[0, 3], [2]], 6),
    }
    expect(rowsOf(mergeParts(parts))).toEqual([
      [5, 4, 0, 3],
      [1, 0, 2],
    ])
    expect(rowsOf(mergeParts({ ...parts, validation: null }))).toEqual([
      [5, 0, 3],
      [1, 0, 2],
    ])
    expect(mergeParts(parts).timestamps).toBe(null)
  })
})
