import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { EncodedInteractions, PreparedData } from './prepared'
import { preparedExists, readEncoded, readPrepared, writeEncoded, writePrepared } from './prepared-files'
import { encodedOf, interactionsOf, preparedOf } from './testing/interactions'

let parent: string
let folder: string
beforeEach(() => {
  parent = mkdtempSync(join(tmpdir(), 'topn-prepared-'))
  folder = join(parent, 'hash')
})
afterEach(() => rmSync(parent, { recursive: true }))

const nastyTexts = [
  '',
  'plain',
  'line\nbreak\r\n',
  'nul\0inside',
  '\ufeffbyte order mark',
  '👩‍👩‍👧‍👦 🏴󠁧󠁢󠁳󠁣󠁴󠁿',
  'e\u0301 é',
  '推荐系统',
  '__proto__',
  '"quoted", \\ and \t tab',
  'x'.repeat(100_000),
]

const everything: PreparedData = {
  hash: 'a1b2',
  userIds: nastyTexts,
  itemIds: [...nastyTexts].reverse(),
  titles: nastyTexts.map((text) => `${text}!`),
  train: {
    ...interactionsOf(
      nastyTexts.map((_, at) => [at, 0]),
      nastyTexts.length,
    ),
    timestamps: Float64Array.from({ length: 22 }, (_, at) => at / 3),
    values: Float32Array.from({ length: 22 }, (_, at) => at / 2),
  },
  foldIn: interactionsOf(
    nastyTexts.map((_, at) => (at === 5 ? [1] : [])),
    nastyTexts.length,
  ),
  validation: interactionsOf(
    nastyTexts.map(() => []),
    nastyTexts.length,
  ),
  test: interactionsOf(
    nastyTexts.map((_, at) => (at === 3 ? [2, 2] : [])),
    nastyTexts.length,
  ),
  candidates: { users: Uint32Array.of(3), offsets: Uint32Array.of(0, 2), items: Uint32Array.of(2, 5) },
}

describe('prepared data', () => {
  test('comes back as it was: any text, empty parts, times, candidates', async () => {
    await writePrepared(folder, everything)
    expect(await readPrepared(folder)).toEqual(everything)
  })

  test('comes back as it was without what is optional', async () => {
    const plain = preparedOf({ train: [[0], []], test: [[], [0]] }, 1)
    await writePrepared(folder, plain)
    expect(await readPrepared(folder)).toEqual(plain)
  })

  test('no users and no items are still data', async () => {
    const empty = { ...preparedOf({ train: [], test: [] }, 0), titles: [] }
    await writePrepared(folder, empty)
    expect(await readPrepared(folder)).toEqual(empty)
  })

  test('a half of a surrogate pair becomes the replacement character', async () => {
    await writePrepared(folder, { ...preparedOf({ train: [[]], test: [[]] }, 0), userIds: ['\ud83d'] })
    expect((await readPrepared(folder)).userIds).toEqual(['\ufffd'])
  })

  test('without a manifest there is none', async () => {
    expect(await preparedExists(folder)).toBe(false)
    await writePrepared(folder, everything)
    expect(await preparedExists(folder)).toBe(true)
    rmSync(join(folder, 'manifest.json'))
    expect(await preparedExists(folder)).toBe(false)
    await expect(readPrepared(folder)).rejects.toMatchObject({ code: 'BAD_DATA', data: { file: folder } })
  })

  test('writing again replaces all of an older, half-written folder', async () => {
    await writePrepared(folder, everything)
    writeFileSync(join(folder, 'left-over'), '')
    const plain = preparedOf({ train: [[0]], test: [[]] }, 1)
    await writePrepared(folder, plain)
    expect(readdirSync(folder).sort()).toEqual(['data.safetensors', 'manifest.json'])
    expect(await readPrepared(folder)).toEqual(plain)
  })

  test('the same data gives the same bytes', async () => {
    await writePrepared(folder, everything)
    await writePrepared(join(parent, 'again'), everything)
    for (const name of readdirSync(folder)) {
      expect(readFileSync(join(folder, name)).equals(readFileSync(join(parent, 'again', name)))).toBe(true)
    }
  })

  const damages: Record<string, () => void> = {
    'the data is gone': () => rmSync(join(folder, 'data.safetensors')),
    'the data is cut off': () => truncateSync(join(folder, 'data.safetensors'), 100),
    'a byte of the data differs': () => {
      const path = join(folder, 'data.safetensors')
      const bytes = readFileSync(path)
      bytes[bytes.length - 1] ^= 1
      writeFileSync(path, bytes)
    },
    'the manifest is no JSON': () => writeFileSync(join(folder, 'manifest.json'), '{'),
    'the manifest is null': () => writeFileSync(join(folder, 'manifest.json'), 'null'),
    'the manifest is of another version': () => {
      const path = join(folder, 'manifest.json')
      writeFileSync(path, JSON.stringify({ ...JSON.parse(readFileSync(path, 'utf8')), format: 999 }))
    },
  }
  for (const [name, damage] of Object.entries(damages)) {
    test(`is refused where ${name}`, async () => {
      await writePrepared(folder, everything)
      damage()
      await expect(readPrepared(folder)).rejects.toMatchObject({ code: 'BAD_DATA', data: { file: folder } })
    })
  }
})

describe('encoded interactions', () => {
  const encoded = encodedOf(
    [
      [
        [1, 10],
        [0, 5],
      ],
      [[1, 7]],
    ],
    2,
  )

  test('come back as they were', async () => {
    const full: EncodedInteractions = { ...encoded, titles: ['a', ''], parts: Uint8Array.of(0, 1, 2) }
    await writeEncoded(folder, full)
    expect(await readEncoded(folder)).toEqual(full)
  })

  test('come back without what is optional', async () => {
    const plain: EncodedInteractions = { ...encoded, timestamps: null }
    await writeEncoded(folder, plain)
    expect(await readEncoded(folder)).toEqual(plain)
    expect(existsSync(join(folder, 'manifest.json'))).toBe(false)
  })
})
