import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import * as fs from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { type FileSystem, writeFileAtomic } from './atomic'

let folder: string
let path: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'topn-atomic-'))
  path = join(folder, 'value')
})
afterEach(() => rmSync(folder, { recursive: true }))

const bytes = (text: string) => new TextEncoder().encode(text)
const oldContent = 'old content'
const newContent = ['new ', 'and ', 'longer ', 'content']

/**
 * A file system whose n-th call does not happen. `crash`: neither does any later one, as after a kill. Otherwise the
 * program goes on, as after an error of the disk.
 */
function failingAt(n: number, crash: boolean): FileSystem & { calls: string[] } {
  const calls: string[] = []
  const step = (name: string) => {
    calls.push(name)
    const fails = crash ? calls.length >= n : calls.length === n
    if (fails) throw new Error(`${name} failed`)
  }
  return {
    calls,
    async open(...parameters: Parameters<typeof fs.open>) {
      step(`open ${parameters[1]}`)
      const file = await fs.open(...parameters)
      const guarded = {
        async write(chunk: Uint8Array, at: number, length: number) {
          step('write')
          // Half of what was asked for, as an operating system may do.
          return file.write(chunk, at, Math.ceil(length / 2))
        },
        async sync() {
          step('sync')
          await file.sync()
        },
        // A dead process closes nothing, but its handles go with it.
        async close() {
          await file.close()
          step('close')
        },
      }
      return guarded as unknown as fs.FileHandle
    },
    async rename(...parameters: Parameters<typeof fs.rename>) {
      step('rename')
      await fs.rename(...parameters)
    },
    async rm(...parameters: Parameters<typeof fs.rm>) {
      step('rm')
      await fs.rm(...parameters)
    },
  }
}

for (const crash of [true, false]) {
  test(`${crash ? 'a crash' : 'an error'} at any step leaves the old content or the new`, async () => {
    const outcomes: string[] = []
    for (let n = 1; ; n++) {
      writeFileSync(path, oldContent)
      const fileSystem = failingAt(n, crash)
      const failed = await writeFileAtomic(path, newContent.map(bytes), fileSystem).then(
        () => false,
        () => true,
      )
      const content = readFileSync(path, 'utf8')
      expect([oldContent, newContent.join('')]).toContain(content)
      outcomes.push(content)
      if (!crash) expect(readdirSync(folder)).toEqual(['value'])
      if (!failed) break
      // Only what comes after the rename may fail with the new content in place.
      expect(content === oldContent).toBe(
        fileSystem.calls.indexOf('rename') === -1 || fileSystem.calls[n - 1] === 'rename',
      )
    }
    expect(outcomes[0]).toBe(oldContent)
    expect(outcomes.at(-1)).toBe(newContent.join(''))
    expect(outcomes.length).toBeGreaterThan(8)
  })
}

test('the content is on disk before the name, and the name before the promise settles', async () => {
  const fileSystem = failingAt(Number.POSITIVE_INFINITY, true)
  await writeFileAtomic(path, bytes('x'), fileSystem)
  const calls = [
    'open wx',
    'write',
    'sync',
    'close',
    'rename',
    ...(process.platform === 'win32' ? [] : ['open r', 'sync', 'close']),
  ]
  expect(fileSystem.calls).toEqual(calls)
})

test('writes what an async source yields, also nothing', async () => {
  async function* chunks() {
    for (const chunk of newContent) yield bytes(chunk)
  }
  await writeFileAtomic(path, chunks())
  expect(readFileSync(path, 'utf8')).toBe(newContent.join(''))
  await writeFileAtomic(path, [])
  expect(readFileSync(path, 'utf8')).toBe('')
})

test('a source that fails leaves the old content and no temporary file', async () => {
  writeFileSync(path, oldContent)
  async function* chunks() {
    yield bytes('new')
    throw new Error('the source failed')
  }
  await expect(writeFileAtomic(path, chunks())).rejects.toThrow('the source failed')
  expect(readFileSync(path, 'utf8')).toBe(oldContent)
  expect(readdirSync(folder)).toEqual(['value'])
})

test('several writers at once end with the whole content of one', async () => {
  const contents = Array.from({ length: 8 }, (_, writer) => String(writer).repeat(100_000))
  await Promise.all(contents.map((content) => writeFileAtomic(path, bytes(content))))
  expect(contents).toContain(readFileSync(path, 'utf8'))
  expect(readdirSync(folder)).toEqual(['value'])
})

test('a chunk of more than 2 GiB goes out in pieces that Node accepts', async () => {
  const lengths: number[] = []
  const file = {
    write: async (_chunk: Uint8Array, _at: number, length: number) => {
      lengths.push(length)
      return { bytesWritten: length }
    },
    sync: async () => {},
    close: async () => {},
  }
  const fileSystem = { open: async () => file, rename: async () => {}, rm: async () => {} } as unknown as FileSystem
  const size = 2 ** 31 + 5
  await writeFileAtomic(path, new Uint8Array(size), fileSystem)
  expect(Math.max(...lengths)).toBeLessThan(2 ** 31)
  expect(lengths.reduce((sum, length) => sum + length, 0)).toBe(size)
})
