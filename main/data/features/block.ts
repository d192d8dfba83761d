/** Numbers of one feature: compressed sparse rows; indices ascend within a row and occur once, no value is 0. */
export interface Block {
  /** What each column stands for. */
  readonly names: readonly string[]
  /** Length rows + 1. */
  readonly offsets: Uint32Array
  readonly indices: Uint32Array
  readonly values: Float32Array
  /** Of principal components, the share of the variance of each. */
  readonly explainedVariance?: readonly number[]
}

/** A row by column; columns whose number is 0 are left out. */
export type SparseRow = ReadonlyMap<number, number>

export function blockOf(names: readonly string[], rows: readonly SparseRow[]): Block {
  const offsets = new Uint32Array(rows.length + 1)
  const indices: number[] = []
  const values: number[] = []
  rows.forEach((row, at) => {
    for (const [index, value] of [...row].sort(([a], [b]) => a - b)) {
      if (Math.fround(value) === 0) continue
      indices.push(index)
      values.push(value)
    }
    offsets[at + 1] = indices.length
  })
  return { names, offsets, indices: Uint32Array.from(indices), values: Float32Array.from(values) }
}

/** The rows divided by their length; a row without numbers stays so. */
export function normalised(row: SparseRow): SparseRow {
  let squares = 0
  for (const value of row.values()) squares += value * value
  if (squares === 0) return row
  const length = Math.sqrt(squares)
  return new Map(Array.from(row, ([index, value]) => [index, value / length]))
}

/** How many rows have each column. */
export function rowsPerColumn({ names, indices }: Block): Uint32Array {
  const counts = new Uint32Array(names.length)
  for (const index of indices) counts[index]++
  return counts
}
