import { expect, test } from 'vitest'
import { createFormat } from '../../../locales/format'
import { countBars, periodBars, valueBars } from './bars'

const format = createFormat('en')
const bin = (from: number, to: number) => ({ from, to, count: 0, newUsers: 0, newItems: 0, repeats: 0 })
const day = 86_400

test('bars of counts name their ends, and those with a round number its tick', () => {
  const bars = countBars([bin(1, 1), bin(2, 2), bin(3, 4), bin(5, 9), bin(900, 1200)], format)
  expect(bars.map(({ label }) => label)).toEqual(['1', '2', '3 – 4', '5 – 9', '900 – 1,200'])
  expect(bars.map(({ tick }) => tick)).toEqual(['1', '2', '', '5', '1K'])
})

test('bars of values name each', () => {
  expect(valueBars([bin(0.5, 0.5), bin(1, 1.5)], format.value)).toEqual([
    { label: '0.5', tick: '0.5' },
    { label: '1 – 1.5', tick: '1' },
  ])
})

test('many months have a tick where a year begins, few have one each', () => {
  const month = (at: number) => bin(Date.UTC(2003, 10 + at, 1) / 1000, Date.UTC(2003, 11 + at, 1) / 1000 - 1)
  const months = (count: number) => ({
    unit: 'month' as const,
    bins: Array.from({ length: count }, (_, at) => month(at)),
  })
  expect(periodBars(months(3), format)).toEqual([
    { label: 'Nov 2003', tick: 'Nov 2003' },
    { label: 'Dec 2003', tick: 'Dec 2003' },
    { label: 'Jan 2004', tick: 'Jan 2004' },
  ])
  const ticks = periodBars(months(40), format).flatMap(({ tick }, at) => (tick ? [[at, tick]] : []))
  expect(ticks).toEqual([
    [0, '2003'],
    [2, '2004'],
    [14, '2005'],
    [26, '2006'],
    [38, '2007'],
  ])
})

test('a week is named by its days', () => {
  const monday = Date.UTC(2024, 0, 1) / 1000
  const [week] = periodBars({ unit: 'week', bins: [bin(monday, monday + 7 * day - 1)] }, format)
  expect(week.label).toBe('Jan 1, 2024 – Jan 7, 2024')
})
