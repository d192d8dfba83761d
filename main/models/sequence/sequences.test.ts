import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createCompute } from '../../compute/create'
import type { Model, Parameters } from '../model'
import { createRandom } from '../random'
import { fitModel, interactionsOf, scoresOf, topItems } from '../testing'
import { bert4rec } from './bert4rec'
import { gru4rec } from './gru4rec'
import { sasrec } from './sasrec'
import { transformerMf } from './transformer-mf'
import { twoTower } from './two-tower'

let compute: Awaited<ReturnType<typeof createCompute>>
beforeAll(async () => {
  compute = await createCompute({ threads: 2 })
})
afterAll(() => compute.close())

const readers: [name: string, model: Model, params: Parameters][] = [
  ['SASRec', sasrec, {}],
  ['SASRec, drawn items', sasrec, { loss: 'sampled-softmax', negatives: 20 }],
  ['SASRec, gBCE', sasrec, { loss: 'gbce', negatives: 20, epochs: 18 }],
  ['SASRec, log loss', sasrec, { loss: 'bce', negatives: 20, epochs: 18 }],
  ['GRU4Rec', gru4rec, {}],
  ['GRU4Rec, BPR-max', gru4rec, { loss: 'bpr-max', negatives: 20 }],
  ['BERT4Rec', bert4rec, { epochs: 30, layers: 1, learning_rate: 0.005, dropout: 0 }],
  ['Transformer-MF', transformerMf, {}],
  ['Two-tower, LSTM', twoTower, { user_tower: 'lstm', negatives: 160, epochs: 18 }],
]
const learning = { epochs: 12, batch_size: 32, learning_rate: 0.01, embedding_size: 32, dropout: 0.1 }

const [items, users, length] = [40, 160, 7]

/** Histories that only their order tells apart: the next item is that of the last, by a rule that is drawn. */
function byRule(next: (item: number) => number) {
  const random = createRandom(2)
  const rows = Array.from({ length: users }, () => {
    const row = [random.integer(items)]
    while (row.length <= length) row.push(next(row[row.length - 1]))
    return row
  })
  const targets = rows.map((row) => row[length])
  return {
    train: interactionsOf(
      rows.map((row) => row.slice(0, length)),
      items,
    ),
    targets,
  }
}

/** Mean NDCG at 10 where one item is right. */
async function ndcg(model: Model, { train, targets }: ReturnType<typeof byRule>, params: Parameters) {
  const fitted = await fitModel(model, train, compute, { params: { ...learning, ...params } })
  const scorer = await model.foldIn?.(fitted, train)
  if (!scorer) throw new Error('it folds in')
  const scores = await scoresOf(scorer, targets.keys(), items)
  const gains = targets.map((target, user) => {
    const rank = topItems(scores[user], [], 10).indexOf(target)
    return rank < 0 ? 0 : 1 / Math.log2(rank + 2)
  })
  return gains.reduce((sum, gain) => sum + gain, 0) / users
}

describe.each(readers)('%s', (_, model, params) => {
  test('learns what follows what', async () => {
    // One step through all items in a drawn order.
    const order = Array.from({ length: items }, (_, item) => (item * 17) % items)
    const rule = byRule((item) => order[(order.indexOf(item) + 1) % items])
    expect(await ndcg(model, rule, params)).toBeGreaterThan(0.97)
  })

  test.skipIf('loss' in params)('finds nothing where nothing follows from anything', async () => {
    const random = createRandom(9)
    const chance = Array.from({ length: 10 }, (_, rank) => 1 / Math.log2(rank + 2) / items).reduce((a, b) => a + b)
    // Of 160 users the mean is off by 0.02 at one standard deviation.
    expect(
      Math.abs(
        (await ndcg(
          model,
          byRule(() => random.integer(items)),
          params,
        )) - chance,
      ),
    ).toBeLessThan(0.07)
  })
})

describe.each(readers.filter(([, , params]) => !('loss' in params)))('%s reads', (_, model, params) => {
  const { train } = byRule((item) => (item + 1) % items)
  const few = { ...learning, ...params, epochs: 1, maximum_length: 4 }
  const read = async (rows: number[][]) => {
    const fitted = await fitModel(model, train, compute, { params: few })
    const scorer = await model.foldIn?.(fitted, interactionsOf(rows, items))
    if (!scorer) throw new Error('it folds in')
    return scoresOf(scorer, rows.keys(), items)
  }

  test('the most recent items, in their order, and nothing else', async () => {
    const [recent, longer, turned] = await read([
      [5, 9, 1, 7],
      [30, 31, 5, 9, 1, 7],
      [9, 5, 7, 1],
    ])
    expect(longer).toEqual(recent)
    if (params.user_tower !== 'mean') expect(turned).not.toEqual(recent)
  })
})

test('GRU4Rec reads the last session where sessions are cut', async () => {
  const { train } = byRule((item) => (item + 1) % items)
  const hours = Float64Array.from(train.itemIndices, (_, at) => 3600 * ((at % length) * 0.1))
  const timed = { ...train, timestamps: hours }
  const fitted = await fitModel(gru4rec, timed, compute, { params: { ...learning, epochs: 1, session_gap: 1 } })
  const history = interactionsOf(
    [
      [3, 4, 5, 6],
      [5, 6],
    ],
    items,
  )
  const times = (...all: number[]) => Float64Array.from(all, (hour) => hour * 3600)
  const scorer = await gru4rec.foldIn?.(fitted, { ...history, timestamps: times(0, 0.5, 2, 2.5, 0, 0.5) })
  if (!scorer) throw new Error('it folds in')
  const [cut, short] = await scoresOf(scorer, [0, 1], items)
  expect(cut).toEqual(short)
})

test('Transformer-MF adds the vector of the user to the state', async () => {
  const { train } = byRule((item) => (item + 1) % items)
  const fitted = await fitModel(transformerMf, train, compute, { params: { ...learning, epochs: 3 } })
  const [trained, fresh] = [await transformerMf.score?.(fitted, train), await transformerMf.foldIn?.(fitted, train)]
  const [ofUsers, ofItems] = [transformerMf.userVectors?.(fitted), transformerMf.itemVectors?.(fitted)]
  if (!trained || !fresh || !ofUsers || !ofItems) throw new Error('it has all of these')
  const [[with5], [without5]] = [await scoresOf(trained, [5], items), await scoresOf(fresh, [5], items)]
  for (let item = 0; item < items; item++) {
    let product = 0
    for (let at = 0; at < 32; at++) product += ofUsers.data[5 * 32 + at] * ofItems.data[item * 32 + at]
    expect(with5[item] - without5[item]).toBeCloseTo(product, 4)
  }
})
