import { expect, test } from 'vitest'
import { proposeTime } from './time'

test.each<[name: string, cells: string[], expected: object | null]>([
  ['seconds', ['1577934245', '0', '-5', ''], { unit: 'seconds' }],
  ['seconds with a fraction', ['1577934245.25'], { unit: 'seconds' }],
  ['seconds in powers of ten', ['1.31757e+09'], { unit: 'seconds' }],
  ['milliseconds, but for one', ['1577934245000', '1577934246000', '1577934247'], { unit: 'milliseconds' }],
  ['microseconds', ['1577934245000000'], { unit: 'microseconds' }],
  ['nanoseconds', ['1577934245000000000'], { unit: 'nanoseconds' }],
  ['dates', ['2020-01-02', '2020-01-03'], { unit: 'iso' }],
  ['ISO', ['2020-01-02T03:04:05+02:00', '2020-01-02 03:04'], { unit: 'iso' }],
  ['German', ['02.01.2020 03:04', '3.1.2020 13:04'], { unit: 'pattern', pattern: '%d.%m.%Y %H:%M' }],
  ['British', ['02/01/2020', '31/01/2020'], { unit: 'pattern', pattern: '%d/%m/%Y' }],
  ['American', ['02/01/2020 3:04:05', '01/31/2020 13:04:05'], { unit: 'pattern', pattern: '%m/%d/%Y %H:%M:%S' }],
  ['either of them', ['02/01/2020', '03/01/2020'], null],
  ['both of them', ['02/13/2020', '13/02/2020'], null],
  ['Japanese', ['2020/01/02'], { unit: 'pattern', pattern: '%Y/%m/%d' }],
  ['MovieLens films', ['01-Jan-1995'], { unit: 'pattern', pattern: '%d-%b-%Y' }],
  ['words', ['soon', 'later'], null],
  ['nothing', ['', ' '], null],
])('%s', (_name, cells, expected) => {
  expect(proposeTime(cells)).toEqual(expected)
})
