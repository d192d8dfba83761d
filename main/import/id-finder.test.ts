import { expect, test } from 'vitest'
import { mostUnknown } from '../contract/elsewhere'
import { createIdFinder } from './id-finder'

test('finds ids, as they are or were written for, and counts others once each', () => {
  const { find, unknown, examples } = createIdFinder(['a', 'b c'], (id) => id.replace('%20', ' '))
  expect(['a', 'b%20c', 'd', 'e', 'd', 'f', 'g'].map(find)).toEqual([0, 1, ...Array(5).fill(undefined)])
  expect(unknown()).toBe(4)
  expect(examples()).toEqual(['d', 'e', 'f'])
})

test('of any number of strangers it keeps no more than it tells apart', () => {
  const { find, unknown } = createIdFinder(['a'])
  for (let at = 0; at < mostUnknown + 10; at++) find(`stranger ${at}`)
  expect(unknown()).toBe(mostUnknown)
  expect(find('a')).toBe(0)
})
