import { afterAll, beforeAll, expect, test } from 'vitest'
import { createCompute } from '../../compute/create'
import { fm } from '../factorisation/fm'
import type { Features, Model, Parameters } from '../model'
import { createRandom } from '../random'
import { featureRowsOf, fitModel, historyOf, interactionsOf, scoresOf, topItems } from '../testing'
import { deepfm, logitsOf } from './deepfm'
import { entriesOf, fieldsOf } from './fields'
import { logLoss } from './log-loss'
import { affine, dot, drawn, expectLoss, logLossOf, type Plain, relu, rowOf } from './testing'

let compute: Awaited<ReturnType<typeof createCompute>>
beforeAll(async () => {
  compute = await createCompute({ threads: 2 })
})
afterAll(() => compute.close())

const block = (group: string, count: number) => ({
  group,
  names: Array.from({ length: count }, (_, at) => `${group} ${at}`),
})

test('fields have the length 1 on average, and keep what their numbers are to one another', () => {
  // A number, and categories of which a row may have several.
  const rows = featureRowsOf([{ 0: 3, 1: 1 }, { 0: -1, 1: 1, 2: 1 }, {}], 3)
  const fields = fieldsOf(3, { ...rows, blocks: [block('price', 1), block('genre', 2)] })
  expect(fields).toMatchObject({ rows: 3, columns: 6, count: 3 })
  expect([...fields.offsets]).toEqual([0, 3, 7, 8])
  expect([...fields.fields]).toEqual([0, 1, 2, 0, 1, 2, 2, 0])
  expect([...fields.indices]).toEqual([0, 3, 4, 1, 3, 4, 5, 2])
  const [price, genre] = [Math.sqrt((9 + 1) / 2), Math.sqrt((1 + 2) / 2)]
  const expected = [1, 3 / price, 1 / genre, 1, -1 / price, 1 / genre, 1 / genre, 1]
  fields.values.forEach((value, at) => {
    expect(value).toBeCloseTo(expected[at], 6)
  })
})

const size = 2
const users = fieldsOf(2, { ...featureRowsOf([{ 0: 1 }, { 1: 1 }], 2), blocks: [block('age', 2)] })
const items = fieldsOf(3, {
  ...featureRowsOf(
    [
      { 0: 1, 2: 0.5 },
      { 0: 1, 1: 1 },
      { 1: 1, 2: -2 },
    ],
    3,
  ),
  blocks: [block('genre', 2), block('price', 1)],
})
const pairs = [
  [0, 0, 1],
  [0, 2, 0],
  [1, 1, 1],
  [1, 0, 0],
]

/** Everything pair by pair of fields, as the paper has it. */
function logitPlainly(w: Plain, user: number, item: number): number {
  const fieldsOfRow = (fields: typeof users, side: string, row: number) => {
    const vectors = Array.from({ length: fields.count }, () => new Array<number>(size).fill(0))
    let linear = 0
    for (let at = fields.offsets[row]; at < fields.offsets[row + 1]; at++) {
      const [column, value] = [fields.indices[at], fields.values[at]]
      linear += value * w[`${side}_linear`][column]
      rowOf(w[`${side}_table`], column, size).forEach((x, c) => {
        vectors[fields.fields[at]][c] += value * x
      })
    }
    return { vectors, linear }
  }
  const [ofUser, ofItem] = [fieldsOfRow(users, 'users', user), fieldsOfRow(items, 'items', item)]
  const all = [...ofUser.vectors, ...ofItem.vectors]
  const products = all.flatMap((vector, at) => all.slice(at + 1).map((other) => dot(vector, other)))
  const first = affine(all.flat(), [...w.layer1_users, ...w.layer1_items], w.layer1_bias)
  const second = affine(relu(first), w.layer2_weights, w.layer2_bias)
  const judged = affine(relu(second), w.output_weights, w.output_bias)[0]
  return ofUser.linear + ofItem.linear + products.reduce((sum, value) => sum + value, 0) + judged
}

test('its loss and gradients are those of all pairs of fields and differences', async () => {
  const batch = {
    ...entriesOf(
      users,
      pairs.map(([user]) => user),
      'users',
    ),
    ...entriesOf(
      items,
      pairs.map(([, item]) => item),
      'items',
    ),
    labels: { shape: [pairs.length], data: Float32Array.from(pairs, ([, , label]) => label) },
  }
  const weights = drawn({
    users_table: [users.columns, size],
    users_linear: [users.columns, 1],
    items_table: [items.columns, size],
    items_linear: [items.columns, 1],
    layer1_users: [users.count * size, 4],
    layer1_items: [items.count * size, 4],
    layer1_bias: [4],
    layer2_weights: [4, 2],
    layer2_bias: [2],
    output_weights: [2, 1],
    output_bias: [1],
  })
  await expectLoss(
    await compute.tensorflow(),
    (tools, w, given) =>
      logLoss(tools.tf, logitsOf(tools, w, given, { users, items }, { layers: 2, dropout: 0 }), given.labels),
    weights,
    batch,
    (w) =>
      pairs.reduce((sum, [user, item, label]) => sum + logLossOf(logitPlainly(w, user, item), label), 0) / pairs.length,
  )
})

/**
 * A user's one feature and two of the item decide together: chosen is where an odd number of them is set, which no sum over
 * pairs of features says. Few choices of many, so that nobody is learned by heart; a third of the items has none.
 */
function parity(isShuffled = false) {
  const [people, things] = [600, 600]
  const random = createRandom(2)
  const bits = (row: number) => [row & 1, (row >> 1) & 1]
  const isLiked = (user: number, item: number) => ((user & 1) + bits(item)[0] + bits(item)[1]) % 2 === 1
  const rows = Array.from({ length: people }, (_, user) =>
    Array.from({ length: things }, (_, item) => item).filter(
      (item) => item % 3 !== 0 && (isShuffled || isLiked(user, item)) && random.uniform() < 0.05,
    ),
  )
  const oneHot = (values: number[]) => Object.fromEntries(values.map((bit, at) => [2 * at + bit, 1]))
  const features: Features = {
    users: {
      ...featureRowsOf(
        rows.map((_, user) => oneHot([user & 1])),
        2,
      ),
      blocks: [block('side', 2)],
    },
    items: {
      ...featureRowsOf(
        Array.from({ length: things }, (_, item) => oneHot(bits(item))),
        4,
      ),
      blocks: [block('first', 2), block('second', 2)],
    },
  }
  return { train: interactionsOf(rows, things), features, isLiked }
}

/** Of the items that nobody has chosen: the mean share of liked ones among a user's first ten. */
async function shareOfLiked(model: Model, params: Parameters, isShuffled = false): Promise<number> {
  const { train, features, isLiked } = parity(isShuffled)
  const fitted = await fitModel(model, train, compute, { params, features })
  const everyone = Array.from({ length: train.users }, (_, user) => user)
  const scores = await scoresOf((await model.score?.(fitted, train)) as never, everyone, train.items)
  const isOld = Array.from({ length: train.items }, (_, item) => item).filter((item) => item % 3 !== 0)
  const shares = everyone.map((user) => {
    const best = topItems(scores[user], [...isOld, ...historyOf(train, user)], 10)
    return best.filter((item) => isLiked(user, item)).length / best.length
  })
  return shares.reduce((sum, share) => sum + share, 0) / shares.length
}

test('it finds what three features decide together, on items that nobody has chosen', async () => {
  const params = { epochs: 10, batch_size: 128, learning_rate: 0.01, negatives: 2, embedding_size: 8, hidden_size: 32 }
  expect(await shareOfLiked(deepfm, params)).toBeGreaterThan(0.95)
  expect(await shareOfLiked(deepfm, params, true)).toBeLessThan(0.8)
  // Pairs of features alone are no better than chance.
  expect(await shareOfLiked(fm, { loss: 'logistic' })).toBeLessThan(0.8)
})
