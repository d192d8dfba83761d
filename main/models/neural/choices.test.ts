import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createCompute } from '../../compute/create'
import type { Model, Parameters } from '../model'
import { presence, transpose } from '../sparse'
import { fitModel, interactionsOf, scoresOf } from '../testing'
import { deepMf, logitsOf, openRows } from './deep-mf'
import { gmf } from './gmf'
import { logLoss } from './log-loss'
import { mlp } from './mlp'
import { neumf } from './neumf'
import { affine, descend, dot, drawn, expectLoss, logLossOf, type Plain, plainOf, relu, rowOf } from './testing'

let compute: Awaited<ReturnType<typeof createCompute>>
beforeAll(async () => {
  compute = await createCompute({ threads: 1 })
})
afterAll(() => compute.close())

/** Everyone has all items but one, so that what is drawn beside a choice is known. */
const histories = [
  [0, 1, 2],
  [1, 2, 3],
  [0, 2, 3],
  [0, 1, 3],
  [0, 1, 2],
]
const items = [0, 1, 2, 3]
const train = interactionsOf(histories, items.length)
const users = [...histories.keys()]
const size = 3
const small = { embedding_size: size, negatives: 1, batch_size: 100 }

type Logit = (weights: Plain, user: number, item: number, isShown: boolean) => number

/** Mean log loss of all choices and of the one other item beside each. */
const lossOf = (logit: Logit) => (weights: Plain) => {
  const losses = histories.flatMap((history, user) => {
    const other = items.filter((item) => !history.includes(item))[0]
    return history.flatMap((item) => [
      logLossOf(logit(weights, user, item, false), 1),
      logLossOf(logit(weights, user, other, false), 0),
    ])
  })
  return losses.reduce((sum, loss) => sum + loss, 0) / losses.length
}

function layersOf(weights: Plain, first: number[]): number {
  let units = relu(first)
  for (let layer = 2; weights[`layer${layer}_bias`]; layer++) {
    units = relu(affine(units, weights[`layer${layer}_weights`], weights[`layer${layer}_bias`]))
  }
  return affine(units, weights.output_weights, weights.output_bias)[0]
}

function perceptronOf(weights: Plain, user: number[], item: number[]): number {
  const both = [...weights.layer1_users, ...weights.layer1_items]
  return layersOf(weights, affine([...user, ...item], both, weights.layer1_bias))
}

const product = (a: number[], b: number[], weights: number[]) =>
  a.reduce((sum, x, at) => sum + x * b[at] * weights[at], 0)

/** A tower of Xue et al. on one row, without the entry that is judged. */
function towerOf(weights: Plain, side: 'user' | 'item', row: number[], except: number | null): number[] {
  const input = Array.from({ length: side === 'user' ? items.length : users.length }, (_, at) =>
    row.includes(at) && at !== except ? 1 / Math.sqrt(row.length) : 0,
  )
  let units = affine(input, weights[`${side}_layer1_weights`], weights[`${side}_layer1_bias`])
  for (let layer = 2; weights[`${side}_layer${layer}_bias`]; layer++) {
    units = affine(relu(units), weights[`${side}_layer${layer}_weights`], weights[`${side}_layer${layer}_bias`])
  }
  return units
}

function deepLogit(weights: Plain, user: number, item: number, isShown: boolean): number {
  const column = users.filter((each) => histories[each].includes(item))
  const x = towerOf(weights, 'user', histories[user], isShown ? null : item)
  const y = towerOf(weights, 'item', column, isShown ? null : user)
  return (weights.scale[0] * dot(x, y)) / Math.sqrt(dot(x, x) * dot(y, y)) + weights.bias[0]
}

const cases: { model: Model; params: Parameters; logit: Logit; rate?: number }[] = [
  {
    model: gmf,
    params: {},
    logit: (w, u, i) => product(rowOf(w.users, u, size), rowOf(w.items, i, size), w.output) + w.bias[0],
  },
  {
    model: mlp,
    params: { hidden_size: 6, layers: 3 },
    logit: (w, u, i) => perceptronOf(w, rowOf(w.users, u, size), rowOf(w.items, i, size)),
  },
  {
    model: neumf,
    params: { hidden_size: 5, layers: 2 },
    logit: (w, u, i) =>
      product(rowOf(w.product_users, u, size), rowOf(w.product_items, i, size), w.product_weights) +
      perceptronOf(w, rowOf(w.layer_users, u, size), rowOf(w.layer_items, i, size)),
  },
  { model: deepMf, params: { hidden_size: 16, layers: 1 }, logit: deepLogit, rate: 0.01 },
]

describe.each(cases)('$model.id', ({ model, params, logit, rate = 0.05 }) => {
  const learn = async (more: Parameters) => {
    const losses: number[] = []
    const report = ({ values }: { values?: Readonly<Record<string, number>> }) => {
      if (values) losses.push(values.loss)
    }
    const fitted = await fitModel(model, train, compute, { params: { ...small, ...params, ...more }, report })
    return { fitted, losses }
  }

  test('its first losses are those of plain loops, differences and Adam', async () => {
    // One step of the smallest size leaves the weights as they were drawn.
    const { fitted } = await learn({ epochs: 1, learning_rate: 0.000001 })
    const names = Object.keys(fitted.tensors).filter((name) => !/_known$|_factors$/.test(name))
    const start = plainOf(fitted.tensors, names)
    const { losses } = await learn({ epochs: 4, learning_rate: rate })
    const expected = descend(lossOf(logit), start, rate, 4)
    losses.forEach((loss, at) => {
      // Adam makes as much of a gradient that is nothing but rounding as of any other.
      expect(Math.abs(loss - expected[at])).toBeLessThan(2e-4)
    })
    expect(expected[3]).toBeLessThan(expected[0] - 0.0002)
  })

  test('its scores are the logits', async () => {
    const { fitted } = await learn({ epochs: 5, learning_rate: 0.02 })
    const scores = await scoresOf((await model.score?.(fitted, train)) as never, users, items.length)
    const weights = plainOf(fitted.tensors)
    for (const user of users) {
      for (const item of items) expect(scores[user][item]).toBeCloseTo(logit(weights, user, item, true), 4)
    }
  })
})

test('the gradients of Deep MF are those of differences', async () => {
  const tensorflow = await compute.tensorflow()
  const { tf } = tensorflow
  const matrix = presence(train)
  const rows = { user: openRows(tf, matrix), item: openRows(tf, transpose(matrix)) }
  const pairs = histories.flatMap((history, user) =>
    items.map((item) => ({ user, item, label: history.includes(item) ? 1 : 0 })),
  )
  const column = (name: 'user' | 'item') => ({
    shape: [pairs.length],
    data: Int32Array.from(pairs, (pair) => pair[name]),
  })
  const labels = { shape: [pairs.length], data: Float32Array.from(pairs, ({ label }) => label) }
  const tower = (side: string, inputs: number) => ({
    [`${side}_layer1_weights`]: [inputs, 4],
    [`${side}_layer1_bias`]: [4],
    [`${side}_layer2_weights`]: [4, size],
    [`${side}_layer2_bias`]: [size],
  })
  await expectLoss(
    tensorflow,
    (tools, weights, batch) =>
      logLoss(tf, logitsOf(tools, weights, batch, rows, { layers: 1, dropout: 0 }), batch.labels),
    drawn({ ...tower('user', items.length), ...tower('item', users.length), scale: [1], bias: [1] }),
    { users: column('user'), items: column('item'), labels },
    (weights) => {
      const losses = pairs.map(({ user, item, label }) => logLossOf(deepLogit(weights, user, item, false), label))
      return losses.reduce((sum, loss) => sum + loss, 0) / losses.length
    },
  )
  rows.user.close()
  rows.item.close()
})
