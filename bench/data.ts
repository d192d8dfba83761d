import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { DatasetSpec } from '../main/contract/experiment'
import type { EncodedInteractions } from '../main/data/prepared'
import type { Interactions } from '../main/models/model'
import { createRandom } from '../main/models/random'
import { openStore } from '../main/store'

/** The folder of the third-party data sets. */
export const dataFolder = process.env.TOPN_DATA ?? join('..', 'shared', 'data')

/** Reads a data set as the workbench does, in a workspace of its own. */
export async function readDataset(source: DatasetSpec): Promise<EncodedInteractions> {
  const folder = mkdtempSync(join(tmpdir(), 'topn-bench-'))
  const signal = new AbortController().signal
  const store = await openStore(folder)
  try {
    const { id } = await store.loadDataset({ source, name: 'bench', report() {}, signal })
    const { encoded } = await store.encode({ datasetId: id, clean: source.clean, signal })
    return encoded
  } finally {
    await store.close()
    rmSync(folder, { recursive: true })
  }
}

/** What is trained on, and what was held out of it to judge by; users and items are numbered alike in both. */
export interface BenchData {
  train: Interactions
  held: Interactions
}

/** The data sets of the bench by name; null where the files are absent. */
export const datasets: Record<string, () => BenchData | null> = {
  'ml-1m': () => readPairs('ml-1m-ncf', 'ml-1m.train.pairs.tsv', 'ml-1m.test.rating'),
  'ml-100k': () => readPairs('ml-100k', 'u1.base', 'u1.test'),
  'generated, 10,000 items': () => generate({ users: 40_000, items: 10_000, interactions: 4_000_000, seed: 1 }),
  'generated, 20 million': () => generate({ users: 138_000, items: 27_000, interactions: 20_000_000, seed: 1 }),
}

/** Files of lines with user, item and perhaps a rating, which are numbers from 0, or from 1 and then 0 is nobody. */
function readPairs(folder: string, train: string, held: string): BenchData | null {
  const paths = [train, held].map((name) => join(dataFolder, folder, name))
  if (!paths.every(existsSync)) return null
  const parts = paths.map((path) => readFileSync(path, 'utf8').trim().split('\n'))
  const rows = parts.map((lines) => lines.map((line) => line.split('\t').map(Number)))
  const countOf = (column: number) => rows.flat().reduce((most, row) => Math.max(most, row[column] + 1), 0)
  const [users, items] = [countOf(0), countOf(1)]
  const [first, second] = rows.map((part) => {
    const ordered = part.slice().sort((a, b) => a[0] - b[0])
    const offsets = new Uint32Array(users + 1)
    for (const [user] of part) offsets[user + 1]++
    for (let user = 0; user < users; user++) offsets[user + 1] += offsets[user]
    const itemIndices = Uint32Array.from(ordered, ([, item]) => item)
    return {
      users,
      items,
      offsets,
      itemIndices,
      values: Float32Array.from(ordered, (row) => row[2] ?? 1),
      timestamps: null,
    }
  })
  return { train: first, held: second }
}

interface Size {
  users: number
  items: number
  interactions: number
  seed: number
}

/** Groups of taste; the share of choices within a user's own; and how long-tailed items are: rank = items x uniform³. */
const groups = 50
const ownShare = 0.5
const tail = 3
/** Of the logarithm of how many items a user has. */
const deviation = 1

/**
 * About so many interactions of users with very unequal numbers of items (log-normal, never below 5), most of them with few
 * popular items, half of them from a user's own group of items. The last one of each user is held out.
 */
export function generate({ users, items, interactions, seed }: Size): BenchData {
  const random = createRandom(seed)
  const lengths = activity(users, interactions + users, Math.floor(items / 4), random.normal)
  const held = rowsOf(
    users,
    items,
    Uint32Array.from({ length: users + 1 }, (_, user) => user),
  )
  const offsets = new Uint32Array(users + 1)
  for (let user = 0; user < users; user++) offsets[user + 1] = offsets[user] + lengths[user] - 1
  const train = rowsOf(users, items, offsets)
  const owner = new Uint32Array(items)
  const ranks = Math.floor(items / groups)
  const draw = (group: number) =>
    random.uniform() < ownShare
      ? Math.floor(ranks * random.uniform() ** tail) * groups + group
      : Math.floor(items * random.uniform() ** tail)
  for (let user = 0; user < users; user++) {
    const group = random.integer(groups)
    for (let at = 0; at < lengths[user]; at++) {
      let item = draw(group)
      while (owner[item] === user + 1) item = draw(random.integer(groups))
      owner[item] = user + 1
      if (at < lengths[user] - 1) train.itemIndices[offsets[user] + at] = item
      else held.itemIndices[user] = item
    }
  }
  return { train, held }
}

function activity(users: number, wanted: number, most: number, normal: () => number): Uint32Array {
  const raw = Float64Array.from({ length: users }, () => Math.exp(deviation * normal()))
  const scale = wanted / raw.reduce((sum, value) => sum + value, 0)
  return Uint32Array.from(raw, (value) => Math.round(Math.min(most, Math.max(5, value * scale))))
}

function rowsOf(users: number, items: number, offsets: Uint32Array): Interactions {
  const size = offsets[users]
  const values = new Float32Array(size).fill(1)
  return { users, items, offsets, itemIndices: new Uint32Array(size), values, timestamps: null }
}
