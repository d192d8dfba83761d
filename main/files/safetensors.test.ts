import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Tensors } from '../models/model'
import { createRandom } from '../models/random'
import { readSafetensors, writeSafetensors } from './safetensors'

let folder: string
let path: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'topn-safetensors-'))
  path = join(folder, 'x.safetensors')
})
afterEach(() => rmSync(folder, { recursive: true }))

const everyType: Tensors = {
  bytes: { shape: [3], data: Uint8Array.of(0, 127, 255) },
  counts: { shape: [2, 2], data: Uint32Array.of(0, 1, 2, 0xffffffff) },
  signed: { shape: [2], data: Int32Array.of(-(2 ** 31), 2 ** 31 - 1) },
  floats: { shape: [1, 4], data: Float32Array.of(Number.NaN, Number.NEGATIVE_INFINITY, -0, 1.5) },
  doubles: { shape: [], data: Float64Array.of(Math.PI) },
  nothing: { shape: [0, 7], data: new Float32Array(0) },
}

/** A file as the format's description has it, put together by hand. */
function fileOf(header: unknown, data: Uint8Array = new Uint8Array(0)): Buffer {
  const text = Buffer.from(typeof header === 'string' ? header : JSON.stringify(header))
  const length = Buffer.alloc(8)
  length.writeBigUInt64LE(BigInt(text.length))
  return Buffer.concat([length, text, data])
}

describe('writing', () => {
  test('arrays of every type come back as they were', async () => {
    await writeSafetensors(path, everyType, { model: 'ials' })
    const found = await readSafetensors(path)
    expect(Object.keys(found).sort()).toEqual(Object.keys(everyType).sort())
    for (const [name, { shape, data }] of Object.entries(everyType)) {
      expect(found[name].shape).toEqual(shape)
      expect(found[name].data).toEqual(data)
    }
  })

  test('the file is what the format says', async () => {
    await writeSafetensors(path, everyType, { model: 'ials' })
    const file = readFileSync(path)
    const length = Number(file.readBigUInt64LE())
    expect((8 + length) % 8).toBe(0)
    const { __metadata__: metadata, ...entries } = JSON.parse(file.toString('utf8', 8, 8 + length))
    expect(metadata).toEqual({ model: 'ials' })
    expect(entries.doubles).toEqual({ dtype: 'F64', shape: [], data_offsets: [0, 8] })
    const body = file.subarray(8 + length)
    const { data_offsets: place } = entries.counts
    expect(entries.counts).toMatchObject({ dtype: 'U32', shape: [2, 2] })
    expect([0, 4, 8, 12].map((at) => body.readUInt32LE(place[0] + at))).toEqual([0, 1, 2, 0xffffffff])
    for (const [dtype, size] of [
      ['F64', 8],
      ['F32', 4],
      ['U32', 4],
      ['I32', 4],
    ] as const) {
      for (const entry of Object.values<{ dtype: string; data_offsets: number[] }>(entries)) {
        if (entry.dtype === dtype) expect(entry.data_offsets[0] % size).toBe(0)
      }
    }
    const sizes = Object.values(everyType).map(({ data }) => data.byteLength)
    expect(body.length).toBe(sizes.reduce((sum, size) => sum + size, 0))
  })

  test('a view into a larger buffer writes its own part only', async () => {
    const whole = Float32Array.of(1, 2, 3, 4)
    await writeSafetensors(path, { part: { shape: [2], data: whole.subarray(1, 3) } })
    expect((await readSafetensors(path)).part.data).toEqual(Float32Array.of(2, 3))
  })

  test('names that mean something to JavaScript are names like any other', async () => {
    const names = ['__proto__', 'constructor', 'toString', '', 'ключ', '推荐', 'a"b\\c\n']
    const tensors: Tensors = Object.create(null)
    names.forEach((name, index) => {
      tensors[name] = { shape: [1], data: Uint8Array.of(index) }
    })
    await writeSafetensors(path, tensors)
    const found = await readSafetensors(path)
    expect(names.map((name) => found[name].data[0])).toEqual(names.map((_, index) => index))
    expect(Object.getPrototypeOf(found)).toBe(null)
  })
})

describe('reading', () => {
  test('a file put together by hand', async () => {
    const data = Buffer.alloc(12)
    data.writeFloatLE(1.5, 0)
    data.writeFloatLE(-2, 4)
    data.writeInt32LE(-7, 8)
    const header = {
      __metadata__: { format: 'pt' },
      weight: { dtype: 'F32', shape: [1, 2], data_offsets: [0, 8] },
      step: { dtype: 'I32', shape: [], data_offsets: [8, 12] },
    }
    // 13 bytes of padding, so that the data is not aligned.
    writeFileSync(path, fileOf(JSON.stringify(header) + ' '.repeat(13), data))
    const { weight, step, ...rest } = await readSafetensors(path)
    expect(weight).toEqual({ shape: [1, 2], data: Float32Array.of(1.5, -2) })
    expect(step).toEqual({ shape: [], data: Int32Array.of(-7) })
    expect(rest).toEqual({})
  })

  test('only the arrays that are asked for', async () => {
    await writeSafetensors(path, everyType)
    const found = await readSafetensors(path, ['signed', 'bytes'])
    expect(Object.keys(found).sort()).toEqual(['bytes', 'signed'])
    const missing = readSafetensors(path, ['signed', 'weights'])
    await expect(missing).rejects.toMatchObject({ code: 'BAD_DATA', message: expect.stringContaining('weights') })
  })

  const bad: Record<string, Buffer> = {
    'an empty file': Buffer.alloc(0),
    'seven bytes': Buffer.alloc(7),
    'a header length beyond the file': Buffer.from('ff00000000000000', 'hex'),
    'the largest header length': Buffer.alloc(16, 255),
    'no JSON': fileOf('{"a":'),
    'JSON null': fileOf('null'),
    'a JSON list': fileOf('[]'),
    'a number as entry': fileOf({ a: 1 }),
    'null as entry': fileOf({ a: null }),
    'an unknown type': fileOf({ a: { dtype: 'F16', shape: [1], data_offsets: [0, 2] } }, new Uint8Array(2)),
    'a type of Object': fileOf({ a: { dtype: 'toString', shape: [0], data_offsets: [0, 0] } }),
    'no shape': fileOf({ a: { dtype: 'U8', data_offsets: [0, 1] } }, new Uint8Array(1)),
    'a negative size': fileOf({ a: { dtype: 'U8', shape: [-1], data_offsets: [0, 1] } }, new Uint8Array(1)),
    'a broken size': fileOf({ a: { dtype: 'U8', shape: [0.5, 2], data_offsets: [0, 1] } }, new Uint8Array(1)),
    'a size as text': fileOf({ a: { dtype: 'U8', shape: ['1'], data_offsets: [0, 1] } }, new Uint8Array(1)),
    'sizes whose product overflows': fileOf({
      a: { dtype: 'F64', shape: [2 ** 52, 2 ** 52, 2 ** 52], data_offsets: [0, 8] },
    }),
    'a shape larger than its bytes': fileOf(
      { a: { dtype: 'F32', shape: [2], data_offsets: [0, 4] } },
      new Uint8Array(4),
    ),
    'an offset beyond the file': fileOf({ a: { dtype: 'U8', shape: [9], data_offsets: [0, 9] } }, new Uint8Array(8)),
    'offsets that go backwards': fileOf({ a: { dtype: 'U8', shape: [1], data_offsets: [1, 0] } }, new Uint8Array(1)),
    'a negative offset': fileOf({ a: { dtype: 'U8', shape: [2], data_offsets: [-1, 1] } }, new Uint8Array(1)),
    'three offsets': fileOf({ a: { dtype: 'U8', shape: [1], data_offsets: [0, 1, 1] } }, new Uint8Array(1)),
    'arrays that overlap': fileOf(
      {
        a: { dtype: 'U8', shape: [2], data_offsets: [0, 2] },
        b: { dtype: 'U8', shape: [2], data_offsets: [1, 3] },
      },
      new Uint8Array(3),
    ),
    'the same bytes twice': fileOf(
      {
        a: { dtype: 'U8', shape: [2], data_offsets: [0, 2] },
        b: { dtype: 'U8', shape: [2], data_offsets: [0, 2] },
      },
      new Uint8Array(2),
    ),
    'a gap': fileOf({ a: { dtype: 'U8', shape: [1], data_offsets: [1, 2] } }, new Uint8Array(2)),
    'bytes that no array owns': fileOf({ a: { dtype: 'U8', shape: [1], data_offsets: [0, 1] } }, new Uint8Array(2)),
  }

  for (const [name, content] of Object.entries(bad)) {
    test(`${name} is refused with the file's name`, async () => {
      writeFileSync(path, content)
      await expect(readSafetensors(path)).rejects.toMatchObject({ code: 'BAD_DATA', data: { file: path } })
    })
  }

  test('a missing file and a folder are refused the same way', async () => {
    for (const wrong of [path, folder]) {
      await expect(readSafetensors(wrong)).rejects.toMatchObject({ code: 'BAD_DATA', data: { file: wrong } })
    }
  })

  test('a file cut off anywhere is refused', async () => {
    await writeSafetensors(path, everyType)
    const whole = readFileSync(path)
    for (let length = 0; length < whole.length; length++) {
      writeFileSync(path, whole.subarray(0, length))
      await expect(readSafetensors(path), `${length} bytes`).rejects.toMatchObject({ code: 'BAD_DATA' })
    }
  })

  test('a damaged header is refused or still describes arrays that lie in the file', async () => {
    await writeSafetensors(path, everyType)
    const whole = readFileSync(path)
    const headerEnd = 8 + Number(whole.readBigUInt64LE())
    const random = createRandom(7)
    let refused = 0
    for (let round = 0; round < 500; round++) {
      const damaged = Buffer.from(whole)
      for (let flips = 1 + random.integer(3); flips > 0; flips--)
        damaged[random.integer(headerEnd)] = random.integer(256)
      writeFileSync(path, damaged)
      try {
        const found = await readSafetensors(path)
        const bytes = Object.values(found).reduce((sum, { data }) => sum + data.byteLength, 0)
        expect(bytes).toBeLessThanOrEqual(whole.length)
        for (const { shape, data } of Object.values(found)) {
          expect(shape.reduce((product, size) => product * size, 1)).toBe(data.length)
        }
      } catch (error) {
        expect(error).toMatchObject({ code: 'BAD_DATA', data: { file: path } })
        refused++
      }
    }
    expect(refused).toBeGreaterThan(250)
  })
})
