import { expect, test } from 'vitest'
import { palette, ramp } from '../../widgets/palette'
import { categoryColour, greyOf, lookOf, rampColour, rgb, scaleOf, shareOf } from './look'

const common = { values: null, isLongTailed: false, sizes: null, selected: null, scheme: 'light' as const }
const colourAt = ({ colours }: { colours: Uint8Array }, point: number) => [...colours.slice(4 * point, 4 * point + 3)]

test('points that are not chosen are grey and lie behind', () => {
  const look = lookOf({ ...common, count: 3, selected: Uint32Array.of(1) })
  expect(colourAt(look, 0)).toEqual([...greyOf('light')])
  expect(colourAt(look, 1)).toEqual([...rgb(palette.light[0])])
  expect([look.colours[3], look.colours[7]]).toEqual([0, 255])
})

test('numbers run along the ramp, categories have their colours, and what is unknown is grey', () => {
  const values = Float32Array.of(0, 10, Number.NaN)
  const look = lookOf({ ...common, count: 3, values: { kind: 'number', values } })
  expect(colourAt(look, 0)).toEqual([...rgb(ramp.light[1])])
  expect(colourAt(look, 1)).toEqual([...rgb(ramp.light[5])])
  expect(colourAt(look, 2)).toEqual([...greyOf('light')])
  const codes = Uint16Array.of(1, 0, 2)
  const named = lookOf({ ...common, count: 3, values: { kind: 'category', names: ['a', 'b'], codes, more: 1 } })
  expect(colourAt(named, 0)).toEqual([...categoryColour(1, 'light')])
  expect(colourAt(named, 2)).toEqual([...greyOf('light')])
})

test('colours beyond the palette are other ones', () => {
  const all = Array.from({ length: 12 }, (_, place) => categoryColour(place, 'dark').join())
  expect(new Set(all).size).toBe(12)
})

test('scales', () => {
  expect(shareOf(5, { from: 0, to: 10, isLogarithmic: false })).toBe(0.5)
  expect(shareOf(9, { from: 0, to: 99, isLogarithmic: true })).toBeCloseTo(0.5, 10)
  expect(shareOf(3, scaleOf(Float32Array.of(3, 3), true))).toBe(1)
  expect(rampColour(2, 'light')).toEqual(rampColour(1, 'light'))
})

test('sizes grow with what they go by', () => {
  const { sizes } = lookOf({ ...common, count: 3, sizes: Float32Array.of(1, 50, 100) })
  expect(sizes[0]).toBeLessThan(sizes[1])
  expect(sizes[1]).toBeLessThan(sizes[2])
})
