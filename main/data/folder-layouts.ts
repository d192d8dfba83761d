import { readFile } from 'node:fs/promises'
import { extname, join } from 'node:path'
import type { Columns, ItemsFile, UsersFile } from '../contract/experiment'
import type { FolderLayout } from '../contract/previews'
import { sniffFile } from './sniff'

/** A layout that was recognised; files are known by their names in the folder. */
export interface Found {
  layout: FolderLayout
  path?: string[]
  parts?: { train: string; validation?: string; test: string }
  columns?: Columns
  items?: ItemsFile
  users?: UsersFile
}

type Recognise = (names: string[], folder: string) => Found | null | Promise<Found | null>

const genres = { name: 'genres', type: 'multi-valued', separator: '|' } as const
const category = (column: number, name: string) => ({ column, name, type: 'category' }) as const

async function movieLens100k(names: string[], folder: string): Promise<Found | null> {
  if (!names.includes('u.data')) return null
  const users = { path: 'u.user', id: 0, features: [{ column: 1, name: 'age', type: 'number' as const }] }
  const described = [category(2, 'gender'), category(3, 'occupation'), category(4, 'zip code')]
  return {
    layout: 'movielens-100k',
    path: ['u.data'],
    columns: { user: 0, item: 1, rating: 2, timestamp: 3 },
    ...(names.includes('u.item') && { items: await items100k(folder, names.includes('u.genre')) }),
    ...(names.includes('u.user') && { users: { ...users, features: [...users.features, ...described] } }),
  }
}

/** The first of the columns that say of each genre whether a film has it. */
const firstGenre = 5

async function items100k(folder: string, hasGenres: boolean): Promise<ItemsFile> {
  const text = hasGenres ? await readFile(join(folder, 'u.genre'), 'latin1') : ''
  const names = text.split(/\r?\n/).filter((line) => line !== '')
  const flags = names.map((line, at) => category(firstGenre + at, line.split('|')[0]))
  return { path: 'u.item', id: 0, title: 1, features: [{ column: 2, name: 'release date', type: 'date' }, ...flags] }
}

function movieLens1m(names: string[]): Found | null {
  if (!names.includes('ratings.dat') || !names.includes('movies.dat')) return null
  const features = [category(1, 'gender'), category(2, 'age'), category(3, 'occupation'), category(4, 'zip code')]
  return {
    layout: 'movielens-1m',
    path: ['ratings.dat'],
    columns: { user: 0, item: 1, rating: 2, timestamp: 3 },
    items: { path: 'movies.dat', id: 0, title: 1, features: [{ column: 2, ...genres }] },
    ...(names.includes('users.dat') && { users: { path: 'users.dat', id: 0, features } }),
  }
}

function movieLens(names: string[]): Found | null {
  if (!names.includes('ratings.csv') || !names.includes('movies.csv')) return null
  return {
    layout: 'movielens',
    path: ['ratings.csv'],
    items: { path: 'movies.csv', id: 'movieId', title: 'title', features: [{ column: 'genres', ...genres }] },
  }
}

/** Of HetRec 2011: how often each user played each artist; tags and friends are left aside. Copies lack the header. */
async function lastFm(names: string[], folder: string): Promise<Found | null> {
  if (!names.includes('user_artists.dat')) return null
  const { format } = await sniffFile(join(folder, 'user_artists.dat'))
  const hasHeader = 'header' in format && format.header
  return {
    layout: 'lastfm-hetrec',
    path: ['user_artists.dat'],
    columns: hasHeader ? { user: 'userID', item: 'artistID', rating: 'weight' } : { user: 0, item: 1, rating: 2 },
    ...(names.includes('artists.dat') && { items: { path: 'artists.dat', id: 'id', title: 'name', features: [] } }),
  }
}

function recBole(names: string[]): Found | null {
  const ending = (end: string) => names.find((name) => name.endsWith(end))
  const [train, validation, test] = ['.train.inter', '.valid.inter', '.test.inter'].map(ending)
  const [inter, item, user] = ['.inter', '.item', '.user'].map(ending)
  if (inter === undefined) return null
  const isSplit = train !== undefined && test !== undefined
  return {
    layout: 'recbole',
    ...(isSplit ? { parts: { train, ...(validation && { validation }), test } } : { path: [inter] }),
    ...(item && { items: { path: item } }),
    ...(user && { users: { path: user } }),
  }
}

/** A training and a test file that differ in that word; the validation file where there is one. */
async function trainAndTest(names: string[], folder: string): Promise<Found | null> {
  const named = (pattern: RegExp) => {
    const found = names.filter((name) => pattern.test(name))
    return found.length === 1 ? found[0] : undefined
  }
  const train = named(/(^|[._-])(train|base)([._-]|$)/i)
  const test = named(/(^|[._-])test([._-]|$)/i)
  if (train === undefined || test === undefined) return null
  const validation = named(/(^|[._-])(valid|validation|dev)([._-]|$)/i)
  const parts = { train, ...(validation && { validation }), test }
  const files = Object.values(parts)
  const isBase = extname(train) === '.base'
  if (!isBase && new Set(files.map((name) => extname(name))).size > 1) return null
  const formats = await Promise.all(files.map(async (name) => (await sniffFile(join(folder, name))).format.kind))
  if (formats.some((kind) => kind !== 'sequences')) return { layout: 'train-test', parts }
  // The items of a line are in no order, so that their places are no times.
  return { layout: 'lightgcn', parts, columns: { user: 'user', item: 'item' } }
}

/** The more particular layouts come first. */
export const recognisers: Recognise[] = [movieLens100k, movieLens1m, movieLens, lastFm, recBole, trainAndTest]
