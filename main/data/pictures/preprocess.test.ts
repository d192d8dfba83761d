import { expect, test } from 'vitest'
import type { Picture } from './picture'
import { preprocess, readPreprocessing } from './preprocess'
import { type Filter, resize } from './resize'

/** 5 x 4 of uneven colours. */
const uneven: Picture = {
  width: 5,
  height: 4,
  data: Uint8Array.from({ length: 60 }, (_, at) => {
    const [x, y] = [Math.floor(at / 3) % 5, Math.floor(at / 15)]
    const pixel = [(x * 37 + y * 91) % 256, (x * x * 13 + y * 7) % 256, (255 - x * 50 - y * 9 + 256) % 256]
    return pixel[at % 3]
  }),
}

/** What Pillow 11.3 makes of it by `Image.resize((width, height), filter)`. */
const byPillow: [Filter, number, number, number[]][] = [
  [
    'bilinear',
    3,
    3,
    [
      43, 8, 231, 101, 60, 152, 159, 171, 73, 153, 17, 221, 111, 69, 142, 141, 180, 63, 82, 25, 210, 81, 77, 131, 122,
      188, 52,
    ],
  ],
  [
    'bilinear',
    8,
    2,
    [
      65, 5, 249, 81, 11, 227, 102, 20, 196, 102, 45, 165, 114, 77, 133, 137, 118, 102, 160, 173, 71, 176, 213, 49, 98,
      16, 234, 114, 22, 212, 130, 31, 181, 85, 56, 150, 75, 88, 118, 98, 129, 87, 121, 184, 56, 137, 224, 34,
    ],
  ],
  [
    'bicubic',
    3,
    3,
    [
      30, 3, 235, 103, 56, 153, 167, 174, 71, 163, 13, 224, 111, 66, 142, 139, 184, 60, 78, 22, 212, 76, 75, 130, 118,
      193, 48,
    ],
  ],
  [
    'bicubic',
    8,
    2,
    [
      61, 4, 252, 77, 7, 233, 101, 19, 197, 103, 41, 166, 117, 74, 134, 141, 116, 103, 167, 179, 67, 183, 219, 46, 99,
      16, 237, 121, 20, 216, 137, 32, 180, 79, 54, 149, 65, 87, 117, 93, 129, 86, 120, 192, 50, 136, 232, 29,
    ],
  ],
  [
    'lanczos',
    3,
    3,
    [
      21, 2, 238, 108, 53, 154, 177, 177, 70, 172, 12, 226, 112, 63, 142, 137, 187, 58, 81, 21, 213, 69, 72, 129, 108,
      196, 45,
    ],
  ],
  [
    'lanczos',
    8,
    2,
    [
      64, 4, 252, 81, 7, 235, 105, 18, 196, 104, 42, 163, 113, 70, 137, 138, 114, 104, 168, 183, 65, 182, 219, 46, 98,
      17, 237, 127, 20, 218, 140, 31, 179, 82, 55, 146, 66, 83, 120, 93, 127, 87, 125, 196, 48, 137, 232, 29,
    ],
  ],
  [
    'box',
    3,
    3,
    [
      19, 7, 230, 74, 52, 155, 130, 163, 80, 156, 18, 217, 83, 63, 142, 139, 174, 67, 36, 28, 203, 91, 73, 128, 147,
      184, 53,
    ],
  ],
  [
    'box',
    8,
    2,
    [
      46, 4, 251, 46, 4, 251, 83, 17, 201, 120, 56, 151, 120, 56, 151, 157, 121, 101, 194, 212, 51, 194, 212, 51, 100,
      18, 233, 100, 18, 233, 137, 31, 183, 46, 70, 133, 46, 70, 133, 83, 135, 83, 120, 226, 33, 120, 226, 33,
    ],
  ],
]

test.each(byPillow)('%s to %i x %i gives the pixels of Pillow', (filter, width, height, pixels) => {
  expect([...resize(uneven, { width, height }, filter).data]).toEqual(pixels)
})

test('half as large, bilinear is the mean by a triangle over four pixels', () => {
  const row: Picture = { width: 4, height: 1, data: Uint8Array.from([0, 40, 80, 200].flatMap((grey) => [grey, 0, 0])) }
  // The triangle around 1 reaches from -1 to 3: pixels at 0.5, 1.5 and 2.5 weigh 3/4, 3/4 and 1/4.
  const left = (0 * 0.75 + 40 * 0.75 + 80 * 0.25) / 1.75
  const right = (40 * 0.25 + 80 * 0.75 + 200 * 0.75) / 1.75
  const { data } = resize(row, { width: 2, height: 1 }, 'bilinear')
  expect([data[0], data[3]]).toEqual([Math.round(left), Math.round(right)])
})

const grey = (width: number, height: number, value = 100): Picture => ({
  width,
  height,
  data: new Uint8Array(width * height * 3).fill(value),
})
const plain = { do_resize: false, do_normalize: false }

test('pixels become (x / 255 - mean) / deviation, a plane for each channel', () => {
  const picture: Picture = { width: 2, height: 1, data: Uint8Array.from([255, 51, 0, 0, 102, 255]) }
  const config = { do_resize: false, image_mean: [0.5, 0.2, 0], image_std: [0.5, 0.1, 2] }
  const { data } = preprocess(picture, readPreprocessing(config))
  expect([...data].map((value) => Number(value.toFixed(5)))).toEqual([1, -1, 0, 2, 0, 0.5])
  const flipped = preprocess(picture, readPreprocessing({ ...plain, do_flip_channel_order: true }))
  expect([...flipped.data].map((value) => Number(value.toFixed(5)))).toEqual([0, 1, 0.2, 0.4, 1, 0])
  const raw = preprocess(picture, readPreprocessing({ ...plain, do_rescale: false }))
  expect([...raw.data]).toEqual([255, 0, 51, 102, 0, 255])
})

test.each([
  ['a square', { size: 8 }, 8, 8],
  ['both edges', { size: { width: 9, height: 5 } }, 9, 5],
  ['the shorter edge', { size: { shortest_edge: 8 } }, 16, 8],
  [
    'the shorter edge by the processor that means it',
    { size: 8, feature_extractor_type: 'CLIPFeatureExtractor' },
    16,
    8,
  ],
  ['no more than the longest', { size: { shortest_edge: 8, longest_edge: 12 } }, 12, 6],
  ['a crop of the middle', { size: { shortest_edge: 8 }, do_center_crop: true, crop_size: 6 }, 6, 6],
  ['224 cropped from 256, as of ResNet', { size: { shortest_edge: 224 }, crop_pct: 0.875 }, 224, 224],
  [
    'a crop from a picture larger by 256 / 224, as of LeViT',
    { size: { shortest_edge: 7 }, image_processor_type: 'LevitImageProcessor' },
    16,
    8,
  ],
  ['384 warped, as of ConvNext', { size: { shortest_edge: 384 }, crop_pct: 0.875 }, 384, 384],
])('the size may be %s', (_, config, width, height) => {
  const pixels = preprocess(grey(40, 20), readPreprocessing({ do_normalize: false, ...config }))
  expect([pixels.width, pixels.height]).toEqual([width, height])
  expect(pixels.data).toHaveLength(3 * width * height)
})

test('a crop takes the middle, and is black where the picture ends', () => {
  const row: Picture = { width: 5, height: 1, data: Uint8Array.from([1, 2, 3, 4, 5].flatMap((x) => [x, x, x])) }
  const crop = { ...plain, do_rescale: false, do_center_crop: true, crop_size: { width: 2, height: 3 } }
  const { data } = preprocess(row, readPreprocessing(crop))
  expect([...data.subarray(0, 6)]).toEqual([0, 0, 2, 3, 0, 0])
})

test('what is not known is refused, not left out', () => {
  const read = (config: object) => () => readPreprocessing({ ...plain, ...config })
  expect(read({ do_resize: true })).toThrow('it resizes, and names no size')
  expect(read({ do_pad: true })).toThrow('do_pad')
  expect(read({ rescale_offset: true })).toThrow('rescale_offset')
  expect(read({ include_top: true })).toThrow('include_top')
  // Its processor divides by the deviation twice where nothing is said.
  expect(read({ image_processor_type: 'EfficientNetImageProcessor' })).toThrow('include_top')
  expect(read({ image_processor_type: 'EfficientNetImageProcessor', include_top: false })).not.toThrow()
  expect(read({ do_resize: true, size: 8, resample: 0 })).toThrow('resample')
  expect(read({ do_normalize: true })).toThrow('it normalises')
  expect(read({ do_pad: null, image_mean: null })).not.toThrow()
})

test('a strip that would become endless is refused', () => {
  const strip = grey(60_000, 1)
  expect(() => preprocess(strip, readPreprocessing({ do_normalize: false, size: { shortest_edge: 224 } }))).toThrow(
    'It is far longer than wide.',
  )
})
