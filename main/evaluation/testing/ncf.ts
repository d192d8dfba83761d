import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { readCandidates } from '../../data/candidates'
import type { PreparedData } from '../../data/prepared'
import type { Interactions } from '../../models/model'
import type { EvaluateRequest } from '../evaluate'

const dataFolder = process.env.TOPN_DATA ?? resolve(import.meta.dirname, '../../../../shared/data')
export const folder = join(dataFolder, 'ml-1m-ncf')
export const users = 6040
export const items = 3706

/** Pairs of user and item, whole numbers from 0, in the first two columns. */
export function readPairs(name: string): [number, number][] {
  const lines = readFileSync(join(folder, name), 'utf8').trimEnd().split('\n')
  return lines.map((line) => {
    const [user, item] = line.split('\t')
    return [Number(user), Number(item)]
  })
}

function rowsBy(pairs: [number, number][]): Interactions {
  const offsets = new Uint32Array(users + 1)
  for (const [user] of pairs) offsets[user + 1]++
  for (let user = 0; user < users; user++) offsets[user + 1] += offsets[user]
  const next = offsets.slice()
  const itemIndices = new Uint32Array(pairs.length)
  for (const [user, item] of pairs) itemIndices[next[user]++] = item
  return { users, items, offsets, itemIndices, values: new Float32Array(pairs.length).fill(1), timestamps: null }
}

/** MovieLens 1M as the NCF protocol cuts it, with its 99 negatives for each user's held-out item. */
export async function readNcf(): Promise<PreparedData> {
  const ids = (count: number) => Array.from({ length: count }, (_, index) => String(index))
  const [userIds, itemIds] = [ids(users), ids(items)]
  const train = rowsBy(readPairs('ml-1m.train.pairs.tsv'))
  const candidates = await readCandidates(join(folder, 'ml-1m.test.negative'), { userIds, itemIds })
  return {
    hash: 'ncf',
    userIds,
    itemIds,
    titles: null,
    train,
    foldIn: null,
    validation: null,
    test: rowsBy(readPairs('ml-1m.test.rating')),
    candidates,
  }
}

export const protocol: EvaluateRequest['evaluation'] = {
  candidates: { file: '' },
  exclude_seen: true,
  cutoffs: [10],
  metrics: ['hit-rate', 'ndcg'],
}
