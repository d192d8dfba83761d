import type { NamedArray } from '../../compute/tensorflow/tensorflow'
import type { Random } from '../random'

/** Normal numbers around 0. */
export function normal(shape: readonly number[], deviation: number, random: Random): NamedArray {
  return filled(shape, () => deviation * random.normal())
}

/** Uniform numbers whose spread keeps the variance from layer to layer (Glorot and Bengio 2010); the last two sizes are in and out. */
export function glorot(shape: readonly number[], random: Random): NamedArray {
  const [into, out] = shape.slice(-2)
  const limit = Math.sqrt(6 / (into + out))
  return filled(shape, () => limit * (2 * random.uniform() - 1))
}

export const zeros = (shape: readonly number[]): NamedArray => filled(shape, () => 0)
export const ones = (shape: readonly number[]): NamedArray => filled(shape, () => 1)

function filled(shape: readonly number[], next: () => number): NamedArray {
  const size = shape.reduce((product, each) => product * each, 1)
  return { shape, data: Float32Array.from({ length: size }, next) }
}
