import { createHmac } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { CleanStep } from '../contract/clean'
import type { Subject } from '../contract/filters'
import { openStore, type Store } from './index'
import { testFolder } from './testing/folder'

const { folder, put } = testFolder()
const workspace = join(folder, 'workspace')
const key = Buffer.from('an old key of exactly 32 bytes..')
const other = Buffer.from('another key, also of 32 bytes...')
const pseudonym = (id: string, of = key) => createHmac('sha256', of).update(id).digest('hex').slice(0, 32)

const ratings = put(
  'ratings.csv',
  'user,item,rating\nanna-secret,x,5\nbørge-secret,y,4\nanna-secret,y,wrong-secret\nanna-secret,y,1\n',
)
const people = put('people.csv', 'user,age\nbørge-secret,31\nanna-secret,44\nnobody-secret,1\nanna-secret,7\n')

let store: Store
beforeAll(async () => {
  store = await openStore(workspace)
})
afterAll(() => store.close())

function load(of: Subject[], withKey = key, interactions = ratings) {
  const source = {
    interactions,
    users: { path: people, id: 'user', features: [{ column: 'age', type: 'category' as const }] },
    pseudonymise: of,
    clean: [],
  }
  const signal = new AbortController().signal
  return store.loadDataset({ name: of.join(), source, pseudonyms: { of, key: withKey }, report() {}, signal })
}

describe('pseudonyms', () => {
  test('are the HMAC of ids, in the order of the file, and join with attributes', async () => {
    const { id } = await load(['users'])
    const signal = new AbortController().signal
    const { encoded } = await store.encode({ datasetId: id, clean: [], signal })
    const idsOfRows = [...encoded.users].map((user) => encoded.userIds[user])
    const [anna, boerge] = [pseudonym('anna-secret'), pseudonym('børge-secret')]
    expect(new Set(idsOfRows)).toEqual(new Set([anna, boerge]))
    expect(idsOfRows.filter((user) => user === anna)).toHaveLength(2)
    expect(encoded.itemIds).toEqual(['x', 'y'])
    const older: CleanStep = { step: 'attribute-filter', of: 'users', name: 'age', values: ['44'], keep: true }
    const [left] = await store.tryCleaning({ datasetId: id, clean: [older], signal })
    expect(left.after).toEqual({ interactions: 2, users: 1, items: 2 })
  })

  test('leave no id in what is said of a file of which nothing can be read', async () => {
    const wide = put('wide.csv', 'user,item,rating\nanna-secret,x,5,more,and,more\n')
    const refused = load(['users'], key, wide)
    await expect(refused).rejects.toThrow('has no row that can be used. Line 2')
    await expect(refused).rejects.not.toThrow('secret')
  })

  test('leave no id in what is told of the data, nor in the files of the workspace', async () => {
    const record = await load(['users', 'items'])
    expect(record.profile.columns.map(({ minimum, maximum }) => [minimum, maximum])).toEqual([
      [null, null],
      [null, null],
      [expect.anything(), expect.anything()],
    ])
    const rejects = await store.rejects(record.id, 10)
    expect(rejects.map(({ line, text }) => [line, text])).toEqual([
      [5, ''],
      [4, ''],
    ])
    const written = async () => {
      await store.close()
      const database = readFileSync(join(workspace, 'topn.duckdb'), 'latin1')
      store = await openStore(workspace)
      return database
    }
    expect(await written()).not.toContain('anna-secret')
    // Without pseudonyms it would be found there.
    await load(['items'])
    expect(await written()).toContain('anna-secret')
  })

  test('of another key make another dataset, of the same key the same one', async () => {
    const first = await load(['users'])
    expect((await load(['users'])).id).toBe(first.id)
    expect((await load(['users'], other)).id).not.toBe(first.id)
    expect(await store.searchUsers(first.id, '', 10)).toContainEqual({
      user: pseudonym('anna-secret'),
      interactions: 2,
    })
  })
})

test('the k-anonymity of users by hand', async () => {
  const users = ['a', 'b', 'c', 'd', 'e', 'f']
  const interactions = put('six.csv', `user,item\n${users.map((user) => `${user},x\n${user},y`).join('\n')}\n`)
  // f is not described, and g has no interactions.
  const described = put(
    'ages.csv',
    'user,age,town\na,30,Oslo\nb,30,Oslo\nc,30,Bergen\nd,40,Oslo\ne,40,Oslo\ng,99,Oslo\n',
  )
  const features = ['age', 'town'].map((column) => ({ column, type: 'category' as const }))
  const source = { interactions, users: { path: described, id: 'user', features }, clean: [] }
  const { id } = await store.loadDataset({ name: 'six', source, report() {}, signal: new AbortController().signal })
  expect(await store.anonymity(id, ['age', 'town'])).toEqual({
    users: 6,
    smallest: 1,
    groups: 4,
    sizes: [
      { size: 1, groups: 2, users: 2 },
      { size: 2, groups: 2, users: 4 },
    ],
    unique: 2,
  })
  expect(await store.anonymity(id, ['age'])).toMatchObject({ smallest: 1, groups: 3, unique: 1 })
  await expect(store.anonymity(id, ['weight'])).rejects.toMatchObject({ data: { field: 'attributes' } })
})
