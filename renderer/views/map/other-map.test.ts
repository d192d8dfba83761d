import { expect, test } from 'vitest'
import { pointsIn, valuesIn } from './other-map'

// The second map has the first one's points 2 and 0, and a stranger between them.
const places = Uint32Array.of(2, 2 ** 32 - 1, 0)

test('colours of the first map, and none for a stranger', () => {
  expect(valuesIn(places, { kind: 'number', values: Float32Array.of(5, 6, 7) })).toEqual({
    kind: 'number',
    values: Float32Array.of(7, Number.NaN, 5),
  })
  const codes = Uint16Array.of(1, 0, 0)
  expect(valuesIn(places, { kind: 'category', names: ['a', 'b'], codes, more: 0 })).toEqual({
    kind: 'category',
    names: ['a', 'b'],
    codes: Uint16Array.of(0, 2, 1),
    more: 0,
  })
})

test('what is chosen in the first map is chosen here', () => {
  expect([...pointsIn(places, Uint32Array.of(0, 1))]).toEqual([2])
})
