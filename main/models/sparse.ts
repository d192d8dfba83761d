import type { Interactions } from './model'

/** A binary matrix in compressed sparse rows; indices ascend within a row and occur once. */
export interface BinaryRows {
  readonly rows: number
  readonly columns: number
  readonly offsets: Uint32Array
  readonly indices: Uint32Array
}

/** Who has interacted with what: users x items, repeated pairs once. */
export function presence({ users, items, offsets, itemIndices }: Interactions): BinaryRows {
  const rows = { rows: users, columns: items, offsets, indices: itemIndices }
  // There and back again: transposing goes through rows in their order, so indices ascend in what it leaves.
  return distinct(transpose(transpose(rows)))
}

/** Of equal indices of a row, which stand one after the other, the last. */
function distinct<T extends BinaryRows & { values?: Float32Array }>(matrix: T): T {
  const { rows, offsets, indices, values } = matrix
  const kept = new Uint32Array(rows + 1)
  let size = 0
  for (let row = 0; row < rows; row++) {
    for (let at = offsets[row]; at < offsets[row + 1]; at++) {
      if (at > offsets[row] && indices[at] === indices[at - 1]) size--
      indices[size] = indices[at]
      if (values) values[size] = values[at]
      size++
    }
    kept[row + 1] = size
  }
  if (size === indices.length) return matrix
  return { ...matrix, offsets: kept, indices: indices.slice(0, size), ...(values && { values: values.slice(0, size) }) }
}

/** Columns become rows. */
export function transpose({ rows, columns, offsets, indices }: BinaryRows): BinaryRows {
  const { transposed, next } = columnOffsets(columns, indices)
  const result = new Uint32Array(indices.length)
  for (let row = 0; row < rows; row++) {
    for (let at = offsets[row]; at < offsets[row + 1]; at++) result[next[indices[at]]++] = row
  }
  return { rows: columns, columns: rows, offsets: transposed, indices: result }
}

/** Where columns begin once they are rows, twice. */
function columnOffsets(columns: number, indices: Uint32Array): { transposed: Uint32Array; next: Uint32Array } {
  const transposed = new Uint32Array(columns + 1)
  for (let at = 0; at < indices.length; at++) transposed[indices[at] + 1]++
  for (let column = 0; column < columns; column++) transposed[column + 1] += transposed[column]
  return { transposed, next: transposed.slice() }
}

/** A matrix in compressed sparse rows; indices ascend within a row and occur once. */
export interface ValuedRows extends BinaryRows {
  readonly values: Float32Array
}

/**
 * About how many pairs of items histories hold: histories are far from equally long, which more than doubles the sum of
 * their squares.
 */
export function pairsOf({ users, interactions }: { users: number; interactions: number }): number {
  return (2.5 * interactions ** 2) / Math.max(1, users)
}

/** What users rated, users x items; of repeated pairs the last rating. */
export function ratings({ users, items, offsets, itemIndices, values }: Interactions): ValuedRows {
  const rows = { rows: users, columns: items, offsets, indices: itemIndices, values }
  return distinct(transposeValues(transposeValues(rows)))
}

/** `transpose` with the values beside. */
export function transposeValues({ rows, columns, offsets, indices, values }: ValuedRows): ValuedRows {
  const { transposed, next } = columnOffsets(columns, indices)
  const result = new Uint32Array(indices.length)
  const moved = new Float32Array(indices.length)
  for (let row = 0; row < rows; row++) {
    for (let at = offsets[row]; at < offsets[row + 1]; at++) {
      const place = next[indices[at]]++
      result[place] = row
      moved[place] = values[at]
    }
  }
  return { rows: columns, columns: rows, offsets: transposed, indices: result, values: moved }
}

/** Rows one after the other in ranges of about so many entries. */
export function rangesOf(offsets: Uint32Array, entries: number): [from: number, to: number][] {
  const ranges: [number, number][] = []
  for (let from = 0; from < offsets.length - 1; ) {
    let to = from + 1
    while (to < offsets.length - 1 && offsets[to + 1] - offsets[from] <= entries) to++
    ranges.push([from, to])
    from = to
  }
  return ranges
}
