import type { NamedArrays, Tf, TfTensor } from '../../compute/tensorflow/tensorflow'
import type { FeatureRows } from '../model'

/** What is known of one side, users or items, as fields: its own id, then each group of features; columns of all are numbered together. */
export interface Fields {
  readonly rows: number
  readonly columns: number
  /** How many fields there are, the id among them. */
  readonly count: number
  /** Entry by entry, row by row: its field, its column and its value; row r has those from offsets[r] to offsets[r + 1]. */
  readonly offsets: Uint32Array
  readonly fields: Uint32Array
  readonly indices: Uint32Array
  readonly values: Float32Array
  /** Of each column of features its field, and what its values are divided by. */
  readonly ofFeatures: { readonly fields: Uint32Array; readonly scales: Float32Array }
}

/**
 * The fields of all rows. A field's values are divided by the root mean square of the lengths of its rows, so that no field
 * outweighs the others by its units, and numbers keep their proportions.
 */
export function fieldsOf(rows: number, features: FeatureRows | undefined): Fields {
  const blocks = features?.blocks ?? []
  const fieldOf = new Uint32Array(features?.columns ?? 0)
  let columns = 0
  blocks.forEach(({ names }, at) => {
    fieldOf.fill(at + 1, columns, columns + names.length)
    columns += names.length
  })
  const scales = features ? fieldScales(features, fieldOf, blocks.length) : []
  const entries = rows + (features?.values.length ?? 0)
  const result = {
    rows,
    columns: rows + columns,
    count: 1 + blocks.length,
    offsets: new Uint32Array(rows + 1),
    fields: new Uint32Array(entries),
    indices: new Uint32Array(entries),
    values: new Float32Array(entries),
    ofFeatures: { fields: fieldOf, scales: Float32Array.from(fieldOf, (field) => scales[field]) },
  }
  let at = 0
  const add = (field: number, column: number, value: number) => {
    result.fields[at] = field
    result.indices[at] = column
    result.values[at++] = value
  }
  for (let row = 0; row < rows; row++) {
    add(0, row, 1)
    for (let entry = features?.offsets[row] ?? 0; entry < (features?.offsets[row + 1] ?? 0); entry++) {
      const column = (features as FeatureRows).indices[entry]
      const field = fieldOf[column]
      add(field, rows + column, (features as FeatureRows).values[entry] / scales[field])
    }
    result.offsets[row + 1] = at
  }
  return result
}

/** Of each field the root mean square of the lengths of its rows, 1 where it has none. */
function fieldScales({ rows, offsets, indices, values }: FeatureRows, fieldOf: Uint32Array, blocks: number): number[] {
  const [squares, lastRow, counts] = [
    new Float64Array(blocks + 1),
    new Int32Array(blocks + 1).fill(-1),
    new Uint32Array(blocks + 1),
  ]
  for (let row = 0; row < rows; row++) {
    for (let at = offsets[row]; at < offsets[row + 1]; at++) {
      const field = fieldOf[indices[at]]
      squares[field] += values[at] ** 2
      if (lastRow[field] !== row) counts[field]++
      lastRow[field] = row
    }
  }
  return Array.from(squares, (sum, field) => (sum === 0 ? 1 : Math.sqrt(sum / counts[field])))
}

/** The entries of some rows: of each its column, its value, and its place among rows x fields. */
export function entriesOf(
  { count, offsets, fields, indices, values }: Fields,
  rows: ArrayLike<number>,
  name: string,
): NamedArrays {
  let size = 0
  for (let at = 0; at < rows.length; at++) size += offsets[rows[at] + 1] - offsets[rows[at]]
  const [columns, places, weights] = [new Int32Array(size), new Int32Array(size), new Float32Array(size)]
  let next = 0
  for (let at = 0; at < rows.length; at++) {
    for (let entry = offsets[rows[at]]; entry < offsets[rows[at] + 1]; entry++) {
      columns[next] = indices[entry]
      places[next] = at * count + fields[entry]
      weights[next++] = values[entry]
    }
  }
  return {
    [`${name}_columns`]: { shape: [size], data: columns },
    [`${name}_places`]: { shape: [size], data: places },
    [`${name}_values`]: { shape: [size, 1], data: weights },
  }
}

/** The sum of the rows of `x` with the same place, for each of `count` places. */
export function placedSums(tf: Tf, x: TfTensor, places: TfTensor, count: number): TfTensor {
  const at = places as ReturnType<Tf['tensor1d']>
  const operation = tf.customGrad((values) => ({
    value: tf.unsortedSegmentSum(values as TfTensor, at, count),
    gradFunc: (change) => tf.gather(change as TfTensor, at),
  }))
  return operation(x)
}
