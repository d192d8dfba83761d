import { existsSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { describe, expect, test } from 'vitest'
import { readCandidates } from '../data/candidates'
import type { PreparedData } from '../data/prepared'
import type { Interactions } from '../models/model'
import { createRandom } from '../models/random'
import { evaluate } from './evaluate'
import { scorerOf, unattended } from './testing/scorer'

const dataFolder = process.env.TOPN_DATA ?? resolve(import.meta.dirname, '../../../shared/data')
const folder = join(dataFolder, 'ml-1m-ncf')
const users = 6040
const items = 3706

/** Pairs of user and item, whole numbers from 0, in the first two columns. */
function readPairs(name: string): [number, number][] {
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

const absent = !existsSync(folder)
if (absent) console.warn(`Without ${folder} the NCF protocol is not tested; set TOPN_DATA to the data's folder.`)

describe.skipIf(absent)('the NCF protocol on MovieLens 1M', () => {
  test('popularity has the published hit rate and NDCG', async () => {
    const ids = (count: number) => Array.from({ length: count }, (_, index) => String(index))
    const [userIds, itemIds] = [ids(users), ids(items)]
    const train = rowsBy(readPairs('ml-1m.train.pairs.tsv'))
    const held = readPairs('ml-1m.test.rating')
    const candidates = await readCandidates(join(folder, 'ml-1m.test.negative'), { userIds, itemIds })
    const prepared: PreparedData = {
      hash: 'ncf',
      userIds,
      itemIds,
      titles: null,
      train,
      foldIn: null,
      validation: null,
      test: rowsBy(held),
      candidates,
    }
    const popularity = new Array<number>(items).fill(0)
    for (const item of train.itemIndices) popularity[item]++
    const { metrics } = await evaluate({
      ...unattended,
      prepared,
      scorer: scorerOf(new Array(users).fill(popularity)),
      rater: null,
      evaluation: { candidates: { file: '' }, exclude_seen: true, cutoffs: [10], metrics: ['hit-rate', 'ndcg'] },
      random: createRandom(1),
    })
    // Published with ties against and in favour of the held-out item.
    expect(metrics['hit-rate@10']).toBeGreaterThanOrEqual(0.452)
    expect(metrics['hit-rate@10']).toBeLessThanOrEqual(0.4538)
    expect(metrics['ndcg@10']).toBeGreaterThanOrEqual(0.2526)
    expect(metrics['ndcg@10']).toBeLessThanOrEqual(0.2545)

    // Ties by ascending id, counted from the negatives as they stand in the file.
    const lines = readFileSync(join(folder, 'ml-1m.test.negative'), 'utf8').trimEnd().split('\n')
    const hits = lines.filter((line, user) => {
      const own = held[user][1]
      const before = new Set(line.split('\t').slice(1).map(Number))
      for (const item of before) {
        const [a, b] = [popularity[item], popularity[own]]
        if (a < b || (a === b && item >= own)) before.delete(item)
      }
      return before.size < 10
    })
    expect(metrics['hit-rate@10']).toBeCloseTo(hits.length / users, 12)
  })
})
