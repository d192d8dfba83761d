import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { compareIds } from '../data/ids'
import { createRandom } from '../models/random'
import { type Database, openMemoryDatabase } from './database'
import { encodeTable } from './encode'
import { createInteractions, type Row } from './testing/interactions'

let database: Database
beforeAll(async () => {
  database = await openMemoryDatabase()
})
afterAll(() => database.close())

const encode = (rows: Row[]) =>
  database.use(async (connection) => encodeTable(connection, await createInteractions(connection, rows), null))

test('rows are in the order of user, time and place; users and items in that of their ids', async () => {
  const encoded = await encode([
    { user: 'u10', item: 'b', rating: 1, timestamp: 50 },
    { user: '9', item: '10', rating: 2, timestamp: 30 },
    { user: 'u10', item: '9', rating: 3, timestamp: 20 },
    { user: '9', item: 'a', rating: 4, timestamp: 10 },
    { user: '9', item: 'b', rating: 5, timestamp: 30 },
    { user: '10', item: '007', rating: 6, timestamp: 5 },
  ])
  expect(encoded.userIds).toEqual(['9', '10', 'u10'])
  expect(encoded.itemIds).toEqual(['9', '10', '007', 'a', 'b'])
  expect([...encoded.users]).toEqual([0, 0, 0, 1, 2, 2])
  expect([...encoded.items]).toEqual([3, 1, 4, 2, 0, 4])
  expect([...encoded.values]).toEqual([4, 2, 5, 6, 3, 1])
  expect(encoded.timestamps && [...encoded.timestamps]).toEqual([10, 30, 30, 5, 20, 50])
  expect(encoded.parts).toBeNull()
})

test('without ratings every value is 1; without times the order is that of the file', async () => {
  const encoded = await encode([
    { user: 'a', item: 'y', part: 2 },
    { user: 'a', item: 'x', part: 0 },
    { user: 'a', item: 'z', part: 1 },
  ])
  expect([...encoded.values]).toEqual([1, 1, 1])
  expect([...encoded.items]).toEqual([1, 0, 2])
  expect(encoded.timestamps).toBeNull()
  expect(encoded.parts && [...encoded.parts]).toEqual([2, 0, 1])
})

test('times that only some files have are no times', async () => {
  const encoded = await encode([
    { user: 'a', item: 'y', rating: 3, timestamp: 20, part: 0 },
    { user: 'a', item: 'x', rating: 4, timestamp: 10, part: 0 },
    { user: 'a', item: 'z', rating: 5, part: 2 },
  ])
  expect(encoded.timestamps).toBeNull()
})

test('more rows than one chunk', async () => {
  const rows = Array.from({ length: 5000 }, (_, at) => ({
    user: String(at % 7),
    item: String(at),
    rating: at,
    timestamp: at,
    part: at % 3,
  }))
  const encoded = await encode(rows)
  const expected = rows.toSorted((a, b) => Number(a.user) - Number(b.user) || a.rating - b.rating)
  expect([...encoded.values]).toEqual(expected.map((row) => row.rating))
  expect([...(encoded.parts ?? [])]).toEqual(expected.map((row) => row.part))
})

test('nothing left is an error that says so', async () => {
  const none = database.use(async (connection) => {
    await connection.run('CREATE TEMP TABLE source AS SELECT 1 AS row WHERE false')
    return encodeTable(connection, 'source', null)
  })
  await expect(none).rejects.toMatchObject({ code: 'BAD_DATA', message: expect.stringMatching(/left no interactions/) })
})

describe('the order of ids in SQL is that of compareIds', () => {
  const characters = [
    '0',
    '1',
    '2',
    '9',
    'a',
    'Z',
    '-',
    '.',
    ' ',
    '_',
    '\n',
    'é',
    'ß',
    '日',
    '\u{1f600}',
    '\uffee',
    "'",
  ]
  test.each([1, 2, 3])('seed %i', async (seed) => {
    const random = createRandom(seed)
    const text = () =>
      Array.from({ length: 1 + random.integer(4) }, () => characters[random.integer(characters.length)]).join('')
    const digits = () => Array.from({ length: 1 + random.integer(25) }, () => String(random.integer(10))).join('')
    const ids = new Set(Array.from({ length: 600 }, (_, at) => (at % 2 === 0 ? text() : digits())))
    const { itemIds } = await encode([...ids].map((id) => ({ user: 'u', item: id })))
    expect(itemIds).toEqual([...ids].sort(compareIds))
  })
})
