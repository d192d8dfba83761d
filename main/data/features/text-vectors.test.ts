import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { writeTinyEncoder } from './testing/encoder'
import { textVectors } from './text-vectors'

let parent: string
let folder: string
beforeEach(() => {
  parent = mkdtempSync(join(tmpdir(), 'topn-encoder-'))
  folder = join(parent, 'encoder')
  writeTinyEncoder(folder)
})
afterEach(() => rmSync(parent, { recursive: true }))

function encode(texts: string[], options: { signal?: AbortSignal; report?: (fraction: number) => void } = {}) {
  const { signal = new AbortController().signal, report = () => {} } = options
  return textVectors({ folder, texts, cache: join(parent, 'vectors'), signal, report })
}

test('a text is the mean of its words, of length 1; other texts of the batch do not matter', async () => {
  const [both, one, none, unknown] = await encode(['Toy Story', 'toy', ' ', 'zzz zzz toy'])
  // (0, 1) + (3, 4) = (3, 5); twice (1, 0) and once (0, 1).
  expect(both?.[0]).toBeCloseTo(3 / Math.sqrt(34), 6)
  expect(both?.[1]).toBeCloseTo(5 / Math.sqrt(34), 6)
  expect([...(one ?? [])]).toEqual([0, 1])
  expect(none).toBeNull()
  expect(unknown?.[0]).toBeCloseTo(2 / Math.sqrt(5), 6)
})

test('what was encoded before is not encoded again', async () => {
  const first = await encode(['toy', 'story'])
  const reports: number[] = []
  const again = await encode(['story', 'toy', 'story'], { report: (fraction) => reports.push(fraction) })
  expect(reports).toEqual([])
  expect(again).toEqual([first[1], first[0], first[1]])
  const more = await encode(['toy', 'toy story'], { report: (fraction) => reports.push(fraction) })
  expect(reports).toEqual([1])
  expect(more[0]).toEqual(first[0])
  expect(readdirSync(join(parent, 'vectors'))).toHaveLength(1)
})

test('a cancel is heard', async () => {
  const reason = new Error('cancelled')
  await expect(encode(['toy'], { signal: AbortSignal.abort(reason) })).rejects.toBe(reason)
})

test('a folder without an encoder, or with a damaged one, is refused with what to do', async () => {
  writeFileSync(join(folder, 'model.onnx'), 'no model')
  await expect(encode(['toy'])).rejects.toMatchObject({
    code: 'BAD_DATA',
    message: expect.stringContaining('must take token ids and give a vector for each token'),
  })
  rmSync(join(folder, 'model.onnx'))
  await expect(encode(['toy'])).rejects.toMatchObject({
    code: 'BAD_REQUEST',
    message: `${folder} holds no encoder: it needs model.onnx and tokenizer.json. Choose another folder.`,
  })
})
