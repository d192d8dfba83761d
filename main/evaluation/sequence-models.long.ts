import { existsSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { createCompute } from '../compute/create'
import type { Scorer } from '../models/model'
import { createRandom } from '../models/random'
import { findModel } from '../models/registry'
import { fitModel } from '../models/testing'
import { evaluate } from './evaluate'
import { protocol, readSequences, sequencesFile } from './testing/lastfm-sequences'
import { unattended } from './testing/scorer'

// Published for the next item, full ranking, HR@10 / NDCG@10: most popular 0.0440 / 0.0203, GRU4Rec 0.0367 / 0.0187, SASRec
// 0.0688 / 0.0390, BERT4Rec 0.0633 / 0.0337 (Zhou et al. 2020). Epochs, rate and dropout of the preset were chosen on the
// validation items.

const seeds = [1, 2, 3, 4, 5]

describe.skipIf(!existsSync(sequencesFile))('next items of LastFM', () => {
  const { learned, prepared } = readSequences()
  const judge = async (scorer: Scorer | undefined) => {
    if (!scorer) throw new Error('it scores')
    const request = { ...unattended, prepared, scorer, rater: null, evaluation: protocol, random: createRandom(1) }
    const { metrics } = await evaluate(request)
    scorer.close()
    return [metrics['hit-rate@10'], metrics['ndcg@10']]
  }

  test('popularity is what was published', async () => {
    const compute = await createCompute({ threads: 2 })
    const popularity = findModel('popularity')
    const fitted = await fitModel(popularity, prepared.train, compute)
    const [hitRate, ndcg] = await judge(await popularity.score?.(fitted, prepared.train))
    await compute.close()
    expect(hitRate).toBeCloseTo(0.044, 4)
    expect(ndcg).toBeCloseTo(0.0203, 3)
  })

  test('SASRec, the mean of five seeds', { timeout: 3_600_000 }, async () => {
    const compute = await createCompute({ threads: 2 })
    const sasrec = findModel('sasrec')
    const [short] = sasrec.presets.filter(({ id }) => id === 'short-histories')
    const found: number[][] = []
    for (const seed of seeds) {
      const fitted = await fitModel(sasrec, learned, compute, { seed, params: short.params })
      found.push(await judge(await sasrec.foldIn?.(fitted, prepared.train)))
    }
    await compute.close()
    const mean = (at: number) => found.reduce((sum, values) => sum + values[at], 0) / seeds.length
    expect(mean(0)).toBeGreaterThanOrEqual(0.06)
    expect(mean(1)).toBeGreaterThanOrEqual(0.034)
  })
})
