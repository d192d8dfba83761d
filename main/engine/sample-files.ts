import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { DatasetSpec } from '../contract/experiment'
import { createSample } from '../data/sample'
import { writeFileAtomic } from '../files/atomic'
import type { WorkspaceFolders } from './workspace'

/**
 * Writes the built-in sample as the files that an experiment file names, under `exports/sample/`, and answers how they
 * are read.
 */
export async function writeSampleFiles(folders: WorkspaceFolders): Promise<DatasetSpec> {
  const { users, items, ratings, timestamps, catalogue } = createSample()
  const folder = join(folders.exports, 'sample')
  const interactions = join(folder, 'interactions.csv')
  const itemsFile = join(folder, 'items.csv')
  await mkdir(folder, { recursive: true })
  const rows = users.map((user, at) => [user, items[at], ratings[at], timestamps[at]])
  await writeFileAtomic(interactions, delimited([['user', 'item', 'rating', 'timestamp'], ...rows]))
  const titles = catalogue.map(({ id, title, genres }) => [id, title, genres.join('|')])
  await writeFileAtomic(itemsFile, delimited([['item', 'title', 'genres'], ...titles]))
  return {
    interactions,
    columns: { user: 'user', item: 'item', rating: 'rating', timestamp: 'timestamp' },
    items: { path: itemsFile, id: 'item', title: 'title', features: ['genres'] },
    clean: [],
  }
}

/** The sample's texts are TopN's own and hold neither commas nor quotes. */
function delimited(rows: (string | number)[][]): Buffer {
  return Buffer.from(rows.map((row) => `${row.join(',')}\n`).join(''))
}
