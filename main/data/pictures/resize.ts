import type { Picture, PictureSize } from './picture'

const sinc = (x: number) => (x === 0 ? 1 : Math.sin(Math.PI * x) / (Math.PI * x))

/** Interpolation by the names and numbers that Pillow gives: a kernel, and how far it reaches at scale 1. */
export const filters = {
  lanczos: { code: 1, support: 3, weight: (x: number) => (Math.abs(x) < 3 ? sinc(x) * sinc(x / 3) : 0) },
  bilinear: { code: 2, support: 1, weight: (x: number) => Math.max(0, 1 - Math.abs(x)) },
  bicubic: { code: 3, support: 2, weight: (x: number) => cubic(Math.abs(x)) },
  box: { code: 4, support: 0.5, weight: (x: number) => (x > -0.5 && x <= 0.5 ? 1 : 0) },
} as const
export type Filter = keyof typeof filters

/** Keys 1981, Cubic convolution interpolation, with a = -0.5. */
function cubic(x: number): number {
  if (x < 1) return (1.5 * x - 2.5) * x * x + 1
  return x < 2 ? ((-0.5 * x + 2.5) * x - 4) * x + 2 : 0
}

/** Weights are whole multiples of 1 / 2^22, as Pillow's are. */
const one = 2 ** 22

/**
 * A picture in another size, as `Image.resize` of Pillow 11 makes it to the last bit: across first, then down, each
 * pixel the weighted mean of those around it; where the picture shrinks the kernel is as much wider. Rounded to whole
 * numbers after each.
 */
export function resize(picture: Picture, { width, height }: PictureSize, filter: Filter): Picture {
  const across = spansOf(picture.width, width, filter)
  const narrowed = new Uint8ClampedArray(width * picture.height * 3)
  for (let y = 0; y < picture.height; y++) {
    mix(picture.data, narrowed, across, { from: y * picture.width * 3, to: y * width * 3, step: 3 })
  }
  const down = spansOf(picture.height, height, filter)
  const data = new Uint8ClampedArray(width * height * 3)
  for (let x = 0; x < width; x++) mix(narrowed, data, down, { from: x * 3, to: x * 3, step: width * 3 })
  return { width, height, data }
}

/** The pixels of a row, or column, that one pixel of the result is mixed of. */
interface Span {
  first: number
  weights: Float64Array
}

function spansOf(from: number, to: number, filter: Filter): Span[] {
  const { support, weight } = filters[filter]
  const scale = from / to
  const stretch = Math.max(scale, 1)
  return Array.from({ length: to }, (_, at) => {
    const centre = (at + 0.5) * scale
    const first = Math.max(0, Math.trunc(centre - support * stretch + 0.5))
    const end = Math.min(from, Math.trunc(centre + support * stretch + 0.5))
    const weights = Float64Array.from({ length: end - first }, (_, of) => weight((first + of - centre + 0.5) / stretch))
    const sum = weights.reduce((total, each) => total + each, 0)
    return { first, weights: weights.map((each) => Math.sign(each) * Math.floor((Math.abs(each) / sum) * one + 0.5)) }
  })
}

/** One line of pixels, of which `step` says how far apart they are. */
function mix(
  source: Picture['data'],
  target: Uint8ClampedArray,
  spans: readonly Span[],
  { from, to, step }: { from: number; to: number; step: number },
): void {
  for (const [at, { first, weights }] of spans.entries()) {
    for (let channel = 0; channel < 3; channel++) {
      let sum = 0
      for (let of = 0; of < weights.length; of++) sum += weights[of] * source[from + (first + of) * step + channel]
      target[to + at * step + channel] = Math.floor((sum + one / 2) / one)
    }
  }
}
