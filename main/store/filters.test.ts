import type { DuckDBConnection } from '@duckdb/node-api'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Filter, Subject } from '../contract/filters'
import type { Attribute } from '../contract/formats'
import { createRandom, type Random } from '../models/random'
import { type LastingConnection, openWorkspaceDatabase, type WorkspaceDatabase } from './database'
import { type Base, buildBase } from './explore/base'
import { applyFilters } from './explore/left'
import { testFolder } from './testing/folder'
import { createInteractions, type Row } from './testing/interactions'

const random = createRandom(4)
const pick = <T>(values: readonly T[]): T => values[random.integer(values.length)]
const sometimes = <T>(value: T): T | undefined => (random.uniform() < 0.85 ? value : undefined)

const users = Array.from({ length: 25 }, (_, at) => pick(['Anna', 'bo%', "O'Neil", '漢', 'x']) + at)
const items = Array.from({ length: 15 }, (_, at) => `item-${at}`)
const events = ['view', 'cart', "it's bought"]
const genres = ['Drama', 'Comedy', "Children's", 'Sci-Fi']
const day = 86_400

const interactions: Row[] = Array.from({ length: 400 }, () => {
  const [rating, timestamp, event] = [
    sometimes(random.integer(10) / 2),
    sometimes(randomTime(random)),
    sometimes(pick(events)),
  ]
  return {
    user: users[Math.floor(users.length * random.uniform() ** 2)],
    item: items[Math.floor(items.length * random.uniform() ** 2)],
    ...(rating !== undefined && { rating }),
    ...(timestamp !== undefined && { timestamp }),
    ...(event !== undefined && { event }),
  }
})

/** Three weeks around 1970, with halves of seconds. */
function randomTime({ integer }: Random): number {
  return (integer(6 * 7 * day) - 3 * 7 * day) / 2
}

const ageOf = new Map(users.slice(0, 20).map((user) => [user, String(18 + random.integer(50))]))
const joinedOf = new Map(users.slice(3).map((user) => [user, `2020-0${1 + random.integer(9)}-15`]))
const genresOf = new Map(
  items.slice(0, 12).map((item) => [item, genres.filter(() => random.uniform() < 0.4).join(' | ')]),
)
const titleOf = new Map(items.slice(2).map((item) => [item, `${pick(['The ', 'LE ', ''])}${item.toUpperCase()} É`]))
const selected = { people: users.filter(() => random.uniform() < 0.3), things: items.slice(4, 9) }

const attribute = (name: string, type: Attribute['type'], column: string): Attribute => ({
  name,
  type,
  column,
  separator: type === 'multi-valued' ? '|' : null,
})
const attributes = {
  users: [attribute('age', 'number', 'feature_0'), attribute('joined "on"', 'date', 'feature_1')],
  items: [attribute('genres', 'multi-valued', 'feature_0')],
}

const { folder } = testFolder()
let database: WorkspaceDatabase
let held: LastingConnection
let base: Base
beforeAll(async () => {
  database = await openWorkspaceDatabase(folder)
  held = await database.connect()
  await held.use(fill)
})
afterAll(() => {
  held.close()
  database.close()
})

async function fill(own: DuckDBConnection): Promise<void> {
  const table = await createInteractions(own, interactions)
  await own.run(`CREATE TEMP TABLE people ("user" VARCHAR, feature_0 VARCHAR, feature_1 VARCHAR);
    CREATE TEMP TABLE things (item VARCHAR, title VARCHAR, feature_0 VARCHAR)`)
  for (const user of users) {
    await own.run('INSERT INTO people VALUES ($1, $2, $3)', [user, ageOf.get(user) ?? null, joinedOf.get(user) ?? null])
  }
  for (const item of items) {
    await own.run('INSERT INTO things VALUES ($1, $2, $3)', [
      item,
      titleOf.get(item) ?? null,
      genresOf.get(item) ?? null,
    ])
  }
  for (const [selection, members] of Object.entries(selected)) {
    for (const member of members) await own.run('INSERT INTO selection_members VALUES ($1, $2)', [selection, member])
  }
  const attributeTables = { users: 'people', items: 'things' }
  const source = { table, attributes, attributeTables, hasTitles: true, hasMoments: true }
  base = await buildBase(own, source, { signal: new AbortController().signal })
}

const selections = new Map<string, Subject>([
  ['people', 'users'],
  ['things', 'items'],
])

async function rowsLeft(filters: Filter[]): Promise<number[]> {
  return held.use(async (connection) => {
    const { rows } = await applyFilters(connection, base, filters, selections)
    const reader = await connection.runAndReadAll(`SELECT row FROM ${rows} ORDER BY row`)
    return reader.getRows().map(([row]) => Number(row))
  })
}

const within = (value: number | undefined, from = Number.NEGATIVE_INFINITY, to = Number.POSITIVE_INFINITY) =>
  value !== undefined && value >= from && value <= to
const numberOf = (of: 'user' | 'item', id: string) => interactions.filter((row) => row[of] === id).length
const contains = (text: string | undefined, part: string) => text?.toLowerCase().includes(part.toLowerCase()) ?? false

function holds(filter: Filter, { user, item, rating, timestamp, event }: Row): boolean {
  switch (filter.by) {
    case 'rating':
      return within(rating, filter.from, filter.to)
    case 'time':
      return within(timestamp, filter.from, filter.to)
    case 'calendar': {
      if (timestamp === undefined) return false
      const date = new Date(timestamp * 1000)
      const isDay = filter.weekdays?.includes(date.getUTCDay() || 7) ?? true
      return isDay && (filter.hours?.includes(date.getUTCHours()) ?? true)
    }
    case 'event':
      return event !== undefined && filter.values.includes(event)
    case 'user-interactions':
      return within(numberOf('user', user), filter.from, filter.to)
    case 'item-interactions':
      return within(numberOf('item', item), filter.from, filter.to)
    case 'attribute': {
      if (filter.of === 'items') {
        const own = (genresOf.get(item) ?? '').split('|').map((genre) => genre.trim())
        return filter.values?.some((value) => own.includes(value)) ?? false
      }
      const cell = filter.name === 'age' ? ageOf.get(user) : joinedOf.get(user)
      const value = cell === undefined ? undefined : filter.name === 'age' ? Number(cell) : Date.parse(cell) / 1000
      const isNamed = filter.values === undefined || (cell !== undefined && filter.values.includes(cell))
      return isNamed && within(value, filter.from, filter.to)
    }
    case 'selection':
      return filter.selectionId === 'people' ? selected.people.includes(user) : selected.things.includes(item)
    case 'text':
      return filter.of === 'users'
        ? contains(user, filter.contains)
        : contains(item, filter.contains) || contains(titleOf.get(item), filter.contains)
  }
}

function randomRange(next: () => number): { from?: number; to?: number } {
  const [from, to] = [next(), next()].sort((a, b) => a - b)
  return { ...(random.uniform() < 0.7 && { from }), ...(random.uniform() < 0.7 && { to }) }
}

const someOf = <T>(values: readonly T[]): T[] => {
  const some = values.filter(() => random.uniform() < 0.5)
  return some.length > 0 ? some : [values[0]]
}

const generators: { [B in Filter['by']]: () => Filter } = {
  rating: () => ({ by: 'rating', ...randomRange(() => random.integer(10) / 2) }),
  time: () => ({ by: 'time', ...randomRange(() => randomTime(random)) }),
  calendar: () => ({
    by: 'calendar',
    ...(random.uniform() < 0.7 && { weekdays: someOf([1, 2, 3, 4, 5, 6, 7]) }),
    ...(random.uniform() < 0.7 && { hours: someOf([0, 1, 5, 12, 13, 22, 23]) }),
  }),
  event: () => ({ by: 'event', values: someOf(events) }),
  'user-interactions': () => ({ by: 'user-interactions', ...randomRange(() => random.integer(60)) }),
  'item-interactions': () => ({ by: 'item-interactions', ...randomRange(() => random.integer(90)) }),
  attribute: () =>
    pick<() => Filter>([
      () => ({ by: 'attribute', of: 'items', name: 'genres', values: someOf([...genres, 'none']) }),
      () => ({ by: 'attribute', of: 'users', name: 'age', ...randomRange(() => 18 + random.integer(50)) }),
      () => ({ by: 'attribute', of: 'users', name: 'age', values: someOf([...ageOf.values()]), from: 30 }),
      () => ({
        by: 'attribute',
        of: 'users',
        name: 'joined "on"',
        ...randomRange(() => Date.parse(pick([...joinedOf.values()])) / 1000),
      }),
    ])(),
  selection: () => ({ by: 'selection', selectionId: pick(['people', 'things']) }),
  text: () => ({
    by: 'text',
    ...pick([
      { of: 'users', contains: "o'n" },
      { of: 'users', contains: '%' },
      { of: 'items', contains: 'le ' },
      { of: 'items', contains: 'M-1' },
      { of: 'items', contains: 'é' },
    ]),
  }),
}

test.each(Object.keys(generators) as Filter['by'][])(
  '%s, alone and with others: the same rows as row by row',
  async (by) => {
    let [some, none] = [0, 0]
    for (let round = 0; round < 30; round++) {
      const others = Array.from({ length: random.integer(3) }, () => pick(Object.values(generators))())
      const filters = [generators[by](), ...others]
      const expected = interactions.flatMap((row, at) => (filters.every((filter) => holds(filter, row)) ? [at] : []))
      expect(await rowsLeft(filters), JSON.stringify(filters)).toEqual(expected)
      if (expected.length === 0) none++
      else some++
    }
    expect(some).toBeGreaterThan(none / 10)
  },
)

test('an attribute that is not there is refused, a selection that is gone is missed', async () => {
  const unknown: Filter = { by: 'attribute', of: 'users', name: 'shoe', values: ['44'] }
  await expect(rowsLeft([unknown])).rejects.toMatchObject({
    code: 'BAD_REQUEST',
    message: expect.stringContaining('there is age, joined "on"'),
  })
  const gone: Filter = { by: 'selection', selectionId: "x'; DROP TABLE explored; --" }
  await expect(rowsLeft([gone])).rejects.toMatchObject({ code: 'NOT_FOUND' })
  expect((await rowsLeft([])).length).toBe(interactions.length)
})
