import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createCompute } from '../../compute/create'
import { readPrepared } from '../../data/prepared-files'
import { findModel } from '../../models/registry'
import { scoresOf } from '../../models/testing'
import { exporterOf, prepareTastes, shortParams, testItems } from '../testing/exported'
import { tfjs } from './tfjs'

const folder = mkdtempSync(join(tmpdir(), 'topn-tfjs-'))
let compute: Awaited<ReturnType<typeof createCompute>>
beforeAll(async () => {
  await prepareTastes(join(folder, 'prepared'))
  compute = await createCompute({ threads: 1 })
  // Both copies of TensorFlow.js share their backends, which this one brings.
  await compute.tensorflow()
})
afterAll(async () => {
  await compute.close()
  rmSync(folder, { recursive: true })
})

/** What TensorFlow.js's own loader of graph models makes of users, or of their histories. */
async function loadAndScore(path: string, users: number[], histories: Float32Array): Promise<Float32Array> {
  const [{ loadGraphModel }, core] = await Promise.all([
    import('@tensorflow/tfjs-converter'),
    import('@tensorflow/tfjs-core'),
  ])
  await core.setBackend('cpu')
  const { weightsManifest, ...artifacts } = JSON.parse(readFileSync(join(path, 'model.json'), 'utf8'))
  const [{ paths, weights: weightSpecs }] = weightsManifest
  const shards = paths.map((name: string) => readFileSync(join(path, name)))
  const weightData = new Uint8Array(Buffer.concat(shards)).buffer
  const model = await loadGraphModel(core.io.fromMemory({ ...artifacts, weightSpecs, weightData }))
  const [{ name }] = model.inputs
  const input = name === 'user' ? core.tensor1d(users, 'int32') : core.tensor2d(histories, [users.length, testItems])
  const scores = model.predict({ [name]: input }) as import('@tensorflow/tfjs-core').Tensor
  expect(scores.shape).toEqual([users.length, testItems])
  return (await scores.data()) as Float32Array
}

test.each(['ials', 'neumf', 'mult-vae'])('TensorFlow.js loads the graph of %s, which scores as it does', async (id) => {
  const model = await exporterOf(folder, id, shortParams(findModel(id)))
  const path = join(folder, id)
  const { proof } = await model.write('tfjs', path)
  expect(proof).toMatchObject({ users: 100, topAgreement: 1 })
  expect(proof?.largestDifference).toBeLessThan(1e-4)

  const { train } = await readPrepared(join(folder, 'prepared'))
  const users = [0, 7, 119]
  const scorer = await findModel(id).score?.({ tensors: model.tensors, params: model.manifest.params, compute }, train)
  if (!scorer) throw new Error('it does not score')
  const own = await scoresOf(scorer, users, testItems)
  scorer.close()
  const histories = new Float32Array(users.length * testItems)
  users.forEach((user, row) => {
    for (const item of train.itemIndices.subarray(train.offsets[user], train.offsets[user + 1])) {
      histories[row * testItems + item] = 1
    }
  })
  const found = await loadAndScore(path, users, histories)
  own.forEach((row, at) => {
    row.forEach((score, item) => {
      const other = found[at * testItems + item]
      if (Number.isNaN(score)) expect(other).toBe(Number.NEGATIVE_INFINITY)
      else expect(Math.abs(other - score)).toBeLessThan(1e-4)
    })
  })
})

test('models of another kind are refused with what they lack', () => {
  expect(tfjs.refusal(findModel('ease'))).toBe('EASE has no vectors or layers whose graph TensorFlow.js computes.')
  expect(tfjs.refusal(findModel('mult-vae'))).toBeNull()
})
