import type { GraphArray, OpenGraph } from '../../compute/onnx-graph'
import { TopnError } from '../../contract/errors'
import type { GraphCall, GraphInput } from './graph-call'

/** A graph that is open, and which of its rows are the users and items of the data: -1 where it has none. */
export interface AskedGraph {
  call: GraphCall
  graph: OpenGraph
  /** Of the data. */
  items: number
  itemRows: Int32Array
  userRows: Int32Array | null
}

export function unusable({ file }: GraphCall, reason: string, cause?: unknown): TopnError {
  return new TopnError('BAD_DATA', `${file} cannot be used: ${reason}.`, { file }, { cause })
}

/** What is no finite number is no score. */
export const finite = (value: number | bigint) => (Number.isFinite(Number(value)) ? Number(value) : Number.NaN)

/** Rows that go together: as many as the graph takes, the last one again where it takes no fewer. */
export function* batchesOf(all: readonly number[], fixed: number | null, room: number) {
  const size = fixed ?? room
  for (let from = 0; from < all.length; from += size) {
    const rows = all.slice(from, from + size)
    const count = rows.length
    while (fixed !== null && rows.length < fixed) rows.push(rows[count - 1])
    yield { rows, count }
  }
}

/** Whole numbers as the input has them; a column where it has two dimensions and one number a row. */
export function shaped({ type, shape: wanted }: GraphInput, sizes: number[], numbers: readonly number[]): GraphArray {
  const shape = wanted.length > sizes.length ? [...sizes, 1] : sizes
  return type === 'int64'
    ? { data: BigInt64Array.from(numbers, BigInt), shape }
    : { data: Int32Array.from(numbers), shape }
}

/** Throws BAD_DATA where the graph stops. */
export async function runGraph({ call, graph }: AskedGraph, inputs: Record<string, GraphArray>): Promise<GraphArray> {
  return graph.run(inputs, call.output).catch((cause) => {
    throw unusable(call, cause.message, cause)
  })
}
