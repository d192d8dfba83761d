import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { dataFolder, expect, test } from './workbench'

test.skip(!existsSync(join(dataFolder, 'ml-100k')), `there are no data sets at ${dataFolder}; set TOPN_DATA`)

interface DataSet {
  folder: string
  /** A file of the folder; without one the folder is opened as a whole. */
  file?: string
  name: string
  /** What the import panel says of it. */
  says: RegExp
  counts: [interactions: string, users: string, items: string]
  /** Rows of the file or files as `user` alone, for counting what leave-last-out holds out; null where there is no time. */
  users: (() => string[]) | null
}

const lines = (...path: string[]) =>
  readFileSync(join(dataFolder, ...path), 'utf8')
    .trim()
    .split(/\r?\n/)

const sets: DataSet[] = [
  {
    folder: 'ml-100k',
    name: 'ml-100k',
    says: /laid out as MovieLens 100K/,
    counts: ['100,000', '943', '1,682'],
    users: () => lines('ml-100k', 'u.data').map((line) => line.split('\t')[0]),
  },
  {
    folder: 'ml-latest-small',
    name: 'ml-latest-small',
    says: /laid out as MovieLens 20M and later/,
    counts: ['100,004', '671', '9,066'],
    users: () =>
      lines('ml-latest-small', 'ratings.csv')
        .slice(1)
        .map((line) => line.split(',')[0]),
  },
  {
    folder: 'lastfm-hetrec',
    name: 'lastfm-hetrec',
    says: /laid out as Last.fm of HetRec 2011/,
    counts: ['92,834', '1,892', '17,633'],
    users: null,
  },
  {
    folder: 'ml-100k-recbole',
    name: 'ml-100k-recbole',
    says: /RecBole atomic files/,
    counts: ['100,000', '943', '1,682'],
    users: () =>
      lines('ml-100k-recbole', 'ml-100k.inter')
        .slice(1)
        .map((line) => line.split('\t')[0]),
  },
  {
    folder: 'lastfm-sequences',
    file: 'LastFM.txt',
    name: 'LastFM',
    says: /One line of items for each user/,
    counts: ['52,551', '1,090', '3,646'],
    users: () =>
      lines('lastfm-sequences', 'LastFM.txt').flatMap((line) => {
        const [user, ...items] = line.trim().split(' ')
        return items.map(() => user)
      }),
  },
]

test('five data sets from the disk to a split, by hand', async ({ page, workbench, complaints }) => {
  await page.goto(workbench.url)
  for (const set of sets) {
    await test.step(set.name, async () => {
      await browse(page, set)
      await expect(page.getByRole('region', { name: /^Open / })).toContainText(set.says)
      await page.getByRole('button', { name: 'Open', exact: true }).click()
      await expect(page.getByRole('heading', { name: new RegExp(`of ${set.name}$`) })).toBeVisible({ timeout: 30_000 })
      for (const number of set.counts) await expect(page.getByText(number, { exact: true }).first()).toBeVisible()
      await page.getByRole('tab', { name: 'Split' }).click()
      await expect(page.getByRole('table', { name: 'Split', exact: true })).toContainText(testInteractions(set))
      await page.screenshot({ path: test.info().outputPath(`${set.name}.png`) })
      await page.getByRole('tab', { name: 'Profile' }).click()
    })
  }
  expect(complaints).toEqual([])
})

/** Opens the file, or the folder as a whole, through the folders of the machine that runs TopN. */
async function browse(page: Page, { folder, file }: DataSet): Promise<void> {
  await page.getByRole('button', { name: 'Open a file' }).first().click()
  await page.getByRole('menuitem', { name: /machine that runs TopN/ }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('button', { name: dataFolder }).click()
  await dialog.getByRole('button', { name: folder, exact: true }).click()
  if (file) await dialog.getByRole('button', { name: file, exact: true }).click()
  else await dialog.getByRole('button', { name: 'Open this folder' }).click()
}

/** Leave-last-out holds out one interaction of each user with two or more; without times a fifth of each user's. */
function testInteractions({ users }: DataSet): string {
  const rows = users?.() ?? lines('lastfm-hetrec', 'user_artists.dat').map((line) => line.split('\t')[0])
  const counts = new Map<string, number>()
  for (const user of rows) counts.set(user, (counts.get(user) ?? 0) + 1)
  const held = [...counts.values()].map((count) => (users ? Math.min(1, count - 1) : Math.round(count * 0.2)))
  return held.reduce((sum, count) => sum + count, 0).toLocaleString('en')
}
