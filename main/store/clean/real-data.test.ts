import { existsSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { CleanStep } from '../../contract/clean'
import { type Database, openMemoryDatabase } from '../database'
import { countRows, createInteractions, type Row } from '../testing/interactions'
import { contentHash } from './content-hash'
import { clean } from './index'
import type { AttributeTable } from './step'
import { applyPlain, countPlain, hashPlain, type PlainAttributes, type PlainRow } from './testing/plain'

const data = process.env.TOPN_DATA ?? resolve(import.meta.dirname, '../../../../shared/data')

let database: Database
beforeAll(async () => {
  database = await openMemoryDatabase()
})
afterAll(() => database.close())

/** Sizes after each step and the last content, by the store. */
function bySql(rows: Row[], recipe: CleanStep[], genres: Map<string, string[]>) {
  return database.use(async (connection) => {
    const interactions = await createInteractions(connection, rows)
    await connection.run('CREATE TEMP TABLE films (item VARCHAR, a0 VARCHAR)')
    const lines = [...genres].map(([item, values]) => `('${item}', '${values.join('|')}')`)
    if (lines.length > 0) await connection.run(`INSERT INTO films VALUES ${lines.join(', ')}`)
    const attribute = { name: 'genres', type: 'multi-valued', separator: '|', column: 'a0' } as const
    const items: AttributeTable = { table: 'films', attributes: [attribute] }
    const source = { interactions, counts: countRows(rows), users: null, items }
    const { steps, stage } = await clean(connection, source, recipe, new AbortController().signal)
    return { counts: steps.map(({ after }) => after), hash: await contentHash(connection, stage.table) }
  })
}

/** The same by plain loops. */
function byHand(rows: Row[], recipe: CleanStep[], genres: Map<string, string[]>) {
  const attributes: PlainAttributes = { users: {}, items: { genres } }
  let left: PlainRow[] = rows.map(({ user, item, rating = null, timestamp = null, event = null }, row) => {
    return { row, user, item, rating, timestamp, event }
  })
  const counts = recipe.map((step) => {
    left = applyPlain(left, step, attributes)
    return countPlain(left)
  })
  return { counts, hash: hashPlain(left) }
}

function lines(path: string): string[] {
  return readFileSync(join(data, path), 'utf8').trimEnd().split(/\r?\n/)
}

describe.skipIf(!existsSync(data))(
  'each step leaves what an independent computation leaves (skipped where neither TOPN_DATA nor ../shared/data is)',
  () => {
    const films: CleanStep[] = [
      { step: 'date-range', from: '1998-06-01', to: '2015-12-31' },
      { step: 'attribute-filter', of: 'items', name: 'genres', values: ['Drama', 'Comedy'], keep: true },
      { step: 'user-outliers', more_than: 1000, per_minute: 60 },
      { step: 'rating-filter', min: 3.5 },
      { step: 'item-outliers', more_than: 150 },
      { step: 'k-core', user: 5, item: 4 },
      { step: 'sample-users', share: 0.5, seed: 7 },
      { step: 'coarsen-time', to: 'week' },
      { step: 'drop-columns', columns: ['rating'], items: [], users: [] },
    ]
    const movies = 'ml-latest-small/movies.csv'
    test.each([
      ['in this order', films],
      ['in the opposite order', [...films.slice(0, -1).toReversed(), films[films.length - 1]]],
    ])('ml-latest-small, %s', async (_, recipe) => {
      const rows = lines('ml-latest-small/ratings.csv')
        .slice(1)
        .map((line) => {
          const [user, item, rating, timestamp] = line.split(',')
          return { user, item, rating: Number(rating), timestamp: Number(timestamp) }
        })
      const genres = new Map(
        lines(movies)
          .slice(1)
          .map((line) => [line.slice(0, line.indexOf(',')), line.slice(line.lastIndexOf(',') + 1).split('|')]),
      )
      const found = await bySql(rows, recipe, genres)
      expect(found).toEqual(byHand(rows, recipe, genres))
      expect(found.counts.at(-1)?.interactions).toBeGreaterThan(1000)
    })

    const plays: CleanStep[] = [
      { step: 'rating-map', map: 'clip', max: 20_000 },
      { step: 'duplicates', keep: 'sum' },
      { step: 'rating-filter', min: 10 },
      { step: 'item-outliers', more_than: 500 },
      { step: 'rating-map', map: 'threshold', threshold: 100, others: 'zero' },
      { step: 'k-core', user: 3, item: 10 },
      { step: 'sample-users', count: 800, seed: 1 },
    ]
    test.each([
      ['in this order', plays],
      ['in another order', [3, 2, 6, 0, 1, 5, 4].map((place) => plays[place])],
    ])('lastfm-hetrec, play counts with repeated pairs, %s', async (_, recipe) => {
      const rows = lines('lastfm-hetrec/user_artists.dat').map((line) => {
        const [user, artist, plays] = line.split('\t')
        // Artists put together by the last digit but one, so that there are repeated pairs.
        return { user, item: artist.trim().slice(0, -1), rating: Number(plays) }
      })
      const found = await bySql(rows, recipe, new Map())
      expect(found).toEqual(byHand(rows, recipe, new Map()))
      expect(found.counts.at(-1)?.interactions).toBeGreaterThan(1000)
    })
  },
)
