import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterAll, expect, test } from 'vitest'
import { writeTableParquet } from '../store'
import { idsInOrder, readIdMap } from './id-map'

const folder = mkdtempSync(join(tmpdir(), 'topn-ids-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))
const context = { signal: new AbortController().signal, report() {} }

function fileOf(name: string, content: string | Uint8Array): string {
  const path = join(folder, name.replaceAll(/\W+/g, '-'))
  writeFileSync(path, content)
  return path
}
const read = (name: string, content: string | Uint8Array) => readIdMap('item', fileOf(name, content), context)

const counted = { ids: ['007', 'a, b', '9'], rows: [0, 1, 2] }

test.each<[string, string | Uint8Array]>([
  ['a JSON list', '\ufeff["007", "a, b", 9]'],
  ['one a line', '007\na, b\n9\n'],
  ['one a line, packed', gzipSync('007\r\na, b\r\n9')],
  ['a table of ids', 'item_id\n007\n"a, b"\n9\n'],
])('%s: rows count from 0', async (name, content) => {
  expect(await read(name, content)).toEqual(counted)
})

test.each<[string, string]>([
  ['a JSON object', '{"007": 3, "a, b": 1, "b-9": 4}'],
  ['CSV', 'title,item_id,row\nx,007,3\ny,"a, b",1\nz,b-9,4\n'],
  ['TSV', 'idx\ttoken\n3\t007\n1\ta, b\n4\tb-9\n'],
])('%s: with rows', async (name, content) => {
  expect(await read(name, content)).toEqual({ ids: ['007', 'a, b', 'b-9'], rows: [3, 1, 4] })
})

test('Parquet, with and without rows', async () => {
  const path = join(folder, 'ids.parquet')
  const rows = [
    ['007', 3],
    ['x', 1],
  ]
  await writeTableParquet(
    path,
    [
      ['item_id', 'text'],
      ['index', 'whole'],
    ],
    rows,
  )
  expect(await readIdMap('item', path, context)).toEqual({ ids: ['007', 'x'], rows: [3, 1] })
  await expect(readIdMap('user', path, context)).rejects.toThrow('has no column of ids. Name it user_id')
})

test.each([
  ['an id twice', 'a\nb\na\n', 'row 3: a is there already'],
  ['a row twice', '{"a": 1, "b": 1}', 'row 2: row 1 has an id already'],
  ['a row that is none', '{"a": 1, "b": "x"}', 'row 2: the place of b is no whole number'],
  ['an empty row', 'item_id,row\na,0\nb,\n', 'row 2: the place of b is no whole number'],
  ['a negative row', '{"a": -1}', 'is no whole number from 0 on'],
  ['a short line', 'item_id,row\na\n', 'line 2: it has 1 cells where 2 are needed'],
  ['a list of something else', '["a", {}]', 'of something else than texts and whole numbers'],
  ['JSON that breaks off', '["a", ', 'begins as JSON and is none'],
])('%s: refused', async (name, content, message) => {
  await expect(read(name, content)).rejects.toThrow(message)
})

test('rows in order leave none out', () => {
  expect(idsInOrder({ ids: ['a', 'b'], rows: [1, 0] }, 'ids.csv')).toEqual(['b', 'a'])
  expect(() => idsInOrder({ ids: ['a', 'b'], rows: [1, 2] }, 'ids.csv')).toThrow('has 2 ids and names row 2')
})
