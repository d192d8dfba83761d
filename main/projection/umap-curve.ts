/** The kernel's table has so many steps in each doubling of a squared distance, from 2^-24 on. */
const stepsOfDoubling = 64
const firstExponent = -24
const doublings = 48
export const tableSize = stepsOfDoubling * doublings

/** 1 / (1 + a d^2b): how likely points at a distance d in the layout are neighbours. */
export interface Curve {
  readonly a: number
  readonly b: number
}

/**
 * The curve that is nearest (least squares, by Levenberg and Marquardt) to 1 up to the minimum distance and to
 * exp(-(d - minimum) / spread) beyond, at 300 distances up to three spreads, as umap-learn fits it.
 */
export function fitCurve(minDistance: number, spread: number): Curve {
  const samples = Array.from({ length: 300 }, (_, at) => {
    const d = (3 * spread * at) / 299
    return { d, wanted: d < minDistance ? 1 : Math.exp(-(d - minDistance) / spread) }
  }).filter(({ d }) => d > 0)
  let curve: Curve = { a: 1, b: 1 }
  let damping = 1e-3
  let error = errorOf(samples, curve)
  for (let step = 0; step < 200; step++) {
    const next = stepFrom(samples, curve, damping)
    const nextError = errorOf(samples, next)
    if (nextError < error) {
      const gain = error - nextError
      curve = next
      error = nextError
      damping /= 3
      if (gain < 1e-14) break
    } else damping *= 4
  }
  return curve
}

interface Sample {
  d: number
  wanted: number
}

const valueAt = ({ a, b }: Curve, d: number) => 1 / (1 + a * d ** (2 * b))

function errorOf(samples: readonly Sample[], curve: Curve): number {
  if (!(curve.a > 0 && curve.b > 0)) return Number.POSITIVE_INFINITY
  return samples.reduce((sum, { d, wanted }) => sum + (valueAt(curve, d) - wanted) ** 2, 0)
}

function stepFrom(samples: readonly Sample[], curve: Curve, damping: number): Curve {
  let [aa, ab, bb, ra, rb] = [0, 0, 0, 0, 0]
  for (const { d, wanted } of samples) {
    const value = valueAt(curve, d)
    const power = d ** (2 * curve.b)
    const byA = -value * value * power
    const byB = -value * value * curve.a * power * 2 * Math.log(d)
    const rest = wanted - value
    aa += byA * byA
    ab += byA * byB
    bb += byB * byB
    ra += byA * rest
    rb += byB * rest
  }
  aa *= 1 + damping
  bb *= 1 + damping
  const determinant = aa * bb - ab * ab
  return { a: curve.a + (bb * ra - ab * rb) / determinant, b: curve.b + (aa * rb - ab * ra) / determinant }
}

/** What a difference is multiplied by where neighbours pull, by its squared length. */
export function attractions(minDistance: number, spread: number): Float32Array {
  const { a, b } = fitCurve(minDistance, spread)
  return table((squared) => (-2 * a * b * squared ** (b - 1)) / (1 + a * squared ** b))
}

/** The same where strangers push. */
export function repulsions(minDistance: number, spread: number): Float32Array {
  const { a, b } = fitCurve(minDistance, spread)
  return table((squared) => (2 * b) / ((0.001 + squared) * (1 + a * squared ** b)))
}

function table(value: (squared: number) => number): Float32Array {
  return Float32Array.from({ length: tableSize }, (_, at) => {
    const exponent = firstExponent + Math.floor(at / stepsOfDoubling)
    return value(2 ** exponent * (1 + (at % stepsOfDoubling) / stepsOfDoubling))
  })
}
