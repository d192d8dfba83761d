import { symmetricEigen } from '../compute/eigen'
import { fillGram } from '../compute/gram'
import { leadingComponents, traceOf } from '../data/features/principal-components'
import type { Vectors } from '../models/model'
import { meanOf, type ProjectionContext } from './space'

export interface Principal {
  /** count x components, row-major. */
  readonly coordinates: Float32Array
  /** Share of the variance along each component, descending. */
  readonly explained: Float64Array
}

/** Up to so many dimensions all eigenvectors are computed. */
const mostByRotations = 96

/**
 * The first principal components, exact: eigenvectors of the covariance (Jolliffe 2002, Principal component analysis).
 * Of each component the entry of the largest magnitude is positive, so that signs repeat. rows x dimensions^2 operations.
 */
export async function principalComponents(
  vectors: Vectors,
  components: number,
  { compute: { kernels }, signal, report }: Pick<ProjectionContext, 'compute' | 'signal' | 'report'>,
): Promise<Principal> {
  const { count, dimensions } = vectors
  const length = Math.ceil(dimensions / 4) * 4
  return kernels.scoped(async () => {
    const centred = kernels.float32(count * length)
    centre(vectors, centred, length)
    const gram = kernels.float32(length * length)
    await fillGram(kernels, gram, centred, count, length, signal)
    report(0.5)
    const scatter = new Float64Array(dimensions * dimensions)
    for (let at = 0; at < scatter.length; at++) {
      scatter[at] = gram[Math.floor(at / dimensions) * length + (at % dimensions)]
    }
    const { values, axes } = await leadingAxes(scatter, dimensions, components, signal)
    report(0.8)
    const all = traceOf(scatter, dimensions)
    const explained = Float64Array.from({ length: components }, (_, at) =>
      at < dimensions && all > 0 ? Math.max(0, values[at]) / all : 0,
    )
    return { coordinates: along(centred, count, length, axes), explained }
  })
}

function centre(vectors: Vectors, centred: Float32Array, length: number): void {
  const { count, dimensions, data } = vectors
  const mean = meanOf(vectors)
  for (let row = 0, from = 0, to = 0; row < count; row++, from += dimensions, to += length) {
    for (let at = 0; at < dimensions; at++) centred[to + at] = data[from + at] - mean[at]
  }
}

/** All eigenvectors where they are few, otherwise those that are wanted, by iteration. */
async function leadingAxes(scatter: Float64Array, dimensions: number, components: number, signal: AbortSignal) {
  if (dimensions > mostByRotations) {
    const found = leadingComponents(scatter, dimensions, components)
    const axes = Array.from({ length: components }, (_, component) =>
      found.components.subarray(component * dimensions, (component + 1) * dimensions),
    )
    return { values: found.values, axes }
  }
  const { values, vectors } = await symmetricEigen(scatter, dimensions, signal)
  return { values, axes: Array.from({ length: components }, (_, at) => axisOf(vectors, dimensions, at)) }
}

function axisOf(vectors: Float64Array, dimensions: number, component: number): Float64Array {
  if (component >= dimensions) return new Float64Array(dimensions)
  const axis = Float64Array.from({ length: dimensions }, (_, row) => vectors[row * dimensions + component])
  const largest = axis.reduce((best, value) => (Math.abs(value) > Math.abs(best) ? value : best), 0)
  return largest < 0 ? axis.map((value) => -value) : axis
}

function along(centred: Float32Array, count: number, length: number, axes: Float64Array[]): Float32Array {
  const coordinates = new Float32Array(count * axes.length)
  for (let row = 0; row < count; row++) {
    const start = row * length
    for (let component = 0; component < axes.length; component++) {
      const axis = axes[component]
      let sum = 0
      for (let at = 0; at < axis.length; at++) sum += axis[at] * centred[start + at]
      coordinates[row * axes.length + component] = sum
    }
  }
  return coordinates
}
