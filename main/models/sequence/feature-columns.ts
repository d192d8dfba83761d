import type { FeatureRows } from '../model'

/** Each row divided by its length, so that rows with many numbers count as much as others. */
export function normalised(features: FeatureRows): FeatureRows {
  const { rows, offsets } = features
  const values = features.values.slice()
  for (let row = 0; row < rows; row++) {
    const own = values.subarray(offsets[row], offsets[row + 1])
    const length = Math.sqrt(own.reduce((sum, value) => sum + value * value, 0))
    if (length > 0) for (let at = 0; at < own.length; at++) own[at] /= length
  }
  return { ...features, values }
}

/** 1 for columns that at least a quarter of the rows have a number in. */
export function isDense({ rows, columns, indices }: FeatureRows): Uint8Array {
  const counts = new Uint32Array(columns)
  for (const column of indices) counts[column]++
  return Uint8Array.from(counts, (count) => (count > 0 && count >= rows / 4 ? 1 : 0))
}

/** Some of the columns, numbered anew in their order. */
export function pickColumns(features: FeatureRows, isPicked: (column: number) => boolean): FeatureRows {
  const { rows, columns, offsets, indices, values } = features
  const places = new Int32Array(columns).fill(-1)
  let count = 0
  for (let column = 0; column < columns; column++) if (isPicked(column)) places[column] = count++
  const kept = Uint32Array.from(indices.keys()).filter((at) => places[indices[at]] >= 0)
  const ends = new Uint32Array(rows + 1)
  let next = 0
  for (let row = 0; row < rows; row++) {
    while (next < kept.length && kept[next] < offsets[row + 1]) next++
    ends[row + 1] = next
  }
  return {
    rows,
    columns: count,
    offsets: ends,
    indices: kept.map((at) => places[indices[at]]),
    values: Float32Array.from(kept, (at) => values[at]),
    blocks: [],
  }
}
