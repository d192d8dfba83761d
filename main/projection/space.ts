import type { Compute } from '../compute/compute'
import type { Distance } from '../contract/projection'
import type { Vectors } from '../models/model'
import type { Random } from '../models/random'

/** What a projection computes with; `report` hears the share that is done. */
export interface ProjectionContext {
  readonly compute: Compute
  readonly random: Random
  readonly signal: AbortSignal
  report(fraction: number): void
}

/** The part of a whole from one share to another. */
export function part(context: ProjectionContext, from: number, to: number): ProjectionContext {
  return { ...context, report: (fraction) => context.report(from + (to - from) * fraction) }
}

/** Points whose squared Euclidean distances mean what was asked for: see `spaceOf`. */
export interface Space extends Vectors {
  readonly distance: Distance
}

/**
 * Vectors as points, filled up with zeros to a multiple of four components. Euclidean distances stay, with the mean moved
 * to the origin for the sake of single precision; for cosine every vector gets length 1, so that a squared distance is
 * 2 (1 - cosine). A vector without length stays where it is.
 */
export function spaceOf({ count, dimensions: from, data }: Vectors, distance: Distance): Space {
  const dimensions = Math.ceil(from / 4) * 4
  const points = new Float32Array(count * dimensions)
  const mean = distance === 'cosine' ? new Float64Array(from) : meanOf({ count, dimensions: from, data })
  for (let row = 0; row < count; row++) {
    const factor = distance === 'cosine' ? 1 / (lengthOf(data, row * from, from) || 1) : 1
    for (let at = 0; at < from; at++) points[row * dimensions + at] = factor * (data[row * from + at] - mean[at])
  }
  return { count, dimensions, data: points, distance }
}

/** A distance as people know it, of a squared one in the space: 1 - cosine, or Euclidean. */
export function distanceOf({ distance }: Pick<Space, 'distance'>, squared: number): number {
  return distance === 'cosine' ? squared / 2 : Math.sqrt(squared)
}

export function meanOf({ count, dimensions, data }: Vectors): Float64Array {
  const mean = new Float64Array(dimensions)
  for (let start = 0; start < count * dimensions; start += dimensions) {
    for (let at = 0; at < dimensions; at++) mean[at] += data[start + at]
  }
  return mean.map((sum) => sum / Math.max(1, count))
}

function lengthOf(data: Float32Array, start: number, dimensions: number): number {
  let sum = 0
  for (let at = start; at < start + dimensions; at++) sum += data[at] * data[at]
  return Math.sqrt(sum)
}

export function squaredDistance({ dimensions, data }: Vectors, one: number, other: number): number {
  let sum = 0
  for (let a = one * dimensions, b = other * dimensions; a < (one + 1) * dimensions; a++, b++) {
    const difference = data[a] - data[b]
    sum += difference * difference
  }
  return sum
}
