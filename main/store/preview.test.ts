import { join } from 'node:path'
import { expect, test } from 'vitest'
import { writeListsParquet } from './parquet'
import { previewFile } from './preview'
import { testFolder } from './testing/folder'

const { folder, put } = testFolder()

test('a file with a header: lines as they stand, cells, and proposed roles', async () => {
  const text = 'userId,movieId,rating\n1,"a ""b""",5\n2,,\n'
  const path = put('ratings.csv', text)
  expect(await previewFile(path)).toEqual({
    path,
    bytes: text.length,
    format: { kind: 'delimited', delimiter: ',', header: true, encoding: 'utf-8', quote: '"' },
    rawLines: ['userId,movieId,rating', '1,"a ""b""",5', '2,,', ''],
    header: ['userId', 'movieId', 'rating'],
    rows: [
      ['1', 'a "b"', '5'],
      ['2', '', ''],
    ],
    columns: { user: 'userId', item: 'movieId', rating: 'rating' },
    question: null,
    time: null,
    sheets: [],
  })
})

test('a file without: positions', async () => {
  const preview = await previewFile(put('u.data', '1\t2\t5\t978300760\n3\t4\t1\t978300761\n'))
  expect(preview).toMatchObject({
    header: ['0', '1', '2', '3'],
    columns: { user: 0, item: 1, rating: 2, timestamp: 3 },
  })
  expect(preview.rows.length).toBe(2)
})

test('at most fifty rows', async () => {
  const lines = Array.from({ length: 90 }, (_, at) => `${at},1\n`).join('')
  expect((await previewFile(put('long.csv', `user,item\n${lines}`))).rows.length).toBe(50)
  expect((await previewFile(put('long.csv', lines))).rows.length).toBe(50)
})

test('another format than the proposed one', async () => {
  const path = put('odd.csv', Buffer.from('Benützer;Item\n1;2\n', 'latin1'))
  const format = { kind: 'delimited', delimiter: ';', header: true, encoding: 'latin-1', quote: '' } as const
  const preview = await previewFile(path, format)
  expect(preview).toMatchObject({ format, header: ['Benützer', 'Item'], rows: [['1', '2']], columns: { item: 'Item' } })
  expect(preview.question).toMatch(/"Benützer".* the user/)
})

test('sequences and Parquet', async () => {
  const sequences = await previewFile(put('s.txt', 'a 1 2\nb 3\n'))
  expect(sequences).toMatchObject({
    format: { kind: 'sequences' },
    columns: { user: 'user', item: 'item' },
    question: null,
  })
  expect(sequences.rows).toEqual([
    ['a', '1', '1'],
    ['a', '2', '2'],
    ['b', '3', '1'],
  ])
  const path = join(folder, 'lists.parquet')
  const lists = { k: 1, users: Uint32Array.of(0), items: Uint32Array.of(0), scores: Float32Array.of(0.5) }
  await writeListsParquet(path, { userIds: ['u'], itemIds: ['i'], lists })
  expect(await previewFile(path)).toMatchObject({
    format: { kind: 'parquet' },
    rawLines: [],
    header: ['user_id', 'item_id', 'score', 'rank'],
    rows: [['u', 'i', '0.5', '1']],
    columns: { user: 'user_id', item: 'item_id', rating: 'score' },
  })
})
