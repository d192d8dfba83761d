import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { readCandidates } from './candidates'

let folder: string
let path: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'topn-candidates-'))
  path = join(folder, 'test.negative')
})
afterEach(() => rmSync(folder, { recursive: true }))

const ids = { userIds: ['7', 'ann'], itemIds: ['10', '20', '30', 'a,b'] }

async function rowsIn(text: string) {
  writeFileSync(path, text)
  const { users, offsets, items } = await readCandidates(path, ids)
  return Array.from(users, (user, row) => [user, ...items.subarray(offsets[row], offsets[row + 1])])
}

test('reads a case a line: the item first, then its negatives', async () => {
  expect(await rowsIn('(7,20)\t10\t30\n(ann,10)\t20\n')).toEqual([
    [0, 1, 0, 2],
    [1, 0, 1],
  ])
})

test('each item of a case once, though the case’s own item be among its negatives', async () => {
  expect(await rowsIn('(7,20)\t10\t20\t10\n')).toEqual([[0, 1, 0]])
})

test('a user may have several cases', async () => {
  expect(await rowsIn('(7,20)\t10\n(7,30)\t10\n')).toEqual([
    [0, 1, 0],
    [0, 2, 0],
  ])
})

test('items that the data lacks are left out', async () => {
  expect(await rowsIn('(7,99)\t10\t98\n')).toEqual([[0, 0]])
})

test('line ends, a byte order mark, blank lines, a trailing tab and a comma in the item', async () => {
  expect(await rowsIn('\ufeff(7,20)\t10\t\r\n\r\n  \n(ann,a,b)\t30')).toEqual([
    [0, 1, 0],
    [1, 3, 2],
  ])
  expect(await rowsIn('')).toEqual([])
})

test('a wrong line is refused by file and number', async () => {
  const refusals: [string, number, string][] = [
    ['(7,20)\t10\n7\t20\t10\n', 2, 'does not start with (user,item)'],
    ['\n(7,20) 10\n', 2, 'does not start with (user,item)'],
    ['(7)\t10\n', 1, 'does not start with (user,item)'],
    ['(7,20)\t10\n(ann,20)\t10\n(bob,20)\t10\n', 3, 'the data has no user bob'],
  ]
  for (const [text, line, reason] of refusals) {
    await expect(rowsIn(text)).rejects.toMatchObject({
      code: 'BAD_DATA',
      data: { file: path, line },
      message: expect.stringContaining(reason),
    })
  }
})

test('a file that cannot be read is refused by its name', async () => {
  for (const wrong of [path, folder]) {
    await expect(readCandidates(wrong, ids)).rejects.toMatchObject({ code: 'BAD_DATA', data: { file: wrong } })
  }
})
