import { existsSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { createCompute } from '../compute/create'
import type { Parameters } from '../models/model'
import { createRandom } from '../models/random'
import { findModel, parametersOf } from '../models/registry'
import { fitModel } from '../models/testing'
import { evaluate } from './evaluate'
import { folder, protocol, readNcf } from './testing/ncf'
import { unattended } from './testing/scorer'

/** What Rendle, Krichene, Zhang and Anderson (2020), and later Rendle et al. (2022), reach on this protocol, and He et al. (2017) with NeuMF, less a margin. */
const published: [id: string, params: Parameters, hitRate: number, ndcg: number][] = [
  ['ials', { embedding_size: 192, epochs: 16 }, 0.715, 0.445],
  ['neumf', parametersOf(findModel('neumf'), { preset: 'much-data' }, 'neumf'), 0.695, 0.42],
  ['mf', { embedding_size: 128, epochs: 40, negatives: 8, learning_rate: 0.01 }, 0.72, 0.445],
]

describe.skipIf(!existsSync(folder))('tuned models on the NCF protocol', () => {
  test.each(published)('%s %j', { timeout: 1_800_000 }, async (id, params, hitRate, ndcg) => {
    const prepared = await readNcf()
    const compute = await createCompute({ threads: 2 })
    const model = findModel(id)
    const scorer = await model.score?.(await fitModel(model, prepared.train, compute, { params }), prepared.train)
    if (!scorer) throw new Error(`${id} scores`)
    const request = { ...unattended, prepared, scorer, rater: null, evaluation: protocol, random: createRandom(1) }
    const { metrics } = await evaluate(request)
    await compute.close()
    expect(metrics['hit-rate@10']).toBeGreaterThanOrEqual(hitRate)
    expect(metrics['ndcg@10']).toBeGreaterThanOrEqual(ndcg)
  })
})
