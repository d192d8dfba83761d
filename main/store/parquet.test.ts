import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { openMemoryDatabase } from './database'
import { writeListsParquet } from './index'
import { testFolder } from './testing/folder'
import { read } from './testing/read'

const { folder } = testFolder()

/** Columns with their types, and rows in file order. */
async function readParquet(path: string) {
  const database = await openMemoryDatabase()
  try {
    return await database.use(async (connection) => {
      const reader = await connection.runAndReadAll(`SELECT * FROM read_parquet('${path}')`)
      return { names: reader.columnNames(), types: reader.columnTypes().map(String), rows: reader.getRows() }
    })
  } finally {
    database.close()
  }
}

test('lists are rows of user, item, score and rank, ids as text', async () => {
  const path = join(folder, 'lists.parquet')
  const lists = {
    k: 2,
    users: Uint32Array.of(1, 0),
    items: Uint32Array.of(2, 0, 1, 0xffffffff),
    scores: Float32Array.of(0.5, 0.25, 3, Number.NaN),
  }
  await writeListsParquet(path, { userIds: ['007', "o'u"], itemIds: ['9223372036854775808', 'b', 'c'], lists })
  expect(await readParquet(path)).toEqual({
    names: ['user_id', 'item_id', 'score', 'rank'],
    types: ['VARCHAR', 'VARCHAR', 'FLOAT', 'INTEGER'],
    rows: [
      ['007', 'b', 3, 1],
      ["o'u", 'c', 0.5, 1],
      ["o'u", '9223372036854775808', 0.25, 2],
    ],
  })
  expect(readdirSync(folder)).toEqual(['lists.parquet'])
})

test('what was written can be opened as interactions', async () => {
  const found = await read({ interactions: join(folder, 'lists.parquet') })
  expect(found.rows).toEqual([
    ['007', 'b', 3, null],
    ["o'u", 'c', 0.5, null],
    ["o'u", '9223372036854775808', 0.25, null],
  ])
})

test('Parquet of other types: numbers, missing cells, times', async () => {
  const path = join(folder, 'typed.parquet')
  const database = await openMemoryDatabase()
  await database.use((connection) =>
    connection.run(
      `COPY (SELECT * FROM (VALUES (18446744073709551615::UBIGINT, 1, 4.5::DECIMAL(3, 1), TIMESTAMP '2020-01-02 03:04:05'),
         (2, NULL, 3, NULL), (3, 3, 'NaN'::DOUBLE, TIMESTAMP '2020-01-02')) AS t(user_id, item_id, rating, timestamp))
       TO '${path}' (FORMAT parquet)`,
    ),
  )
  database.close()
  const { rows, rejects, counts } = await read({ interactions: path })
  expect(rows).toEqual([['18446744073709551615', '1', 4.5, Date.UTC(2020, 0, 2, 3, 4, 5) / 1000]])
  expect(rejects.map(({ line }) => line)).toEqual([2, 3])
  expect(counts).toMatchObject({ lines: 3, skipped: 0, kept: 1, rejected: 2 })
})

test('a folder that is not there fails and leaves nothing', async () => {
  const lists = { k: 1, users: Uint32Array.of(0), items: Uint32Array.of(0), scores: Float32Array.of(1) }
  const names = { userIds: ['u'], itemIds: ['i'], lists }
  await expect(writeListsParquet(join(folder, 'none', 'lists.parquet'), names)).rejects.toThrow()
  expect(readdirSync(folder)).toEqual(['lists.parquet', 'typed.parquet'])
})
