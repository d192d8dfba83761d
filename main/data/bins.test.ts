import { describe, expect, test } from 'vitest'
import { below, countBins, type Interval, linearBins, timeBins, valueBins } from './bins'

const froms = (bins: Interval[]) => bins.map(({ from }) => from)

/** No value lies between two neighbours or in both. */
function expectAdjacent(bins: Interval[], step: (to: number) => number): void {
  bins.slice(1).forEach(({ from }, at) => {
    expect(from).toBe(step(bins[at].to))
  })
}

/** Zero without a sign. */
const above = (value: number) => 0 - below(-value)

test('the number below and above another one', () => {
  expect(below(1)).toBe(1 - Number.EPSILON / 2)
  expect(above(1)).toBe(1 + Number.EPSILON)
  expect(below(0)).toBe(-Number.MIN_VALUE)
  expect(below(-1)).toBe(-1 - Number.EPSILON)
})

describe('numbers of interactions', () => {
  test('single numbers where they are small, ten bars a decade beyond', () => {
    expect(froms(countBins(1, 100))).toEqual([1, 2, 3, 4, 5, 6, 8, 10, 13, 16, 20, 25, 32, 40, 50, 63, 79, 100])
    expect(countBins(20, 21)).toEqual([{ from: 20, to: 24 }])
    expect(countBins(1, 1)).toEqual([{ from: 1, to: 1 }])
  })

  test.each([
    [1, 7],
    [3, 999],
    [1000, 1_000_000],
    [2, 123_456_789],
  ])('from %i to %i every number is in one bar', (least, most) => {
    const bins = countBins(least, most)
    expectAdjacent(bins, (to) => to + 1)
    expect(bins[0].from).toBeLessThanOrEqual(least)
    expect(bins[0].to).toBeGreaterThanOrEqual(least)
    expect(bins.at(-1)?.from).toBeLessThanOrEqual(most)
    expect(bins.at(-1)?.to).toBeGreaterThanOrEqual(most)
  })

  test('the same edges whatever the data', () => {
    const all = new Set(froms(countBins(1, 1e6)))
    expect(froms(countBins(37, 4200)).every((from) => all.has(from))).toBe(true)
  })
})

describe('values', () => {
  test('a few are bars of their own', () => {
    expect(valueBins({ least: 0.5, most: 2, whole: false, few: [0.5, 2] })).toEqual({
      scale: 'values',
      bins: [
        { from: 0.5, to: 0.5 },
        { from: 2, to: 2 },
      ],
    })
  })

  test.each([
    { least: -3.7, most: 12.2, whole: false, scale: 'linear' },
    { least: 1, most: 100, whole: true, scale: 'linear' },
    { least: 1_000_000, most: 1_000_007, whole: true, scale: 'linear' },
    { least: 1, most: 352_698, whole: true, scale: 'logarithmic' },
    { least: 0.001, most: 50, whole: false, scale: 'logarithmic' },
    { least: 0, most: 352_698, whole: true, scale: 'linear' },
  ])('$least to $most', ({ least, most, whole, scale }) => {
    const found = valueBins({ least, most, whole, few: null })
    const { bins } = found
    expect(found.scale).toBe(scale)
    expect(bins.length).toBeLessThanOrEqual(61)
    expectAdjacent(bins, whole ? (to) => to + 1 : above)
    expect(bins[0].from).toBeLessThanOrEqual(least)
    expect(bins.at(-1)?.to).toBeGreaterThanOrEqual(most)
    expect(bins[0].to).toBeGreaterThanOrEqual(least)
    expect(bins.at(-1)?.from).toBeLessThanOrEqual(most)
  })

  test('equal widths are round', () => {
    const edges = froms(linearBins(0, 10, false))
    expect(edges.slice(0, 3)).toEqual([0, 0.5, 1])
    expect(edges.at(-1)).toBe(10)
  })
})

describe('time', () => {
  const at = (text: string) => Date.parse(text) / 1000

  test.each([
    ['2024-02-28T22:30:00Z', '2024-02-29T01:10:00Z', 'hour', '2024-02-28T22:00:00Z', 4],
    ['2024-02-28T22:30:00Z', '2024-03-03T00:00:00Z', 'day', '2024-02-28', 5],
    // 21 December 2023 was a Thursday.
    ['2023-12-21', '2024-06-30', 'week', '2023-12-18', 28],
    ['1969-12-31', '1999-01-15', 'month', '1969-12-01', 350],
    ['0099-05-05', '0300-01-01', 'year', '0099-01-01', 202],
  ])('%s to %s: each %s', (first, last, unit, start, bars) => {
    const found = timeBins(at(first), at(last))
    expect(found.unit).toBe(unit)
    expect(found.bins[0].from).toBe(at(start))
    expect(found.bins.length).toBe(bars)
    expectAdjacent(found.bins, above)
    expect(found.bins.at(-1)?.from).toBeLessThanOrEqual(at(last))
    expect(found.bins.at(-1)?.to).toBeGreaterThanOrEqual(at(last))
  })

  test('an absurd span has parts, a single absurd time one', () => {
    const { unit, bins } = timeBins(0, 1e18)
    expect([unit, bins.length, bins[0].from, bins.at(-1)?.to]).toEqual(['part', 100, 0, 1e18])
    expectAdjacent(bins, above)
    expect(timeBins(1e18, 1e18).bins).toEqual([{ from: 1e18, to: 1e18 }])
  })
})
