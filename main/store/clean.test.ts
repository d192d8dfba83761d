import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { CleanStep } from '../contract/experiment'
import { createRandom } from '../models/random'
import { clean } from './clean'
import { type Database, openMemoryDatabase } from './database'
import { createInteractions, type Row } from './testing/interactions'
import { quiet } from './testing/read'

let database: Database
beforeAll(async () => {
  database = await openMemoryDatabase()
})
afterAll(() => database.close())

/** The numbers of the rows that a recipe leaves, with the counts after each step. */
async function cleaned(rows: Row[], recipe: CleanStep[]) {
  return database.use(async (connection) => {
    const source = await createInteractions(connection, rows)
    const { table, steps, sql } = await clean(connection, source, recipe, quiet().signal)
    const left = (await connection.runAndReadAll(`SELECT row FROM ${table} ORDER BY row`)).getRows()
    return { left: left.map(([row]) => Number(row)), steps, sql }
  })
}

test('a rating filter on data without ratings is refused, not applied', async () => {
  const rows = [{ user: 'a', item: 'x' }] as Row[]
  const refused = cleaned(rows, [{ step: 'rating-filter', min: 4 }])
  await expect(refused).rejects.toMatchObject({ code: 'BAD_REQUEST', data: { field: 'clean' } })
})

describe('duplicates', () => {
  const rows: Row[] = [
    { user: 'a', item: 'x', rating: 1, timestamp: 20 },
    { user: 'a', item: 'x', rating: 2, timestamp: 10 },
    { user: 'a', item: 'x', rating: 3, timestamp: 20 },
    { user: 'a', item: 'y', rating: 4, timestamp: 10 },
    { user: 'b', item: 'x', rating: 5, timestamp: 10 },
  ]
  test('keep the last by time, then by place', async () => {
    expect((await cleaned(rows, [{ step: 'duplicates', keep: 'last' }])).left).toEqual([2, 3, 4])
  })
  test('keep the first by time, then by place', async () => {
    expect((await cleaned(rows, [{ step: 'duplicates', keep: 'first' }])).left).toEqual([1, 3, 4])
  })
  test('go by place alone where there are no times', async () => {
    const timeless = rows.map(({ user, item, rating }) => ({ user, item, rating }) as Row)
    expect((await cleaned(timeless, [{ step: 'duplicates', keep: 'first' }])).left).toEqual([0, 3, 4])
    expect((await cleaned(timeless, [{ step: 'duplicates', keep: 'last' }])).left).toEqual([2, 3, 4])
  })
})

describe('rating filter', () => {
  const rows: Row[] = [
    ...[1, 2, 3, 4, 5].map((rating) => ({ user: 'a', item: `i${rating}`, rating })),
    { user: 'a', item: 'none' },
  ]
  test.each<[{ min?: number; max?: number }, number[]]>([
    [{ min: 4 }, [3, 4]],
    [{ max: 2 }, [0, 1]],
    [{ min: 2, max: 3 }, [1, 2]],
    [{}, [0, 1, 2, 3, 4, 5]],
  ])('%o keeps both bounds, and no row without a rating', async (bounds, left) => {
    expect((await cleaned(rows, [{ step: 'rating-filter', ...bounds }])).left).toEqual(left)
  })
})

describe('k-core', () => {
  test('goes on until it is stable: a chain falls from its end', async () => {
    const rows: Row[] = [
      { user: 'a', item: 'x', rating: 1 },
      { user: 'a', item: 'y', rating: 1 },
      { user: 'b', item: 'x', rating: 1 },
      { user: 'b', item: 'y', rating: 1 },
      { user: 'c', item: 'y', rating: 1 },
      { user: 'c', item: 'z', rating: 1 },
      { user: 'd', item: 'z', rating: 1 },
    ]
    expect((await cleaned(rows, [{ step: 'k-core', user: 2, item: 2 }])).left).toEqual([0, 1, 2, 3])
  })

  test.each([1, 2, 3, 4, 5])('equals the textbook algorithm on random data, seed %i', async (seed) => {
    const random = createRandom(seed)
    const rows = Array.from({ length: 400 }, () => ({ user: `u${random.integer(60)}`, item: `i${random.integer(90)}` }))
    const [user, item] = [2 + random.integer(5), 2 + random.integer(5)]
    expect((await cleaned(rows, [{ step: 'k-core', user, item }])).left).toEqual(naiveCore(rows, user, item))
  })
})

/** Takes one row of a user or item with too few away at a time; the core does not depend on the order. */
function naiveCore(rows: Row[], user: number, item: number): number[] {
  let left = rows.map((_, at) => at)
  for (;;) {
    const tooFew = left.find(
      (at) =>
        left.filter((other) => rows[other].user === rows[at].user).length < user ||
        left.filter((other) => rows[other].item === rows[at].item).length < item,
    )
    if (tooFew === undefined) return left
    left = left.filter((at) => at !== tooFew)
  }
}

test('steps run in the order of the recipe and are counted one by one', async () => {
  const rows: Row[] = [
    { user: 'a', item: 'x', rating: 5, timestamp: 1 },
    { user: 'a', item: 'x', rating: 1, timestamp: 2 },
    { user: 'a', item: 'y', rating: 5, timestamp: 3 },
    { user: 'b', item: 'y', rating: 5, timestamp: 4 },
  ]
  const filter: CleanStep = { step: 'rating-filter', min: 4 }
  const duplicates: CleanStep = { step: 'duplicates', keep: 'last' }
  const filteredFirst = await cleaned(rows, [filter, duplicates])
  expect(filteredFirst.left).toEqual([0, 2, 3])
  const filteredLast = await cleaned(rows, [duplicates, filter])
  expect(filteredLast.left).toEqual([2, 3])
  expect(filteredLast.steps).toEqual([
    { step: duplicates, after: { interactions: 3, users: 2, items: 2 } },
    { step: filter, after: { interactions: 2, users: 2, items: 1 } },
  ])
  expect(filteredLast.sql.length).toBe(3)
})
