import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { pseudonymKeyFile } from './pseudonym-key'

const folder = mkdtempSync(join(tmpdir(), 'topn-test-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

test('a key is made once, for its owner only, and another one after it was destroyed', async () => {
  const path = join(folder, 'pseudonym.key')
  const file = pseudonymKeyFile(path)
  expect(await file.createdAt()).toBe(null)
  const [first, same] = await Promise.all([file.key(), file.key()])
  expect(first).toHaveLength(32)
  expect(same).toEqual(first)
  expect(await pseudonymKeyFile(path).key()).toEqual(first)
  expect(Date.parse((await file.createdAt()) ?? '')).toBeGreaterThan(0)
  if (process.platform !== 'win32') expect(statSync(path).mode & 0o777).toBe(0o600)
  await file.destroy()
  expect(await file.createdAt()).toBe(null)
  expect(await file.key()).not.toEqual(first)
})

test('a damaged key is never replaced in silence', async () => {
  const path = join(folder, 'damaged.key')
  writeFileSync(path, 'too short')
  await expect(pseudonymKeyFile(path).key()).rejects.toMatchObject({ code: 'BAD_DATA', data: { file: path } })
})
