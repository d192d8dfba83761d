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

/** Vectors beyond those that are wanted, so that the wanted ones converge soon. */
const oversampling = 10
const mostIterations = 100
/** Of the largest eigenvalue. */
const tolerance = 1e-10

/**
 * The first `count` principal components of rows x dimensions numbers (row-major): the scatter matrix, then subspace
 * iteration on it (Halko, Martinsson and Tropp 2011, Finding structure with randomness); exact where all dimensions are
 * wanted. About rows x dimensions^2 operations, and 2 x dimensions^2 x count for each iteration.
 */
export function principalComponents(data: Float64Array, dimensions: number, count: number): PrincipalComponents {
  const centred = centre(data, dimensions)
  const scatter = scatterOf(centred, dimensions)
  const { components, values } = leadingComponents(scatter, dimensions, count)
  const variance = traceOf(scatter, dimensions)
  const explainedVariance = Array.from(values, (value) => (variance > 0 ? Math.max(0, value) / variance : 0))
  return { scores: scoresOf(centred, components, dimensions), components, explainedVariance }
}

export const traceOf = (matrix: Float64Array, size: number) =>
  matrix.reduce((sum, value, at) => (at % (size + 1) === 0 ? sum + value : sum), 0)

/** The first eigenvectors of a scatter matrix, signs as above, and their eigenvalues, descending. */
export function leadingComponents(scatter: Float64Array, dimensions: number, count: number) {
  const width = Math.min(dimensions, count + oversampling)
  let basis = startingBasis(dimensions, width)
  let found = ritz(scatter, basis, dimensions)
  for (let iteration = 0; width < dimensions && iteration < mostIterations; iteration++) {
    basis = orthonormal(found.images, dimensions)
    const next = ritz(scatter, basis, dimensions)
    const isSettled = next.values
      .subarray(0, count)
      .every((value, at) => Math.abs(value - found.values[at]) <= tolerance * next.values[0])
    found = next
    if (isSettled) break
  }
  const kept = Math.min(count, width)
  return {
    components: componentsOf(found.vectors, basis, dimensions, kept),
    values: found.values.subarray(0, kept),
  }
}

function centre(data: Float64Array, dimensions: number): Float64Array {
  const rows = data.length / dimensions
  const mean = new Float64Array(dimensions)
  for (let at = 0; at < data.length; at++) mean[at % dimensions] += data[at] / rows
  return data.map((value, at) => value - mean[at % dimensions])
}

/** The sum of the outer products of the rows. */
function scatterOf(centred: Float64Array, dimensions: number): Float64Array {
  const scatter = new Float64Array(dimensions * dimensions)
  for (let start = 0; start < centred.length; start += dimensions) {
    for (let i = 0; i < dimensions; i++) {
      const value = centred[start + i]
      for (let j = i; j < dimensions; j++) scatter[i * dimensions + j] += value * centred[start + j]
    }
  }
  for (let i = 0; i < dimensions; i++) {
    for (let j = 0; j < i; j++) scatter[i * dimensions + j] = scatter[j * dimensions + i]
  }
  return scatter
}

/** Vectors one after the other: the axes where as many as dimensions are wanted, random ones otherwise. */
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
  )
}

/** The scatter within the basis: its eigenvalues, descending, and eigenvectors; and what it makes of the basis. */
function ritz(scatter: Float64Array, basis: Float64Array, dimensions: number) {
  const width = basis.length / dimensions
  const images = new Float64Array(basis.length)
  const within = new Float64Array(width * width)
  for (let i = 0; i < width; i++) {
    const vector = basis.subarray(i * dimensions, (i + 1) * dimensions)
    for (let at = 0; at < dimensions; at++) {
      images[i * dimensions + at] = dot(scatter.subarray(at * dimensions, (at + 1) * dimensions), vector)
    }
  }
  for (let i = 0; i < width; i++) {
    const image = images.subarray(i * dimensions, (i + 1) * dimensions)
    for (let j = i; j < width; j++) {
      const value = dot(image, basis.subarray(j * dimensions, (j + 1) * dimensions))
      within[i * width + j] = value
      within[j * width + i] = value
    }
  }
  return { images, ...eigen(within, width) }
}

/** The vectors made orthonormal by Gram and Schmidt, twice for accuracy; one that depends on others becomes 0. */
function orthonormal(vectors: Float64Array, dimensions: number): Float64Array {
  const result = vectors.slice()
  const width = vectors.length / dimensions
  for (let place = 0; place < width; place++) {
    const own = result.subarray(place * dimensions, (place + 1) * dimensions)
    const before = Math.sqrt(dot(own, own))
    for (let pass = 0; pass < 2; pass++) {
      for (let other = 0; other < place; other++) {
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

/** The first eigenvectors, from the basis back to all dimensions. */
function componentsOf(vectors: Float64Array, basis: Float64Array, dimensions: number, count: number): Float64Array {
  const width = basis.length / dimensions
  const components = new Float64Array(count * dimensions)
  for (let component = 0; component < count; component++) {
    const own = components.subarray(component * dimensions, (component + 1) * dimensions)
    for (let place = 0; place < width; place++) {
      const share = vectors[component * width + place]
      for (let at = 0; at < dimensions; at++) own[at] += share * basis[place * dimensions + at]
    }
    const largest = own.reduce((best, value) => (Math.abs(value) > Math.abs(best) ? value : best), 0)
    if (largest < 0) for (let at = 0; at < dimensions; at++) own[at] = -own[at]
  }
  return components
}

function scoresOf(centred: Float64Array, components: Float64Array, dimensions: number): Float64Array {
  const [rows, count] = [centred.length / dimensions, components.length / dimensions]
  const scores = new Float64Array(rows * count)
  for (let row = 0; row < rows; row++) {
    const vector = centred.subarray(row * dimensions, (row + 1) * dimensions)
    for (let component = 0; component < count; component++) {
      const direction = components.subarray(component * dimensions, (component + 1) * dimensions)
      scores[row * count + component] = dot(vector, direction)
    }
  }
  return scores
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0
  for (let at = 0; at < a.length; at++) sum += a[at] * b[at]
  return sum
}
