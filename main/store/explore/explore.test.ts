import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Exploration, ExplorationPart } from '../../contract/exploration'
import type { Filter } from '../../contract/filters'
import { openStore, type Store } from '../index'
import { testFolder } from '../testing/folder'
import { quiet } from '../testing/read'

const { folder, put } = testFolder()
let store: Store
beforeAll(async () => {
  store = await openStore(folder)
})
afterAll(() => store.close())

const load = (name: string, text: string, more = {}) =>
  store.loadDataset({ source: { interactions: put(`${name}.csv`, text), clean: [], ...more }, name, ...quiet() })

const signal = new AbortController().signal
const explore = (datasetId: string, filters: Filter[] = [], parts?: ExplorationPart[]): Promise<Exploration> =>
  store.explore({ datasetId, clean: [], filters, parts, signal })

/** Monday, 2 June 2025, 10:00 UTC. */
const monday = Date.UTC(2025, 5, 2, 10) / 1000
const day = 86_400

describe('a small log', () => {
  // Written in another order than it happened: b came first.
  const rows: [user: string, item: string, rating: number | '', days: number][] = [
    ['a', 'x', 5, 1],
    ['a', 'y', 3, 1.5],
    ['a', 'x', 4, 8],
    ['b', 'x', '', 0],
    ['b', 'z', 1, 20],
    ['c', 'x', 5, 9],
    ['a', 'x', 2, 10],
  ]
  const text = rows.map(([user, item, rating, days]) => `${user},${item},${rating},${monday + days * day}`)
  let id: string
  beforeAll(async () => {
    const items = put('small-items.csv', 'item,title\nx,The X\nz,"Z, or not"\n')
    const csv = `user,item,rating,timestamp\n${text.join('\n').replaceAll(',,', ',NULL,')}\n`
    id = (await load('small', csv.replaceAll('NULL', '3'), { items: { path: items } })).id
  })

  test('all of it', async () => {
    const found = await explore(id)
    const amounts = { interactions: 7, users: 3, items: 3, density: 7 / 9, repeats: 2 }
    expect(found.all).toEqual({ ...amounts, firstTimestamp: monday, lastTimestamp: monday + 20 * day })
    expect(found.left).toEqual(found.all)
    expect(found.activity?.users).toEqual({
      bins: [
        { from: 1, to: 1, count: 1 },
        { from: 2, to: 2, count: 1 },
        { from: 3, to: 3, count: 0 },
        { from: 4, to: 4, count: 1 },
      ],
      mean: 7 / 3,
      median: 2,
      maximum: 4,
    })
    expect(found.tail?.items).toMatchObject({
      head: { count: 1, interactions: 5 },
      tail: { count: 1, interactions: 1 },
    })
    expect(found.ratings).toEqual({
      scale: 'values',
      bins: [1, 2, 3, 4, 5].map((value, at) => ({ from: value, to: value, count: [1, 1, 2, 1, 2][at] })),
      mean: 23 / 7,
      missing: 0,
    })
    expect(found.popularItems).toEqual([
      { item: 'x', title: 'The X', interactions: 5, users: 3, meanRating: 19 / 5 },
      { item: 'y', title: null, interactions: 1, users: 1, meanRating: 3 },
      { item: 'z', title: 'Z, or not', interactions: 1, users: 1, meanRating: 1 },
    ])
    expect(found.events).toBeNull()
  })

  test('first interactions and repetitions stand where they happened', async () => {
    const { time } = await explore(id, [], ['time'])
    expect(time?.unit).toBe('day')
    const happened = time?.bins.filter(({ count }) => count > 0)
    const days = happened?.map(({ from }) => (from - (monday - 10 * 3600)) / day)
    expect(days).toEqual([0, 1, 8, 9, 10, 20])
    expect(happened?.map(({ count }) => count)).toEqual([1, 2, 1, 1, 1, 1])
    expect(happened?.map(({ newUsers }) => newUsers)).toEqual([1, 1, 0, 1, 0, 0])
    expect(happened?.map(({ newItems }) => newItems)).toEqual([1, 1, 0, 0, 0, 1])
    expect(happened?.map(({ repeats }) => repeats)).toEqual([0, 0, 1, 0, 1, 0])
    expect(time?.bins.length).toBe(21)
  })

  test('weekdays and hours, in UTC', async () => {
    const { calendar } = await explore(id, [], ['calendar'])
    const filled = calendar?.flatMap((hours, weekday) =>
      hours.flatMap((count, hour) => (count > 0 ? [[weekday + 1, hour, count]] : [])),
    )
    // Monday, Tuesday 10:00 and 22:00, Tuesday, Wednesday, Thursday, Sunday.
    expect(filled).toEqual([
      [1, 10, 1],
      [2, 10, 2],
      [2, 22, 1],
      [3, 10, 1],
      [4, 10, 1],
      [7, 10, 1],
    ])
  })

  test('what a filter leaves, in the bars of all the data', async () => {
    const whole = await explore(id)
    const found = await explore(id, [{ by: 'time', from: monday + 8 * day }])
    expect(found.all).toEqual(whole.all)
    expect(found.left).toEqual({
      interactions: 4,
      users: 3,
      items: 2,
      density: 4 / 6,
      repeats: 2,
      firstTimestamp: monday + 8 * day,
      lastTimestamp: monday + 20 * day,
    })
    // By the number of all their interactions: all three users are left.
    expect(found.activity?.users.bins).toEqual(whole.activity?.users.bins)
    expect(found.activity?.users).toMatchObject({ mean: 4 / 3, median: 1, maximum: 2 })
    expect(found.time?.bins.map(({ from }) => from)).toEqual(whole.time?.bins.map(({ from }) => from))
    expect(found.ratings?.bins.map(({ count }) => count)).toEqual([1, 1, 0, 1, 1])
    expect(found.popularItems?.map(({ item, interactions }) => [item, interactions])).toEqual([
      ['x', 3],
      ['z', 1],
    ])
  })

  test('a range of bars is the filter that leaves what they hold', async () => {
    const { activity, time } = await explore(id)
    for (const { from, to, count } of activity?.items.bins ?? []) {
      const { left } = await explore(id, [{ by: 'item-interactions', from, to }], [])
      expect(left.items).toBe(count)
    }
    for (const { from, to, count } of time?.bins ?? []) {
      const { left } = await explore(id, [{ by: 'time', from, to }], [])
      expect(left.interactions).toBe(count)
    }
  })

  test('nothing left is nothing, not an error', async () => {
    const found = await explore(id, [{ by: 'rating', from: 6 }])
    expect(found.left).toMatchObject({ interactions: 0, users: 0, items: 0, density: 0, firstTimestamp: null })
    expect(found.ratings).toMatchObject({ mean: null, missing: 0 })
    expect(found.tail?.users).toMatchObject({ gini: 0, head: { count: 0 } })
    expect([found.popularItems, found.suspiciousUsers?.users]).toEqual([[], []])
    expect(found.calendar?.flat().every((count) => count === 0)).toBe(true)
  })

  test('only the parts that are asked for', async () => {
    expect(Object.keys(await explore(id, [], ['ratings']))).toEqual(['all', 'left', 'ratings'])
  })

  test('after a recipe', async () => {
    const clean = [{ step: 'duplicates' as const, keep: 'last' as const }]
    const found = await store.explore({ datasetId: id, clean, filters: [], signal })
    expect(found.all).toMatchObject({ interactions: 5, users: 3, items: 3, repeats: 0 })
    expect((await explore(id)).all.interactions).toBe(7)
  })
})

test('pairs alone have no ratings and no times', async () => {
  const { id } = await load('pairs', 'user,item\na,x\na,y\nb,x\n')
  const found = await explore(id)
  expect(found).toMatchObject({ ratings: null, time: null, calendar: null, events: null, attributes: [] })
  expect(found.all).toMatchObject({ repeats: 0, firstTimestamp: null })
  expect(found.suspiciousUsers?.thresholds).toMatchObject({ perMinute: null, constantRating: null })
  expect(found.popularItems?.[0]).toEqual({ item: 'x', title: null, interactions: 2, users: 2, meanRating: null })
})

describe('events and attributes', () => {
  let id: string
  beforeAll(async () => {
    const lines = ['a,x,view', 'a,x,buy', 'b,x,view', 'b,z,view', 'c,y,view', 'c,q,buy']
    const items = put(
      'described-items.csv',
      'item,genres,year,released,plot\nx,Drama|Comedy,1999,2020-01-02,A man.\ny,Drama,NaN,03-Jan-2020,\nz,,2001,,A dog.\nw,Drama,1980,1990-05-05,A cat.\n',
    )
    const users = put('people.csv', 'user,job\na,clerk\nb,clerk\nc,none\n')
    const attribute = (column: string, type: string) => ({ column, type })
    const features = [
      { ...attribute('genres', 'multi-valued'), separator: '|' },
      attribute('year', 'number'),
      attribute('released', 'date'),
      attribute('plot', 'text'),
    ]
    const columns = { user: 'user', item: 'item', event: 'event' }
    const more = {
      columns,
      items: { path: items, features },
      users: { path: users, features: [attribute('job', 'category')] },
    }
    id = (await load('described', `user,item,event\n${lines.join('\n')}\n`, more)).id
  })

  test('events, the most frequent first', async () => {
    const { events } = await explore(id, [], ['events'])
    expect(events).toEqual([
      { value: 'view', count: 4 },
      { value: 'buy', count: 2 },
    ])
    const { left } = await explore(id, [{ by: 'event', values: ['buy'] }], [])
    expect(left).toMatchObject({ interactions: 2, users: 2, items: 2 })
  })

  test('attributes of those that have interactions', async () => {
    const { attributes } = await explore(id, [], ['attributes'])
    const found = new Map(attributes?.map((attribute) => [attribute.name, attribute]))
    expect([...found.keys()]).toEqual(['job', 'genres', 'year', 'released', 'plot'])
    expect(found.get('job')).toEqual({
      of: 'users',
      name: 'job',
      type: 'category',
      missing: 0,
      distinct: 2,
      values: [
        { value: 'clerk', count: 2 },
        { value: 'none', count: 1 },
      ],
      bins: null,
    })
    // The items x, y, z and q have interactions, and q is not described; w has none.
    expect(found.get('genres')).toMatchObject({
      missing: 2,
      distinct: 2,
      values: [
        { value: 'Drama', count: 2 },
        { value: 'Comedy', count: 1 },
      ],
    })
    expect(found.get('year')).toMatchObject({ missing: 2, distinct: 2, values: [] })
    expect(found.get('year')?.bins).toEqual([
      { from: 1999, to: 1999, count: 1 },
      { from: 2000, to: 2000, count: 0 },
      { from: 2001, to: 2001, count: 1 },
    ])
    expect(found.get('released')).toMatchObject({ missing: 2, distinct: 2 })
    expect(found.get('plot')).toMatchObject({ missing: 2, distinct: 2, values: [], bins: null })
  })

  test('the values of lists are their elements', async () => {
    const lists = [
      { item: 'x', tags: ['a', 'b|c', null] },
      { item: 'y', tags: [] },
      { item: 'z', tags: ['a'] },
    ]
    const items = put('tagged.jsonl', lists.map((line) => JSON.stringify(line)).join('\n'))
    const { id: tagged } = await load('tagged', 'user,item\na,x\na,y\nb,z\n', { items: { path: items } })
    const { attributes } = await explore(tagged, [], ['attributes'])
    expect(attributes).toMatchObject([
      {
        name: 'tags',
        type: 'multi-valued',
        missing: 1,
        distinct: 2,
        values: [
          { value: 'a', count: 2 },
          { value: 'b|c', count: 1 },
        ],
      },
    ])
    const { left } = await explore(tagged, [{ by: 'attribute', of: 'items', name: 'tags', values: ['b|c'] }], [])
    expect(left.interactions).toBe(1)
  })

  test('a bar of an attribute is a filter', async () => {
    const { attributes } = await explore(id, [], ['attributes'])
    for (const { of, name, bins } of attributes ?? []) {
      for (const { from, to, count } of bins ?? []) {
        const { left } = await explore(id, [{ by: 'attribute', of, name, from, to }], [])
        expect(left[of]).toBe(count)
      }
    }
  })
})

test('places in a sequence are no times', async () => {
  const path = put('lists.txt', '1 7 8 9\n2 8 7\n3 9 8 7\n')
  const source = { interactions: path, format: { kind: 'sequences' as const }, clean: [] }
  const { id } = await store.loadDataset({ source, name: 'lists', ...quiet() })
  const { all, time, calendar, suspiciousUsers } = await explore(id)
  expect(all).toMatchObject({ interactions: 8, firstTimestamp: null, lastTimestamp: null })
  expect([time, calendar, suspiciousUsers?.thresholds.perMinute]).toEqual([null, null, null])
})

describe('one request after the other', () => {
  const started = (datasetId: string, controller: AbortController) =>
    store.explore({ datasetId, clean: [], filters: [], signal: controller.signal })

  test('those that are no longer wanted end at once, the others with their answers', async () => {
    const { id } = await load('first', 'user,item\na,x\n')
    const other = await load('other', 'user,item\na,x\nb,y\n')
    const controllers = Array.from({ length: 4 }, () => new AbortController())
    const requests = controllers.map((controller, at) => started(at % 2 ? other.id : id, controller))
    controllers[0].abort(new Error('newer'))
    controllers[3].abort(new Error('newer'))
    const settled = await Promise.allSettled(requests)
    expect(
      settled.map((result) => (result.status === 'fulfilled' ? result.value.left.interactions : result.reason.message)),
    ).toEqual(['newer', 2, 1, 'newer'])
  })

  test('a wrong request does not spoil the next', async () => {
    const { id } = await load('wrong', 'user,item\na,x\n')
    const attribute: Filter = { by: 'attribute', of: 'items', name: 'none', values: ['1'] }
    await expect(explore(id, [attribute])).rejects.toMatchObject({ code: 'BAD_REQUEST' })
    await expect(explore('gone')).rejects.toMatchObject({ code: 'NOT_FOUND' })
    expect((await explore(id)).left.interactions).toBe(1)
  })
})
