import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Layer } from '../../models/form'
import type { Vectors } from '../../models/model'
import { createRandom } from '../../models/random'
import type { Norm, SequenceForm } from '../../models/sequence-form'
import { scoreBySequence } from '../proof/plain-sequences'
import { type Program, programs } from '../testing/programs'
import { scoring } from './scoring'

const [items, size, places] = [9, 6, 5]
const random = createRandom(7)
const numbers = (count: number) => Float32Array.from({ length: count }, () => random.normal())
const matrix = (count: number, dimensions: number): Vectors => ({
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
const known = Uint8Array.from({ length: items }, (_, item) => (item === 4 ? 0 : 1))

/** The first one is longer than what is read. */
const histories = [[2, 6, 3, 1, 1, 8, 0], [7, 2], [], [5], [1, 2, 3, 5, 6]]
const longest = 7

const cases = Object.keys(programs).flatMap((program) => Object.keys(readers).map((reader) => [program, reader]))

describe.each(cases)('%s of %s', (name, kind) => {
  const form: SequenceForm = {
    kind: 'sequence',
    places,
    sessionGap: 0,
    items: { ...matrix(items, size), known },
    ...readers[kind],
  }
  let program: Program
  beforeAll(async () => {
    program = await programs[name](scoring(form))
  })
  afterAll(() => program.close())

  async function scoresOf(rows: number[][], length: number) {
    const numbers = rows.flatMap((row) => [...row, ...Array(length - row.length).fill(-1)])
    const scores = await program.scores({ items: { whole: true, shape: [rows.length, length], numbers } })
    return rows.map((_, row) => scores.subarray(row * items, (row + 1) * items))
  }

  test('histories of any length score in one batch as in plain loops, filled up with -1', async () => {
    const found = await scoresOf(histories, longest)
    histories.forEach((history, row) => {
      const plain = scoreBySequence(form, Uint32Array.from(history))
      plain.forEach((score, item) => {
        if (Number.isNaN(score)) expect(found[row][item]).toBe(Number.NEGATIVE_INFINITY)
        else expect(Math.abs(found[row][item] - score)).toBeLessThan(1e-4)
      })
    })
    // Nothing is listed for an empty history, and an unknown item for nobody.
    expect(found[2].every((score) => score === Number.NEGATIVE_INFINITY)).toBe(true)
    expect(found[3][4]).toBe(Number.NEGATIVE_INFINITY)
  })

  test('a history scores the same by itself, without anything that fills it up', async () => {
    const [[, , , alone], [own]] = [await scoresOf(histories, longest), await scoresOf([[5]], 1)]
    own.forEach((score, item) => {
      if (item !== 4) expect(Math.abs(score - alone[item])).toBeLessThan(1e-4)
    })
  })

  test('a row that is no item is an error', async () => {
    await expect(scoresOf([[2, items]], 2)).rejects.toThrow()
  })

  test('what a user adds is added to each history', async () => {
    const users = matrix(2, size)
    const own = await programs[name](scoring({ kind: 'personal-sequence', users, sequence: form }))
    const scores = await own.scores({
      items: { whole: true, shape: [1, 2], numbers: [7, 2] },
      user: { whole: true, shape: [1], numbers: [1] },
    })
    const plain = scoreBySequence(form, Uint32Array.of(7, 2), Float64Array.from(users.data.subarray(size)))
    plain.forEach((score, item) => {
      if (item !== 4) expect(Math.abs(scores[item] - score)).toBeLessThan(1e-4)
    })
    await own.close()
  })
})
