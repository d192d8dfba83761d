import { expect, test } from 'vitest'
import { createRandom } from '../random'
import { featureRowsOf } from '../testing'
import { normalised, pickColumns } from './feature-columns'
import { featureTower } from './feature-tower'
import { checkGradients, computed, expectClose, matrixOf, plus, stirred, times } from './testing/tensors'

/** Column 0 is dense, columns 1 to 3 are not; item 4 has none, and nobody has chosen item 3. */
const features = featureRowsOf([{ 0: 3, 1: 4 }, { 0: 1 }, { 0: -2, 2: 1 }, { 3: 2 }, {}, {}, {}, {}], 4)
const chosen = Uint8Array.of(1, 1, 1, 0, 1, 0, 0, 0)
const settings = { chosen, identityDropout: 0, isDeep: false, isWhole: false }

test('rows are divided by their length, and columns picked', () => {
  const rows = normalised(features)
  expectClose([...rows.values], [0.6, 0.8, 1, -2 / Math.sqrt(5), 1 / Math.sqrt(5), 1], 1e-6)
  const picked = pickColumns(rows, (column) => column > 0)
  expect([picked.columns, [...picked.offsets], [...picked.indices]]).toEqual([
    3,
    [0, 1, 1, 2, 3, 3, 3, 3, 3],
    [0, 1, 2],
  ])
})

test('vectors are own ones plus features times a matrix, each item of the lists once', async () => {
  const tower = featureTower(features, settings)
  const weights = stirred(tower.weights(5, createRandom(1)))
  expect(weights.dense_features.shape).toEqual([1, 5])
  const { arrays, rows } = tower.choose([Int32Array.of(2, 3, 2), Int32Array.of(0, 4, 3)], createRandom(2))
  expect(rows.map((row) => [...row])).toEqual([
    [0, 1, 0],
    [2, 3, 1],
  ])
  const found = await computed({ ...weights, ...arrays }, (tools, all) => tower.vectors(tools, all, all))
  const [own, dense, sparse] = ['identities', 'dense_features', 'features'].map((name) => matrixOf(weights[name]))
  const nothing = new Array<number>(5).fill(0)
  const expected = [
    plus(plus(own[2], times([-2 / Math.sqrt(5)], dense)), times([0, 1 / Math.sqrt(5), 0], sparse)),
    // What nobody has chosen has no vector of its own.
    plus(nothing, times([0, 0, 1], sparse)),
    plus(plus(own[0], times([0.6], dense)), times([0.8, 0, 0], sparse)),
    own[4],
  ]
  expectClose(found, expected.flat(), 1e-5)
  expect([...tower.known]).toEqual([1, 1, 1, 1, 1, 0, 0, 0])
})

test('a deep tower has the gradients of finite differences', async () => {
  const tower = featureTower(features, { ...settings, isDeep: true })
  const weights = stirred(tower.weights(5, createRandom(1)))
  const { arrays } = tower.choose([Int32Array.of(0, 1, 2, 3, 4)], createRandom(2))
  await checkGradients(weights, arrays, (tools, own, batch) =>
    tools.tf.sum(tools.tf.square(tower.vectors(tools, own, batch))),
  )
})

test('own vectors are left out at random while it learns, and never for lists', () => {
  const tower = featureTower(features, { ...settings, identityDropout: 0.5 })
  const lists = Array.from({ length: 200 }, () => Int32Array.of(0, 1, 2))
  const kept = (random: ReturnType<typeof createRandom> | null) =>
    lists.reduce((sum, list) => {
      const { data } = tower.choose([list], random).arrays.item_kept
      return sum + data[0] + data[1] + data[2]
    }, 0) / 600
  expect(kept(createRandom(3))).toBeCloseTo(0.5, 1)
  expect(kept(null)).toBe(1)
})
