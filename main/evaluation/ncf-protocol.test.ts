import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { createRandom } from '../models/random'
import { evaluate } from './evaluate'
import { folder, items, protocol, readNcf, readPairs, users } from './testing/ncf'
import { scorerOf, unattended } from './testing/scorer'

const absent = !existsSync(folder)
if (absent) console.warn(`Without ${folder} the NCF protocol is not tested; set TOPN_DATA to the data's folder.`)

describe.skipIf(absent)('the NCF protocol on MovieLens 1M', () => {
  test('popularity has the published hit rate and NDCG', async () => {
    const prepared = await readNcf()
    const { train } = prepared
    const held = readPairs('ml-1m.test.rating')
    const popularity = new Array<number>(items).fill(0)
    for (const item of train.itemIndices) popularity[item]++
    const { metrics } = await evaluate({
      ...unattended,
      prepared,
      scorer: scorerOf(new Array(users).fill(popularity)),
      rater: null,
      evaluation: protocol,
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
