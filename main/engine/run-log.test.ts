import { appendFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { createRunLog } from './run-log'
import { workspaceFolders } from './workspace'

const folder = mkdtempSync(join(tmpdir(), 'topn-test-'))
afterAll(() => rmSync(folder, { recursive: true }))
const folders = workspaceFolders(folder)
const quiet = { info() {}, error() {} }

test('a log keeps the order of its lines, each run its own, and any text', async () => {
  const log = createRunLog(folders, quiet)
  expect(await log.read('a')).toEqual([])
  const texts = Array.from({ length: 50 }, (_, at) => `line ${at}\n"\u2028{}`)
  for (const text of texts) void log.append('a', text)
  void log.append('b', 'other')
  expect((await log.read('a')).map(({ text }) => text)).toEqual(texts)
  expect(await createRunLog(folders, quiet).read('b')).toMatchObject([{ text: 'other' }])
  for (const { time } of await log.read('a')) expect(new Date(time).toISOString()).toBe(time)
})

test('half a line that a crash left is no line, and spoils no other', async () => {
  await createRunLog(folders, quiet).append('c', 'before')
  appendFileSync(folders.runLog('c'), '\n{"time":"2026-')
  const log = createRunLog(folders, quiet)
  await log.append('c', 'after')
  expect((await log.read('c')).map(({ text }) => text)).toEqual(['before', 'after'])
})

test('a log that cannot be written is told, and stops nothing', async () => {
  const file = join(folder, 'file')
  writeFileSync(file, '')
  const errors: string[] = []
  const log = createRunLog(workspaceFolders(file), { info() {}, error: (message) => void errors.push(message) })
  await log.append('d', 'lost')
  expect(errors).toEqual(['the log of run d was not written'])
})
