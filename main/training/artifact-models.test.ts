import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import type { EncodedFeature } from '../data/features/encode'
import { writeFeatures } from '../data/features/files'
import { writePrepared } from '../data/prepared-files'
import { preparedOf } from '../data/testing/interactions'
import { findModel } from '../models/registry'
import { createArtifactModels } from './artifact-models'
import { trainIn } from './testing/train'

const folder = mkdtempSync(join(tmpdir(), 'topn-artifact-models-'))
afterAll(() => rmSync(folder, { recursive: true }))

const ofItems: EncodedFeature = {
  of: 'items',
  rowsOf: 'items',
  group: 'genre',
  names: ['a', 'b'],
  offsets: Uint32Array.of(0, 1, 2, 3),
  indices: Uint32Array.of(0, 1, 1),
  values: new Float32Array(3).fill(1),
}

test('the features of a model stay as long as it does, and count as its bytes', async () => {
  const prepared = join(folder, 'prepared')
  await writePrepared(prepared, preparedOf({ train: [[0, 1], [2]], test: [[2], [0]] }, 3))
  await writeFeatures(join(prepared, 'features.safetensors'), [ofItems])
  const artifacts = ['first', 'second'].map((name) => join(folder, name))
  for (const artifact of artifacts) {
    await trainIn(findModel('content-knn'), { prepared, artifact, features: 'features.safetensors' })
  }
  const [first, second] = artifacts
  const asked = await createArtifactModels(prepared, 1, 0).open(first)
  const both = 2 * asked.bytes
  const models = createArtifactModels(prepared, 1, both)
  const before = await models.open(first)
  await models.open(second)
  expect(await models.open(first)).toBe(before)
  const features = await before.itemFeatures()
  expect(features).toMatchObject({ rows: 3, columns: 2 })
  expect(await (await models.open(first)).itemFeatures()).toBe(features)
  // Both models have room, the features beside them none.
  await models.open(second)
  expect(await models.open(first)).not.toBe(before)
})
