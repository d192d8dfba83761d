import { statSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { CleanStep } from '../contract/experiment'
import { createSample } from '../data/sample'
import { createRandom } from '../models/random'
import { openStore, type Store } from './index'
import { testFolder } from './testing/folder'
import { quiet } from './testing/read'

const { folder, put } = testFolder()
let store: Store
beforeAll(async () => {
  store = await openStore(folder)
})
afterAll(() => store.close())

const load = (text: string, name = 'data', more = {}) =>
  store.loadDataset({
    source: { interactions: put(`${name}.csv`, text), clean: [], ...more },
    name,
    ...quiet(),
  })

const encode = (datasetId: string, clean: CleanStep[] = []) =>
  store.encode({ datasetId, clean, signal: quiet().signal })

describe('datasets', () => {
  const text = 'user,item,rating,other\na,x,1,7\nb,y,2,8\n'

  test('the same content under the same name is the same dataset', async () => {
    const first = await load(text)
    expect(await load(text)).toEqual(first)
    const others = [
      await load(text, 'another name'),
      await load(`${text}c,z,3,9\n`),
      await load(text, 'data', { columns: { user: 'user', item: 'item', rating: 'other' } }),
      await load(text, 'data', { items: { path: put('items.csv', 'id,title,long title\nx,X,The X\n') } }),
      await load(text, 'data', {
        items: { path: put('items.csv', 'id,title,long title\nx,X,The X\n'), title: 'long title' },
      }),
    ]
    const ids = [first, ...others].map(({ id }) => id)
    expect(new Set(ids).size).toBe(ids.length)
    expect((await store.datasets()).map(({ id }) => id)).toEqual(ids)
  })

  test('read twice at the same moment it is one dataset too', async () => {
    const [one, other] = await Promise.all([load(`${text}c,z,3,9\n`, 'twice'), load(`${text}c,z,3,9\n`, 'twice')])
    expect(other).toEqual(one)
    expect((await store.datasets()).filter(({ name }) => name === 'twice')).toEqual([one])
  })

  test('a profile adds up', async () => {
    const { profile } = await load('user,item,rating,timestamp\na,x,1,10\na,x,2,30\na,y,1,20\nb,x,x,5\n', 'profile')
    expect(profile).toMatchObject({
      interactions: 3,
      users: 1,
      items: 2,
      density: 1.5,
      duplicates: 1,
      rejected: 1,
      firstTimestamp: 10,
      lastTimestamp: 30,
      ratings: [
        { value: 1, count: 2 },
        { value: 2, count: 1 },
      ],
      interactionsPerUser: [{ from: 2, to: 4, count: 1 }],
      interactionsPerItem: [
        { from: 1, to: 2, count: 1 },
        { from: 2, to: 4, count: 1 },
      ],
    })
  })

  test('columns are described by their cells', async () => {
    const { profile } = await load(
      'user,item,day,number,mixed,empty\na,10,2020-01-02,1.5,1,\na,9,2019-01-02,-2,x,\nb,2,2021-01-02,,3,\n',
      'columns',
    )
    const column = (name: string) => profile.columns.find((found) => found.name === name)
    expect(column('user')).toMatchObject({ type: 'text', missing: 0, distinct: 2, minimum: 'a', maximum: 'b' })
    expect(column('item')).toMatchObject({ type: 'integer', distinct: 3, minimum: '2', maximum: '10' })
    expect(column('day')).toMatchObject({ type: 'date', minimum: '2019-01-02', maximum: '2021-01-02' })
    expect(column('number')).toMatchObject({ type: 'number', missing: 1, distinct: 2, minimum: '-2', maximum: '1.5' })
    expect(column('mixed')).toMatchObject({ type: 'text', distinct: 3, minimum: '1', maximum: 'x' })
    expect(column('empty')).toMatchObject({ type: 'text', missing: 3, distinct: 0, minimum: null, maximum: null })
  })

  test('one that is deleted is gone, and one that never was is an error', async () => {
    const { id } = await load('user,item\na,x\n', 'gone')
    await store.deleteDataset(id)
    const missing = { code: 'NOT_FOUND', data: { datasetId: id } }
    await expect(store.dataset(id)).rejects.toMatchObject(missing)
    await expect(store.rejects(id, 10)).rejects.toMatchObject(missing)
    await expect(encode(id)).rejects.toMatchObject(missing)
    await expect(store.searchUsers("x'; DROP TABLE datasets; --", '', 1)).rejects.toMatchObject({ code: 'NOT_FOUND' })
  })

  test('one that is marked as deleted is not there until the mark is taken off', async () => {
    const content = 'user,item\na,x\n'
    const { id } = await load(content, 'marked')
    await store.markDeleted('dataset', id)
    await store.markDeleted('dataset', id)
    expect(await store.deleted()).toEqual([{ kind: 'dataset', id }])
    await expect(store.dataset(id)).rejects.toMatchObject({ code: 'NOT_FOUND' })
    expect((await store.datasets()).map((dataset) => dataset.id)).not.toContain(id)
    const again = await load(content, 'marked')
    expect(again.id).not.toBe(id)
    await store.unmarkDeleted('dataset', id)
    expect(await store.dataset(id)).toMatchObject({ id, name: 'marked' })
    await store.markDeleted('dataset', id)
    await store.deleteDataset(id)
    expect(await store.deleted()).toEqual([])
  })

  test('a changed one keeps its place, and a copy has everything of it but the id', async () => {
    const first = await load('user,item\na,x\nb\n', 'first')
    await load('user,item\na,y\n', 'second')
    const changes = [{ name: 'renamed' }, { tags: ['one'] }, { notes: "it's" }]
    await Promise.all(changes.map((change) => store.changeDataset(first.id, change)))
    await expect(store.changeDataset('none', { name: 'x' })).rejects.toMatchObject({ code: 'NOT_FOUND' })
    const names = (await store.datasets()).map(({ name }) => name)
    expect(names.indexOf('renamed')).toBe(names.indexOf('second') - 1)
    const copy = await store.duplicateDataset(first.id, 'a copy')
    const { id, createdAt } = copy
    expect(copy).toEqual({ ...first, id, createdAt, name: 'a copy', tags: ['one'], notes: "it's" })
    await store.deleteDataset(first.id)
    expect(await store.searchUsers(id, '', 10)).toEqual([{ user: 'a', interactions: 1 }])
    expect(await store.rejects(id, 10)).toMatchObject([{ line: 3 }])
    expect(await encode(id)).toMatchObject({ encoded: { userIds: ['a'], itemIds: ['x'] } })
  })

  test('a recipe can be tried without keeping anything', async () => {
    const { id } = await load('user,item,rating\na,x,1\na,x,5\na,y,4\nb,y,3\n', 'tried')
    const recipe = [
      { step: 'duplicates' as const, keep: 'last' as const },
      { step: 'rating-filter' as const, min: 4 },
    ]
    const steps = await store.tryCleaning({ datasetId: id, clean: recipe, signal: new AbortController().signal })
    expect(steps.map(({ after }) => after)).toEqual([
      { interactions: 3, users: 2, items: 2 },
      { interactions: 2, users: 1, items: 2 },
    ])
    expect(await store.dataset(id)).toMatchObject({ profile: { interactions: 4 } })
  })

  test('a read that fails leaves nothing behind', async () => {
    const before = await store.datasets()
    await expect(load('user,item,rating\na,x,bad\n', 'bad')).rejects.toMatchObject({
      code: 'BAD_DATA',
      data: { line: 2 },
    })
    expect(await store.datasets()).toEqual(before)
  })

  test('the built-in sample is a dataset with titles', async () => {
    const sample = createSample()
    const record = await store.insertDataset({ name: 'sample', ...sample })
    expect(record).toMatchObject({
      hasTitles: true,
      itemAttributes: [{ name: 'genres', type: 'multi-valued', separator: '|', column: 'feature_0' }],
      source: { clean: [] },
    })
    expect(record.profile).toMatchObject({ interactions: sample.users.length, rejected: 0 })
    const { encoded } = await encode(record.id)
    expect(encoded.titles?.length).toBe(encoded.itemIds.length)
    const first = sample.catalogue.find(({ id }) => id === encoded.itemIds[0])
    expect(encoded.titles?.[0]).toBe(first?.title)
  })
})

describe('users', () => {
  let id: string
  beforeAll(async () => {
    const users = ['anna', 'Anna', 'ann%', 'a_n', 'hannah', 'hannah', 'hannah', '12', '123', '123', 'éa']
    id = (await load(`user,item\n${users.map((user, at) => `${user},i${at}\n`).join('')}`, 'users')).id
  })

  test.each<[query: string, limit: number, found: string[]]>([
    ['', 3, ['hannah', '123', '12']],
    ['anna', 10, ['anna', 'hannah', 'Anna']],
    ['12', 10, ['12', '123']],
    ['%', 10, ['ann%']],
    ['_', 10, ['a_n']],
    ["'; --", 10, []],
    ['ÉA', 10, ['éa']],
  ])('"%s": an exact match first, then the most active', async (query, limit, found) => {
    expect((await store.searchUsers(id, query, limit)).map(({ user }) => user)).toEqual(found)
  })

  test('with their number of interactions', async () => {
    expect(await store.searchUsers(id, 'hannah', 1)).toEqual([{ user: 'hannah', interactions: 3 }])
    const all = await store.searchUsers(id, '', 10)
    expect([...(await store.searchUsers(id, '', 2)), ...(await store.searchUsers(id, '', 10, 2))]).toEqual(all)
  })
})

describe('items', () => {
  const interactions = 'user,item\na,1\na,2\na,3\n'
  const titlesWith = async (items: { path: string; [key: string]: unknown }) => {
    const { id, itemAttributes } = await load(interactions, 'items', { items })
    return { titles: (await encode(id)).encoded.titles, features: itemAttributes.map(({ name }) => name) }
  }

  test('columns are known by their headers; ids are text; the first of equal ids counts', async () => {
    const path = put('movies.csv', 'movieId,title,genres\n2,"Two, or 2",a|b\n01,Wrong,c\n1,One,d\n1,Again,e\n')
    expect(await titlesWith({ path })).toEqual({ titles: ['One', 'Two, or 2', ''], features: ['genres'] })
  })

  test('without a header id and title come first; Latin-1 is read', async () => {
    const path = put('u.item', Buffer.from('1|Café|x\n2|Two|y\n3|Three|z\n', 'latin1'))
    expect((await titlesWith({ path })).titles).toEqual(['Café', 'Two', 'Three'])
  })

  test('RecBole', async () => {
    const path = put('x.item', 'item_id:token\tmovie_title:token_seq\tclass:token_seq\n1\tToy Story\tA B\n')
    expect(await titlesWith({ path })).toEqual({ titles: ['Toy Story', '', ''], features: ['class:token_seq'] })
  })

  test('columns can be named, also such as have the name of our own', async () => {
    const path = put('named.csv', 'key,label,item,title\n1,One,a,b\n')
    const named = { path, id: 'key', title: 'label', features: ['item', 'title'] }
    expect(await titlesWith(named)).toEqual({ titles: ['One', '', ''], features: ['item', 'title'] })
  })

  test('a file without an id is refused', async () => {
    const path = put('none.csv', 'a,b\n1,2\n')
    await expect(titlesWith({ path })).rejects.toMatchObject({ code: 'BAD_DATA', data: { field: 'items.id' } })
  })

  test('its broken rows are told with the others', async () => {
    const path = put('broken-items.csv', 'id,title\n1,One\n2\n')
    const { id } = await load(interactions, 'broken', { items: { path } })
    expect(await store.rejects(id, 10)).toMatchObject([{ file: path, line: 3, text: '2' }])
  })
})

test('the size of a dataset is about what its database grows by', async () => {
  const workspace = join(folder, 'size')
  const random = createRandom(1)
  const lines = Array.from(
    { length: 150_000 },
    (_, at) => `user-${random.integer(6000)},${random.integer(3000)},${1 + random.integer(5)},${1e9 + at * 37}`,
  )
  const file = put('size.csv', `user,item,rating,timestamp\n${lines.join('\n')}\n`)
  const own = await openStore(workspace)
  const { bytes } = await own.loadDataset({ source: { interactions: file, clean: [] }, name: 'size', ...quiet() })
  await own.close()
  const { size } = statSync(join(workspace, 'topn.duckdb'))
  expect(bytes / size).toBeGreaterThan(0.5)
  expect(bytes / size).toBeLessThan(1.5)
})
