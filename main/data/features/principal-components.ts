import { createRandom } from '../../models/random'
import { eigen } from './eigen'

export interface PrincipalComponents {
  /** rows x count, row-major: the centred rows along each component. */
  readonly scores: Float64Array
  /** count x dimensions, row-major, of length 1; the entry of the largest magnitude of each is positive. */
  readonly components: Float64Array
  /** Share of the variance of each component, descending. */
  readonly explainedVariance: number[]
}

/** Columns beyond those that are wanted, so that the wanted ones converge soon. */
const oversampling = 10
const mostIterations = 100
const tolerance = 1e-10

/**
 * The first `count` principal components of rows x dimensions numbers (row-major) by subspace iteration on the
 * covariance, which is never written down (Halko, Martinsson and Tropp 2011, Finding structure with randomness); exact
 * where all dimensions are wanted. About 4 x rows x dimensions x (count + 10) operations an iteration.
 */
export function principalComponents(data: Float64Array, dimensions: number, count: number): PrincipalComponents {
  const rows = data.length / dimensions
  const { centred, variance } = centre(data, dimensions)
  const width = Math.min(dimensions, count + oversampling)
  let basis = startingBasis(dimensions, width)
  let found = ritz(centred, rows, dimensions, basis, width)
  for (let iteration = 0; width < dimensions && iteration < mostIterations; iteration++) {
    basis = orthonormal(multiplyTransposed(centred, found.projected, rows, dimensions, width), dimensions, width)
    const next = ritz(centred, rows, dimensions, basis, width)
    const isSettled = next.values
      .slice(0, count)
      .every((value, at) => Math.abs(value - found.values[at]) <= tolerance * next.values[0])
    found = next
    if (isSettled) break
  }
  return take(found, { basis, centred, rows, dimensions, width, count: Math.min(count, width), variance })
}

function centre(data: Float64Array, dimensions: number) {
  const rows = data.length / dimensions
  const mean = new Float64Array(dimensions)
  data.forEach((value, at) => {
    mean[at % dimensions] += value / rows
  })
  const centred = data.map((value, at) => value - mean[at % dimensions])
  const variance = centred.reduce((sum, value) => sum + value * value, 0)
  return { centred, variance }
}

/** Columns of length `dimensions`, one after the other: the axes where all are wanted, random ones otherwise. */
function startingBasis(dimensions: number, width: number): Float64Array {
  const basis = new Float64Array(dimensions * width)
  if (width === dimensions) {
    for (let at = 0; at < width; at++) basis[at * dimensions + at] = 1
    return basis
  }
  const random = createRandom(1).derive('principal components')
  return orthonormal(
    basis.map(() => random.uniform() - 0.5),
    dimensions,
    width,
  )
}

/** Eigenvalues of the scatter within the basis, descending, with the eigenvectors; and the rows within the basis. */
function ritz(centred: Float64Array, rows: number, dimensions: number, basis: Float64Array, width: number) {
  const projected = new Float64Array(rows * width)
  for (let row = 0; row < rows; row++) {
    const vector = centred.subarray(row * dimensions, (row + 1) * dimensions)
    for (let column = 0; column < width; column++) {
      projected[row * width + column] = dot(vector, basis.subarray(column * dimensions, (column + 1) * dimensions))
    }
  }
  const scatter = new Float64Array(width * width)
  for (let row = 0; row < rows; row++) {
    for (let i = 0; i < width; i++) {
      const left = projected[row * width + i]
      for (let j = 0; j < width; j++) scatter[i * width + j] += left * projected[row * width + j]
    }
  }
  return { projected, ...eigen(scatter, width) }
}

/** centred (transposed) x projected, column after column. */
function multiplyTransposed(
  centred: Float64Array,
  projected: Float64Array,
  rows: number,
  dimensions: number,
  width: number,
): Float64Array {
  const product = new Float64Array(dimensions * width)
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < width; column++) {
      const factor = projected[row * width + column]
      const start = column * dimensions
      for (let at = 0; at < dimensions; at++) product[start + at] += factor * centred[row * dimensions + at]
    }
  }
  return product
}

/** The columns made orthonormal by Gram and Schmidt, twice for accuracy; one that depends on others becomes 0. */
function orthonormal(columns: Float64Array, dimensions: number, width: number): Float64Array {
  const result = columns.slice()
  for (let column = 0; column < width; column++) {
    const own = result.subarray(column * dimensions, (column + 1) * dimensions)
    const before = Math.sqrt(dot(own, own))
    for (let pass = 0; pass < 2; pass++) {
      for (let other = 0; other < column; other++) {
        const direction = result.subarray(other * dimensions, (other + 1) * dimensions)
        const share = dot(own, direction)
        for (let at = 0; at < dimensions; at++) own[at] -= share * direction[at]
      }
    }
    const length = Math.sqrt(dot(own, own))
    for (let at = 0; at < dimensions; at++) own[at] = length > 1e-12 * before ? own[at] / length : 0
  }
  return result
}

interface Subspace {
  basis: Float64Array
  centred: Float64Array
  rows: number
  dimensions: number
  width: number
  count: number
  /** The whole scatter. */
  variance: number
}

function take({ values, vectors }: ReturnType<typeof ritz>, space: Subspace): PrincipalComponents {
  const { basis, centred, rows, dimensions, width, count, variance } = space
  const components = new Float64Array(count * dimensions)
  for (let component = 0; component < count; component++) {
    const own = components.subarray(component * dimensions, (component + 1) * dimensions)
    for (let column = 0; column < width; column++) {
      const share = vectors[component * width + column]
      for (let at = 0; at < dimensions; at++) own[at] += share * basis[column * dimensions + at]
    }
    const largest = own.reduce((best, value) => (Math.abs(value) > Math.abs(best) ? value : best), 0)
    if (largest < 0) for (let at = 0; at < dimensions; at++) own[at] = -own[at]
  }
  const scores = new Float64Array(rows * count)
  for (let row = 0; row < rows; row++) {
    const vector = centred.subarray(row * dimensions, (row + 1) * dimensions)
    for (let component = 0; component < count; component++) {
      const direction = components.subarray(component * dimensions, (component + 1) * dimensions)
      scores[row * count + component] = dot(vector, direction)
    }
  }
  const explainedVariance = Array.from(values.slice(0, count), (value) =>
    variance > 0 ? Math.max(0, value) / variance : 0,
  )
  return { scores, components, explainedVariance }
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0
  for (let at = 0; at < a.length; at++) sum += a[at] * b[at]
  return sum
}
