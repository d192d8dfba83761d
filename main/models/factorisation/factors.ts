import { dotScorer } from '../dot-scorer'
import type { DotForm, KnownVectors } from '../form'
import type { FittedModel, Scorer, Tensors, Vectors } from '../model'

/** The kernels take four components at a time; the ones added are zero and stay so. */
export function paddedLength(size: number): number {
  return Math.ceil(size / 4) * 4
}

/** Vectors of users and items, and who has any interactions, as tensors; `length` floats a row become `size`. */
export function factorTensors(
  users: Float32Array,
  items: Float32Array,
  known: { users: Uint8Array; items: Uint8Array },
  length: number,
  size: number,
): Tensors {
  return {
    user_factors: { shape: [known.users.length, size], data: unpad(users, known.users.length, length, size) },
    item_factors: { shape: [known.items.length, size], data: unpad(items, known.items.length, length, size) },
    user_known: { shape: [known.users.length], data: known.users },
    item_known: { shape: [known.items.length], data: known.items },
  }
}

/** 1 for rows with entries. */
export function knownRows(offsets: Uint32Array): Uint8Array {
  return Uint8Array.from({ length: offsets.length - 1 }, (_, row) => (offsets[row + 1] > offsets[row] ? 1 : 0))
}

function unpad(factors: Float32Array, rows: number, length: number, size: number): Float32Array {
  const result = new Float32Array(rows * size)
  for (let row = 0; row < rows; row++) result.set(factors.subarray(row * length, row * length + size), row * size)
  return result
}

export function vectorsOf(tensors: Tensors, name: 'user_factors' | 'item_factors'): Vectors {
  const { shape, data } = tensors[name]
  return { count: shape[0], dimensions: shape[1], data: data as Float32Array }
}

export const itemVectors = ({ tensors }: FittedModel) => vectorsOf(tensors, 'item_factors')
export const userVectors = ({ tensors }: FittedModel) => vectorsOf(tensors, 'user_factors')

/** Vectors filled up with zeros to a multiple of four components. */
export function padded(vectors: Vectors): Vectors {
  const dimensions = paddedLength(vectors.dimensions)
  if (dimensions === vectors.dimensions) return vectors
  const data = new Float32Array(vectors.count * dimensions)
  for (let row = 0; row < vectors.count; row++) {
    data.set(vectors.data.subarray(row * vectors.dimensions, (row + 1) * vectors.dimensions), row * dimensions)
  }
  return { count: vectors.count, dimensions, data }
}

/** Of each vector the first `size` components, and two more. */
export function widened(
  { count, dimensions, data }: Vectors,
  tail: (row: number) => readonly [number, number],
  size = dimensions,
): Vectors {
  const result = new Float32Array(count * (size + 2))
  for (let row = 0; row < count; row++) {
    result.set(data.subarray(row * dimensions, row * dimensions + size), row * (size + 2))
    result.set(tail(row), row * (size + 2) + size)
  }
  return { count, dimensions: size + 2, data: result }
}

/** Scores of the users trained on: the dot product of their vectors with those of the items. */
export async function scoreUsers({ tensors, compute }: FittedModel): Promise<Scorer> {
  const users = { ...padded(vectorsOf(tensors, 'user_factors')), known: tensors.user_known.data as Uint8Array }
  return dotScorer(compute, users, knownItems(tensors))
}

export function knownItems(tensors: Tensors): KnownVectors {
  return { ...padded(vectorsOf(tensors, 'item_factors')), known: tensors.item_known.data as Uint8Array }
}

/** Vectors as they are, and which rows of them were learned. */
export function knownVectors(tensors: Tensors, side: 'user' | 'item'): KnownVectors {
  return { ...vectorsOf(tensors, `${side}_factors`), known: tensors[`${side}_known`].data as Uint8Array }
}

/** The dot product of the vectors of users with those of the items. */
export function dotForm(tensors: Tensors): DotForm {
  return { kind: 'dot', users: knownVectors(tensors, 'user'), items: knownVectors(tensors, 'item') }
}

/** Normal numbers for the vectors of known rows; the others stay zero, and so does what is beyond `size`. */
export function fillNormal(
  factors: Float32Array,
  known: Uint8Array,
  size: number,
  deviation: number,
  normal: () => number,
): void {
  const length = paddedLength(size)
  known.forEach((flag, row) => {
    if (flag === 0) return
    for (let at = 0; at < size; at++) factors[row * length + at] = deviation * normal()
  })
}

/** The dot product of a row of each. */
export function vectorProduct(left: Vectors, leftRow: number, right: Vectors, rightRow: number): number {
  const { dimensions } = left
  let sum = 0
  for (let at = 0; at < dimensions; at++) {
    sum += left.data[leftRow * dimensions + at] * right.data[rightRow * dimensions + at]
  }
  return sum
}
