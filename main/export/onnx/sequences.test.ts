import { Tensor } from 'onnxruntime-web'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openSession } from '../../compute/onnx-session'
import type { Layer } from '../../models/form'
import type { Vectors } from '../../models/model'
import { createRandom } from '../../models/random'
import type { Norm, SequenceForm } from '../../models/sequence-form'
import { scoreBySequence } from '../proof/plain-sequences'
import { sequenceGraph } from './sequences'

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

const readers: Record<string, SequenceForm['reader']> = {
  gated: { kind: 'gated', input: layer(size, 3 * size), before: layer(size, 3 * size), out: layer(size, size) },
  attention: {
    kind: 'attention',
    heads: 3,
    positions: matrix(places, size),
    first: norm(),
    blocks: [block(), block()],
    last: norm(),
  },
}
/** Item 4 is not known. */
const known = Uint8Array.from({ length: items }, (_, item) => (item === 4 ? 0 : 1))

const histories = [[3, 1, 1, 8, 0], [7, 2], [], [5]]

describe.each(Object.entries(readers))('%s', (_, reader) => {
  const form: SequenceForm = {
    kind: 'sequence',
    places,
    sessionGap: 0,
    items: { ...matrix(items, size), known },
    reader,
  }
  let session: Awaited<ReturnType<typeof openSession>>
  beforeAll(async () => {
    const pieces = sequenceGraph(form).build({ name: 'test', version: '0', meaning: '', facts: {} })
    session = await openSession(Buffer.concat(pieces))
  })
  afterAll(() => session.release())

  async function scoresOf(rows: number[][], length: number) {
    const filled = rows.flatMap((row) => [...row, ...Array(length - row.length).fill(-1)])
    const input = new Tensor('int64', BigInt64Array.from(filled, BigInt), [rows.length, length])
    const { scores } = await session.run({ items: input })
    return rows.map((_, row) => (scores.data as Float32Array).subarray(row * items, (row + 1) * items))
  }

  test('histories of any length score in one batch as in plain loops, filled up with -1', async () => {
    const found = await scoresOf(histories, places)
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
    const [[, , , alone], [own]] = [await scoresOf(histories, places), await scoresOf([[5]], 1)]
    own.forEach((score, item) => {
      if (item !== 4) expect(Math.abs(score - alone[item])).toBeLessThan(1e-4)
    })
  })
})
