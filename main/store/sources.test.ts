import { existsSync, mkdirSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { recogniseFolder } from '../data/folder'
import { openStore, profileFile, type Store } from './index'
import { testFolder } from './testing/folder'
import { quiet, read } from './testing/read'

const { folder, put } = testFolder()
const inFolder = (name: string) => {
  mkdirSync(join(folder, name), { recursive: true })
  return (file: string, content: string) => put(`${name}/${file}`, content)
}
const header = 'user,item,rating\n'

let store: Store
beforeAll(async () => {
  store = await openStore(join(folder, 'workspace'))
})
afterAll(() => store.close())

describe('several files as one dataset', () => {
  test('rows in the order of the list, counts and lines of each file', async () => {
    const one = put('one.csv', `${header}a,1,5\nb,,4\n`)
    const two = put('two.tsv', 'item\tuser\trating\n2\tc\t3\n3\td\tx\n')
    const { rows, rejects, counts } = await read({ interactions: [two, one] })
    expect(rows.map(([user]) => user)).toEqual(['c', 'a'])
    expect(counts).toMatchObject({ lines: 6, skipped: 2, kept: 2, rejected: 2 })
    expect(rejects.map(({ line, text }) => [line, text])).toEqual([
      [3, '3\td\tx'],
      [3, 'b,,4'],
    ])
    const { profile } = await store.loadDataset({
      source: { interactions: [one, two], clean: [] },
      name: 'x',
      ...quiet(),
    })
    expect(profile.files).toEqual([
      { path: one, bytes: 28, lines: 3, skipped: 1, kept: 1, rejected: 1 },
      { path: two, bytes: 29, lines: 3, skipped: 1, kept: 1, rejected: 1 },
    ])
  })

  test('a folder: its files by name, but for hidden ones', async () => {
    const add = inFolder('log')
    add('part-2.csv', `${header}b,1,5\n`)
    add('part-1.csv', `${header}a,1,5\n`)
    add('_SUCCESS', '')
    add('.part-1.csv.crc', 'x')
    expect((await read({ interactions: join(folder, 'log') })).rows.map(([user]) => user)).toEqual(['a', 'b'])
  })

  test('a folder of different files is refused with their names', async () => {
    const add = inFolder('mixed')
    add('readme.txt', 'hello')
    add('log.csv', header)
    const refusal = {
      code: 'BAD_DATA',
      message: expect.stringMatching(/mixed is a folder of different files: log.csv, readme.txt/),
    }
    await expect(read({ interactions: join(folder, 'mixed') })).rejects.toMatchObject(refusal)
    await expect(recogniseFolder(join(folder, 'mixed'))).rejects.toMatchObject(refusal)
  })

  test('a file without a column of the first one is refused, not read without it', async () => {
    const paths = [put('with.csv', `${header}a,1,5\n`), put('without.csv', 'user,item\nb,2\n')]
    await expect(read({ interactions: paths })).rejects.toThrow(/without.csv has no column "rating"/)
  })

  test('times of the second file in another unit are rejected, not misread', async () => {
    const seconds = put('seconds.csv', 'user,item,timestamp\na,1,1577934245\n')
    const milliseconds = put('milliseconds.csv', 'user,item,timestamp\nb,1,1577934245000\n')
    await expect(read({ interactions: [seconds, milliseconds] })).rejects.toThrow(
      /milliseconds.csv has no row that can be used. Line 2: The timestamp is not a time in seconds/,
    )
  })
})

describe('events', () => {
  const events =
    'USER_ID,ITEM_ID,EVENT_TYPE,EVENT_VALUE,TIMESTAMP\n1,a,view,,1577934245\n1,b,cart,2.5,1577934246\n2,a,view,,1577934247\n3,c,,1,1577934248\n'

  test('are kept as they are and counted; not every one has a value', async () => {
    const source = { interactions: put('events.csv', events), clean: [] }
    const { profile, id } = await store.loadDataset({ source, name: 'events', ...quiet() })
    expect(profile.events).toEqual([
      { event: 'view', count: 2 },
      { event: 'cart', count: 1 },
    ])
    expect(await store.rejects(id, 10)).toMatchObject([{ line: 5, reason: 'The event is empty.' }])
  })

  test('Gorse JSON Lines', async () => {
    const line = '{"FeedbackType":"read","UserId":"u1","ItemId":"i1","Value":1,"Timestamp":"2020-01-02T03:04:05Z"}\n'
    expect((await read({ interactions: put('feedback.jsonl', line) })).rows).toEqual([['u1', 'i1', 1, 1_577_934_245]])
  })
})

describe('attributes of users and items', () => {
  const interactions = 'user,item\na,1\nb,2\n'

  test('stay text; their types are declared or proposed, of RecBole by the header', async () => {
    const users = put(
      'x.user',
      'user_id:token\tage:float\tinterests:token_seq\tzip:token\na\t30\tart golf\t01234\nb\t\tgolf\t\n',
    )
    const items = put(
      'items.csv',
      'id,name,released,tags,embedding,price,about\n1,One,2020-01-02,a|b,"[0.5, 1]",3.5,the first of all items in the shop\n2,Two,2020-01-03,b,"[1, -2e3]",4,something else that is sold there too\n',
    )
    const source = {
      interactions: put('i.csv', interactions),
      clean: [],
      users: { path: users },
      items: { path: items },
    }
    const { id } = await store.loadDataset({ source, name: 'attributes', ...quiet() })
    expect(await store.attributesOf(id, 'users')).toEqual([
      { name: 'age:float', type: 'number', separator: null, column: 'feature_0' },
      { name: 'interests:token_seq', type: 'multi-valued', separator: ' ', column: 'feature_1' },
      { name: 'zip:token', type: 'category', separator: null, column: 'feature_2' },
    ])
    expect((await store.attributesOf(id, 'items')).map(({ name, type, separator }) => [name, type, separator])).toEqual(
      [
        ['released', 'date', null],
        ['tags', 'multi-valued', '|'],
        ['embedding', 'vector', null],
        ['price', 'number', null],
        ['about', 'text', null],
      ],
    )
  })

  test('a declared type and separator count, and a name for a column without header', async () => {
    const users = {
      path: put('u.user', '1|24|a;b\n2|30|c\n'),
      features: [{ column: 2, name: 'likes', type: 'multi-valued', separator: ';' }, 1],
    } as const
    const source = {
      interactions: put('i.csv', interactions),
      clean: [],
      users: { ...users, features: [...users.features] },
    }
    const { id } = await store.loadDataset({ source, name: 'declared', ...quiet() })
    expect(await store.attributesOf(id, 'users')).toEqual([
      { name: 'likes', type: 'multi-valued', separator: ';', column: 'feature_0' },
      { name: '1', type: 'number', separator: null, column: 'feature_1' },
    ])
  })

  test('rows without an id or with one that was there are rejected with their lines', async () => {
    const items = { path: put('twice.csv', 'id,title\n1,One\n,None\n1,Again\n2,Two\n') }
    const source = { interactions: put('i.csv', interactions), clean: [], items }
    const { id } = await store.loadDataset({ source, name: 'twice', ...quiet() })
    expect(await store.rejects(id, 10)).toEqual([
      { file: items.path, line: 3, reason: 'The item is empty.', text: ',None' },
      { file: items.path, line: 4, reason: 'An earlier row has the same item.', text: '1,Again' },
    ])
  })
})

const data = process.env.TOPN_DATA ?? resolve(import.meta.dirname, '../../../shared/data')

describe('folders of the field', () => {
  test.skipIf(!existsSync(data))('MovieLens 100K (skipped where TOPN_DATA or ../shared/data is absent)', async () => {
    const { layout, open, unused } = await recogniseFolder(join(data, 'ml-100k'))
    expect(layout).toBe('movielens-100k')
    expect(unused).toContain('u1.base')
    const { name, path, ...rest } = open
    const record = await store.loadDataset({
      source: { interactions: path as string[], clean: [], ...rest },
      name,
      ...quiet(),
    })
    expect(record.profile).toMatchObject({ interactions: 100_000, users: 943, items: 1682, rejected: 0 })
    expect(record.hasTitles).toBe(true)
    expect(record.itemAttributes.map((attribute) => attribute.name).slice(0, 3)).toEqual([
      'release date',
      'unknown',
      'Action',
    ])
    expect(record.itemAttributes.length).toBe(20)
    expect(record.userAttributes.map((attribute) => attribute.name)).toEqual([
      'age',
      'gender',
      'occupation',
      'zip code',
    ])
    expect(await store.rejects(record.id, 1)).toEqual([])
  })

  test.skipIf(!existsSync(data))(
    'Last.fm: play counts without a header, artists by name, and an id with blanks stays as it is',
    async () => {
      const { layout, open, unused } = await recogniseFolder(join(data, 'lastfm-hetrec'))
      expect(layout).toBe('lastfm-hetrec')
      expect(unused).toEqual(['readme.txt', 'tags.dat', 'user_friends.dat'])
      const { path, name, ...rest } = open
      const source = { interactions: path as string[], ...rest, clean: [] }
      const record = await store.loadDataset({ source, name, ...quiet() })
      expect(record.profile).toMatchObject({ interactions: 92_834, users: 1892, items: 17_633, rejected: 0 })
      expect([record.hasTitles, record.itemAttributes]).toEqual([true, []])
      const values = await store.explore({
        datasetId: record.id,
        clean: [],
        filters: [{ by: 'text', of: 'items', contains: '65  ' }],
        signal: new AbortController().signal,
      })
      expect(values.left).toMatchObject({ items: 1, interactions: 1 })
    },
  )

  test.each([
    [
      'ml-1m',
      {
        'ratings.dat': '1::2::5::978300760\n',
        'movies.dat': '2::Two::Comedy|Drama\n',
        'users.dat': '1::F::1::10::48067\n',
      },
      'movielens-1m',
      1,
    ],
    [
      'ml-latest',
      {
        'ratings.csv': 'userId,movieId,rating,timestamp\n1,2,5,978300760\n',
        'movies.csv': 'movieId,title,genres\n2,Two,Drama\n',
        'README.txt': 'x',
      },
      'movielens',
      1,
    ],
    [
      'lastfm',
      {
        'user_artists.dat': 'userID\tartistID\tweight\r\n2\t51\t13883\r\n',
        'artists.dat': 'id\tname\turl\tpictureURL\n51\tDuran Duran\thttp://x/\thttp://y/\n',
      },
      'lastfm-hetrec',
      1,
    ],
    [
      'toy',
      {
        'toy.inter': 'user_id:token\titem_id:token\n1\t2\n',
        'toy.item': 'item_id:token\ttitle:token_seq\n2\tTwo\n',
        'toy.user': 'user_id:token\tage:float\n1\t5\n',
      },
      'recbole',
      1,
    ],
    ['gowalla', { 'train.txt': '0 1 2 3\n1 2 3\n', 'test.txt': '0 4\n1 1 5\n' }, 'lightgcn', 8],
    [
      'fold',
      { 'u1.base': '1\t2\t5\t978300760\n1\t3\t5\t978300761\n', 'u1.test': '1\t4\t5\t978300762\n' },
      'train-test',
      3,
    ],
    [
      'split',
      {
        'x.train.inter': 'user_id:token\titem_id:token\n1\t2\n',
        'x.valid.inter': 'user_id:token\titem_id:token\n1\t3\n',
        'x.test.inter': 'user_id:token\titem_id:token\n1\t4\n',
      },
      'recbole',
      3,
    ],
    ['days', { 'monday.csv': `${header}a,1,5\n`, 'tuesday.csv': `${header}a,2,5\n` }, 'files', 2],
  ])('%s', async (name, files, layout, interactions) => {
    const add = inFolder(name)
    for (const [file, content] of Object.entries(files)) add(file, content)
    const found = await recogniseFolder(join(folder, name))
    expect(found.layout).toBe(layout)
    expect(found.unused).toEqual(name === 'ml-latest' ? ['README.txt'] : [])
    const { path, parts, name: title, ...rest } = found.open
    const source = { ...(path && { interactions: path }), ...rest, clean: [] }
    const record = await store.loadDataset({ source, ...(parts && { parts }), name: title, ...quiet() })
    expect(record.profile).toMatchObject({ interactions, rejected: 0 })
    expect((await profileFile(join(folder, name), {})).interactions).toBe(interactions)
    expect(record.profile.firstTimestamp === null).toBe(!['ml-1m', 'ml-latest', 'fold'].includes(name))
    expect([record.itemAttributes.length, record.userAttributes.length]).toEqual(
      { 'ml-1m': [1, 4], 'ml-latest': [1, 0], toy: [0, 1] }[name] ?? [0, 0],
    )
  })
})
