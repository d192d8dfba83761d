import { afterAll, beforeAll } from 'vitest'
import type { CleanStep } from '../../../contract/clean'
import { type Database, openMemoryDatabase } from '../../database'
import { countRows, createInteractions, type Row } from '../../testing/interactions'
import { contentHash } from '../content-hash'
import { clean } from '../index'
import type { AttributeTable } from '../step'

interface Left {
  row: number
  rating: number | null
  timestamp: number | null
}

type Attributes = { users?: AttributeTable; items?: AttributeTable }

/** A function that answers the rows which a recipe leaves, with the counts after each step; the data of one test file. */
export function recipeRunner() {
  let database: Database
  beforeAll(async () => {
    database = await openMemoryDatabase()
  })
  afterAll(() => database.close())

  return (rows: Row[], recipe: CleanStep[], { users, items }: Attributes = {}) =>
    database.use(async (connection) => {
      const interactions = await createInteractions(connection, rows)
      await connection.run(`CREATE TEMP TABLE films (item VARCHAR, a0 VARCHAR, a1 VARCHAR, a2 VARCHAR, a3 VARCHAR)`)
      await connection.run(
        `INSERT INTO films VALUES ('x', 'Drama| War', '1995', '2001-02-03', '["long", "sad|slow"]'),
           ('y', 'Comedy', '2005.5', NULL, '[]'), ('z', NULL, 'NaN', NULL, NULL)`,
      )
      const source = { interactions, counts: countRows(rows), users: users ?? null, items: items ?? null }
      const { stage, steps } = await clean(connection, source, recipe, new AbortController().signal)
      const sql = `SELECT row, rating, timestamp FROM ${stage.table} ORDER BY row`
      const left = (await connection.runAndReadAll(sql)).getRowObjects() as unknown as Left[]
      const hash = await contentHash(connection, stage.table)
      return { left, rows: left.map(({ row }) => Number(row)), ratings: left.map(({ rating }) => rating), steps, hash }
    })
}

/** What is known of three films. */
export const films: AttributeTable = {
  table: 'films',
  attributes: [
    { name: 'genres', type: 'multi-valued', separator: '|', column: 'a0' },
    { name: 'year', type: 'number', separator: null, column: 'a1' },
    { name: 'seen', type: 'date', separator: null, column: 'a2' },
    { name: 'tags', type: 'multi-valued', separator: null, column: 'a3' },
  ],
}

/** One row a value, of one user, items in order. */
export const rated = (...ratings: (number | undefined)[]): Row[] =>
  ratings.map((rating, at) => ({ user: 'a', item: `i${at}`, ...(rating !== undefined && { rating }) }))
export const timed = (user: string, ...times: number[]): Row[] =>
  times.map((timestamp, at) => ({ user, item: `${user}${at}`, timestamp }))
