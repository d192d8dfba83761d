import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterAll, expect, test } from 'vitest'
import { compressionOf, unpackFile } from './compression'

const folder = mkdtempSync(join(tmpdir(), 'topn-test-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))
const [from, to] = ['from.gz', 'to.csv'].map((name) => join(folder, name))
const quiet = { report() {}, signal: new AbortController().signal }

test('a file is known by its first bytes', () => {
  expect(compressionOf(gzipSync('x'))).toBe('gzip')
  expect(compressionOf(Buffer.from('28b52ffd00', 'hex'))).toBe('zstd')
  expect(compressionOf(Buffer.from('user,item'))).toBeNull()
})

test('its content, and the share of it that has been read', async () => {
  const text = Array.from({ length: 200_000 }, (_, at) => `${at},${(at * 7919) % 1000}\n`).join('')
  writeFileSync(from, gzipSync(text))
  const seen: number[] = []
  const { bytes } = await unpackFile(from, 'gzip', to, { ...quiet, report: (fraction) => seen.push(fraction) })
  expect(readFileSync(to, 'utf8')).toBe(text)
  expect(bytes).toBe(statSync(from).size)
  expect(seen.at(-1)).toBe(1)
  expect(seen).toEqual(seen.toSorted((a, b) => a - b))
})

test('a bomb ends before the disk is full', async () => {
  writeFileSync(from, gzipSync(Buffer.alloc(20 * 2 ** 20)))
  const room = 2 ** 20
  await expect(unpackFile(from, 'gzip', to, quiet, room)).rejects.toMatchObject({
    code: 'BAD_DATA',
    message: expect.stringMatching(/from.gz holds more than the 0.0 GiB that the disk has room for. Make room/),
    data: { file: from },
  })
  expect(statSync(to).size).toBeLessThanOrEqual(room)
})

test('an end of the work ends the reading', async () => {
  writeFileSync(from, gzipSync(Buffer.alloc(20 * 2 ** 20)))
  const controller = new AbortController()
  const report = () => controller.abort()
  await expect(unpackFile(from, 'gzip', to, { report, signal: controller.signal })).rejects.toThrow(/aborted/)
})
