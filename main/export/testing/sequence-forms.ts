import type { Layer } from '../../models/form'
import type { Vectors } from '../../models/model'
import { createRandom } from '../../models/random'
import type { Norm, SequenceForm } from '../../models/sequence-form'

export const [sequenceItems, size] = [9, 6]
const places = 5
const random = createRandom(7)
const numbers = (count: number) => Float32Array.from({ length: count }, () => random.normal())
export const matrix = (count: number, dimensions: number): Vectors => ({
  count,
  dimensions,
  data: numbers(count * dimensions),
})
const layer = (from: number, to: number, bend: Layer['bend'] = 'none'): Layer => ({
  weights: matrix(from, to),
  bias: numbers(to),
  bend,
})
const norm = (): Norm => ({ scale: numbers(size), shift: numbers(size) })
const block = () => ({
  beforeAttention: norm(),
  query: matrix(size, size),
  key: matrix(size, size),
  value: matrix(size, size),
  out: matrix(size, size),
  beforeLayers: norm(),
  layers: [layer(size, 8, 'relu'), layer(8, size)],
})

const gated = (cell: 'gru' | 'lstm', gates: number) => ({
  kind: 'gated' as const,
  cell,
  input: layer(size, gates * size),
  before: layer(size, gates * size),
  out: layer(size, size),
})
const attention = (mask: Float32Array | null) => ({
  kind: 'attention' as const,
  heads: 3,
  mask,
  positions: matrix(mask ? places + 1 : places, size),
  first: norm(),
  blocks: [block(), block()],
  last: norm(),
})

const readers: Record<string, Pick<SequenceForm, 'reader' | 'turn'>> = {
  mean: { reader: { kind: 'mean', inner: layer(size, size, 'tanh'), out: layer(size, size) }, turn: null },
  'mean, turned': {
    reader: { kind: 'mean', inner: layer(size, size, 'tanh'), out: layer(size, size) },
    turn: matrix(size, size),
  },
  gru: { reader: gated('gru', 3), turn: null },
  lstm: { reader: gated('lstm', 4), turn: null },
  attention: { reader: attention(null), turn: null },
  'attention to a mask': { reader: attention(numbers(size)), turn: null },
}
/** Item 4 is not known. */
const known = Uint8Array.from({ length: sequenceItems }, (_, item) => (item === 4 ? 0 : 1))

/** A form of each kind of reader, of random numbers. */
export const sequenceForms: Record<string, SequenceForm> = Object.fromEntries(
  Object.entries(readers).map(([name, reader]) => {
    const items = { ...matrix(sequenceItems, size), known }
    return [name, { kind: 'sequence', places, sessionGap: 0, items, ...reader }]
  }),
)

/** The first one is longer than what is read. */
export const sequences = [[2, 6, 3, 1, 1, 8, 0], [7, 2], [], [5], [1, 2, 3, 5, 6]]

/** Sequences as a graph takes them, filled up with -1. */
export function filledUp(rows: readonly (readonly number[])[], length: number) {
  const numbers = rows.flatMap((row) => [...row, ...Array<number>(length - row.length).fill(-1)])
  return { whole: true, shape: [rows.length, length], numbers }
}
