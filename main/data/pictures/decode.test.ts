import { expect, test } from 'vitest'
import { decodePicture } from './decode'
import { readHeader } from './header'
import { BadPicture, type Picture } from './picture'
import { colours, jpeg, palettePng, pngOf, progressiveJpeg, turnedJpeg, webp } from './testing/pictures'

const pixelAt = ({ data, width }: Picture, x: number, y: number) => [
  ...data.subarray((y * width + x) * 3).subarray(0, 3),
]

/** JPEG loses a level or two. */
function expectColour(found: number[], wanted: number[]) {
  for (const [channel, value] of found.entries()) expect(Math.abs(value - wanted[channel])).toBeLessThanOrEqual(2)
}
const [orange, blue] = [
  [200, 100, 50],
  [20, 40, 160],
]

test.each([
  ['a WebP', webp],
  ['a PNG with a palette', palettePng],
  ['a PNG', pngOf(3, 2, colours)],
])('%s has the colours that another program wrote', async (_, bytes) => {
  const { width, height, data } = await decodePicture(bytes)
  expect([width, height, [...data]]).toEqual([3, 2, colours])
})

test.each([
  ['in one scan', jpeg],
  ['in several', progressiveJpeg],
])('a JPEG %s is decoded', async (_, bytes) => {
  const picture = await decodePicture(bytes)
  expect([picture.width, picture.height]).toEqual([16, 8])
  expectColour(pixelAt(picture, 1, 1), orange)
  expectColour(pixelAt(picture, 14, 6), blue)
})

test('a JPEG is turned as its camera says', async () => {
  const picture = await decodePicture(turnedJpeg)
  expect([picture.width, picture.height]).toEqual([8, 16])
  expectColour(pixelAt(picture, 4, 1), orange)
  expectColour(pixelAt(picture, 4, 14), blue)
})

test('the size is known before anything is decoded', () => {
  expect(readHeader(jpeg)).toEqual({ format: 'jpeg', width: 16, height: 8 })
  expect(readHeader(turnedJpeg)).toEqual({ format: 'jpeg', width: 16, height: 8 })
  expect(readHeader(webp)).toEqual({ format: 'webp', width: 3, height: 2 })
  expect(readHeader(pngOf(3, 2, colours))).toEqual({ format: 'png', width: 3, height: 2 })
})

test('colours of print are said to be that', () => {
  const print = jpeg.slice()
  // The start of frame: marker, length, precision, height, width, and the number of colours.
  print[print.findIndex((byte, at) => byte === 0xff && print[at + 1] === 0xc0) + 9] = 4
  expect(() => readHeader(print)).toThrow('Its colours are those of print (CMYK).')
})

test('a picture that would fill the memory is not decoded', async () => {
  const bomb = pngOf(1, 1, [0, 0, 0])
  new DataView(bomb.buffer).setUint32(16, 60_000)
  new DataView(bomb.buffer).setUint32(20, 60_000)
  await expect(decodePicture(bomb)).rejects.toThrow('It has more than 50 million pixels.')
})

test.each([
  ['nothing', new Uint8Array(), 'It is no JPEG, PNG or WebP picture.'],
  ['a text', new TextEncoder().encode('user,item'), 'It is no JPEG, PNG or WebP picture.'],
  ['the start of a JPEG', jpeg.subarray(0, 100), 'It ends too early.'],
  ['half a JPEG', jpeg.subarray(0, 200), 'It is damaged.'],
  ['half a PNG', palettePng.subarray(0, 60), 'It is damaged.'],
  ['half a WebP', webp.subarray(0, 40), 'It is damaged.'],
])('%s is refused with a reason', async (_, bytes, reason) => {
  const refused = expect(decodePicture(bytes)).rejects
  await refused.toThrow(reason)
  await expect(decodePicture(bytes)).rejects.toBeInstanceOf(BadPicture)
  // The decoder still works.
  expect((await decodePicture(jpeg)).width).toBe(16)
})
