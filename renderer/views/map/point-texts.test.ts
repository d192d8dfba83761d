import { expect, test } from 'vitest'
import { createFormat } from '../../locales/format'
import { valueTextOf } from './point-texts'

const format = createFormat('en')
const textOf = (numbers: 'count' | 'value' | 'attribute' | 'date', ...values: number[]) =>
  values.map((_, point) =>
    valueTextOf({ values: { kind: 'number', values: Float32Array.from(values) }, labels: [], numbers }, point, format),
  )

test('numbers are read in full: years, counts, means and dates', () => {
  expect(textOf('attribute', 1995, 2006, 12345)).toEqual(['1995', '2006', '12,345'])
  expect(textOf('count', 10004, 7)).toEqual(['10,004', '7'])
  expect(textOf('value', 3.7, 3.518)).toEqual(['3.7', '3.518'])
  expect(textOf('date', Date.UTC(1995, 10, 22) / 1000)).toEqual(['Nov 22, 1995'])
  expect(textOf('value', Number.NaN)).toEqual([null])
})

test('a category by its name and label, none where it is unknown', () => {
  const values = { kind: 'category' as const, names: ['1', '2'], codes: Uint16Array.of(1, 2, 0), more: 0 }
  const looks = { values, labels: ['', 'Horror'], numbers: 'value' as const }
  expect([0, 1, 2].map((point) => valueTextOf(looks, point, format))).toEqual(['2 Horror', null, '1'])
})
