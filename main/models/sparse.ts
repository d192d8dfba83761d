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
  const kept = new Uint32Array(users + 1)
  const indices = new Uint32Array(itemIndices.length)
  let size = 0
  for (let user = 0; user < users; user++) {
    const row = itemIndices.slice(offsets[user], offsets[user + 1]).sort()
    for (let at = 0; at < row.length; at++) if (at === 0 || row[at] !== row[at - 1]) indices[size++] = row[at]
    kept[user + 1] = size
  }
  return { rows: users, columns: items, offsets: kept, indices: indices.slice(0, size) }
}

/** Columns become rows. */
export function transpose({ rows, columns, offsets, indices }: BinaryRows): BinaryRows {
  const transposed = new Uint32Array(columns + 1)
  for (const column of indices) transposed[column + 1]++
  for (let column = 0; column < columns; column++) transposed[column + 1] += transposed[column]
  const next = transposed.slice()
  const result = new Uint32Array(indices.length)
  for (let row = 0; row < rows; row++) {
    for (let at = offsets[row]; at < offsets[row + 1]; at++) result[next[indices[at]]++] = row
  }
  return { rows: columns, columns: rows, offsets: transposed, indices: result }
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
  const kept = new Uint32Array(users + 1)
  const indices = new Uint32Array(itemIndices.length)
  const ratingValues = new Float32Array(itemIndices.length)
  let size = 0
  for (let user = 0; user < users; user++) {
    const [from, length] = [offsets[user], offsets[user + 1] - offsets[user]]
    // Item and place in one number, so that they sort without a comparison function.
    const keys = new Float64Array(length)
    for (let at = 0; at < length; at++) keys[at] = itemIndices[from + at] * length + at
    keys.sort()
    for (let at = 0; at < length; at++) {
      const item = Math.floor(keys[at] / length)
      if (at > 0 && item === indices[size - 1]) size--
      indices[size] = item
      ratingValues[size++] = values[from + (keys[at] % length)]
    }
    kept[user + 1] = size
  }
  const [own, rated] = [indices.slice(0, size), ratingValues.slice(0, size)]
  return { rows: users, columns: items, offsets: kept, indices: own, values: rated }
}

/** `transpose` with the values beside. */
export function transposeValues(matrix: ValuedRows): ValuedRows {
  const transposed = transpose(matrix)
  const values = new Float32Array(matrix.values.length)
  const next = transposed.offsets.slice()
  matrix.indices.forEach((column, at) => {
    values[next[column]++] = matrix.values[at]
  })
  return { ...transposed, values }
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
