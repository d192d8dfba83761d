import { existsSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { describe, expect, test } from 'vitest'
import { compareIds } from '../data/ids'
import { openStore, profileFile } from './index'
import { testFolder } from './testing/folder'
import { quiet } from './testing/read'

const data = process.env.TOPN_DATA ?? resolve(import.meta.dirname, '../../../shared/data')
const { folder } = testFolder()

/** Interactions, users and items, as the data sets' own descriptions give them unless a comment says otherwise. */
const counts: [path: string, interactions: number, users: number, items: number][] = [
  ['ml-latest-small/ratings.csv', 100_004, 671, 9066],
  ['ml-100k/u.data', 100_000, 943, 1682],
  ['ml-100k-recbole/ml-100k.inter', 100_000, 943, 1682],
  // 17,632 artists; one of them is also written with two spaces behind its id, and ids are exact text.
  ['lastfm-hetrec/user_artists.dat', 92_834, 1892, 17_633],
  ['lastfm-sequences/LastFM.txt', 52_551, 1090, 3646],
]

describe.skipIf(!existsSync(data))(
  `the data sets in TOPN_DATA or ../shared/data (skipped where both are absent)`,
  () => {
    test.each(counts)('%s', async (path, interactions, users, items) => {
      const profile = await profileFile(join(data, path), {})
      expect(profile).toMatchObject({ interactions, users, items, rejected: 0, duplicates: 0 })
      const { lines, skipped, kept, bytes } = profile.counts
      expect([lines, bytes]).toEqual([skipped + kept, readFileSync(join(data, path)).byteLength])
      expect(profile.interactionsPerUser.reduce((sum, { count }) => sum + count, 0)).toBe(users)
      expect(profile.interactionsPerItem.reduce((sum, { count }) => sum + count, 0)).toBe(items)
    })

    test('ratings of ml-100k, as its description gives their shares', async () => {
      const { ratings } = await profileFile(join(data, 'ml-100k/u.data'), {})
      expect(ratings).toEqual([
        { value: 1, count: 6110 },
        { value: 2, count: 11_370 },
        { value: 3, count: 27_145 },
        { value: 4, count: 34_174 },
        { value: 5, count: 21_201 },
      ])
    })

    test('files of one split are one dataset, with titles beside it', async () => {
      const store = await openStore(join(folder, 'parts'))
      const parts = { train: join(data, 'ml-100k/u1.base'), test: join(data, 'ml-100k/u1.test') }
      const source = { clean: [], items: { path: join(data, 'ml-100k/u.item') } }
      const dataset = await store.loadDataset({ source, parts, name: 'u1', ...quiet() })
      expect(dataset.profile).toMatchObject({ interactions: 100_000, users: 943, items: 1682, rejected: 0 })
      const { encoded } = await store.encode({ datasetId: dataset.id, clean: [], signal: quiet().signal })
      expect(encoded.parts?.filter((part) => part === 2).length).toBe(20_000)
      expect(encoded.titles?.[encoded.itemIds.indexOf('1')]).toBe('Toy Story (1995)')
      expect(encoded.titles?.[encoded.itemIds.indexOf('1682')]).toBe('Scream of Stone (Schrei aus Stein) (1991)')
      await store.close()
    })

    test('pairs and ratings of the NCF protocol are read by the positions of user and item', async () => {
      const store = await openStore(join(folder, 'ncf'))
      const parts = {
        train: join(data, 'ml-1m-ncf/ml-1m.train.pairs.tsv'),
        test: join(data, 'ml-1m-ncf/ml-1m.test.rating'),
      }
      const source = { clean: [], columns: { user: 0, item: 1 } }
      const dataset = await store.loadDataset({ source, parts, name: 'ncf', ...quiet() })
      expect(dataset.profile).toMatchObject({ interactions: 994_169 + 6040, users: 6040, items: 3706 })
      const { encoded } = await store.encode({ datasetId: dataset.id, clean: [], signal: quiet().signal })
      expect(encoded).toMatchObject({ timestamps: null, titles: null })
      expect(encoded.values.every((value) => value === 1)).toBe(true)
      await store.close()
    })

    test('encoding ml-latest-small equals sorting its lines', async () => {
      const path = join(data, 'ml-latest-small/ratings.csv')
      const store = await openStore(join(folder, 'small'))
      const dataset = await store.loadDataset({ source: { interactions: path, clean: [] }, name: 'small', ...quiet() })
      const { encoded } = await store.encode({ datasetId: dataset.id, clean: [], signal: quiet().signal })
      const lines = readFileSync(path, 'utf8').trim().split(/\r?\n/).slice(1)
      const rows = lines.map((line) => line.split(','))
      const sorted = rows.toSorted((a, b) => compareIds(a[0], b[0]) || Number(a[3]) - Number(b[3]))
      const found = Array.from(encoded.users, (user, at) => [
        encoded.userIds[user],
        encoded.itemIds[encoded.items[at]],
        encoded.values[at],
        encoded.timestamps?.[at],
      ])
      expect(found).toEqual(sorted.map(([user, item, rating, time]) => [user, item, Number(rating), Number(time)]))
      await store.close()
    })
  },
)
