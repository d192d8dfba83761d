import { describe, expect, test } from 'vitest'
import { createFormat } from './format'

const english = createFormat('en')

describe('English', () => {
  test('counts are grouped', () => {
    expect(english.count(100004)).toBe('100,004')
  })

  test('years are not grouped as counts are', () => {
    expect([1995, 3.7, 12500].map(english.attribute)).toEqual(['1995', '3.7', '12,500'])
  })

  test('metrics keep their decimals', () => {
    expect(english.decimal(0.1)).toBe('0.1000')
    expect(english.decimal(0.12345, 3)).toBe('0.123')
    expect(english.decimal(Number.NaN)).toBe('–')
  })

  test('scores show five digits', () => {
    expect([172, 0.684, 35.57654].map(english.score)).toEqual(['172.00', '0.68400', '35.577'])
  })

  test('small shares keep their digits', () => {
    expect(english.percent(0.016441)).toBe('1.64%')
    expect(english.percent(0.0000123)).toBe('0.00123%')
    expect(english.percent(1)).toBe('100%')
  })

  test('bytes take the unit that fits', () => {
    expect(english.bytes(0)).toBe('0 byte')
    expect(english.bytes(999)).toBe('999 byte')
    expect(english.bytes(1000)).toBe('1 kB')
    expect(english.bytes(2483723)).toBe('2.5 MB')
    expect(english.bytes(3.2e9)).toBe('3.2 GB')
  })

  test('durations take one or two units', () => {
    expect(english.duration(-1)).toBe('0s')
    expect(english.duration(0)).toBe('0s')
    expect(english.duration(0.0241)).toBe('24ms')
    expect(english.duration(0.0999)).toBe('0.1s')
    expect(english.duration(0.26)).toBe('0.3s')
    expect(english.duration(41.4)).toBe('41s')
    expect(english.duration(59.7)).toBe('1m 0s')
    expect(english.duration(125)).toBe('2m 5s')
    expect(english.duration(3780)).toBe('1h 3m')
  })

  test('dates are those of UTC', () => {
    expect(english.date(0)).toBe('Jan 1, 1970')
    expect(english.date(1260759144)).toBe('Dec 14, 2009')
    expect(english.date(1e20)).toBe('100000000000000000000')
  })

  test('periods are written as far as they reach', () => {
    const units = ['year', 'month', 'day'] as const
    expect(units.map((unit) => english.period(1260759144, unit))).toEqual(['2009', 'Dec 2009', 'Dec 14, 2009'])
    expect(english.period(1260759144, 'hour')).toMatch(/^Dec 14, 2009, 2:52/)
  })

  test('the week begins on Monday', () => {
    expect([1, 4, 7].map(english.weekday)).toEqual(['Mon', 'Thu', 'Sun'])
  })

  test('counts in little room keep three digits', () => {
    expect([0, 950, 1234, 100_004].map(english.compact)).toEqual(['0', '950', '1.23K', '100K'])
  })
})

test('Chinese has its own units', () => {
  const chinese = createFormat('zh')
  expect(chinese.duration(125)).toBe('2分钟 5秒')
  expect(chinese.date(1260759144)).toBe('2009年12月14日')
  expect(chinese.count(100004)).toBe('100,004')
})
