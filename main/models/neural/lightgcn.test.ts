import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import { createCompute } from '../../compute/create'
import type { Tensorflow } from '../../compute/tensorflow/tensorflow'
import type { Checkpoint } from '../checkpoint'
import { presence } from '../sparse'
import { fitModel, interactionsOf, keptCheckpoints, scoresOf, topItems } from '../testing'
import { openGraph, spread } from './graph'
import { bprLoss, lightgcn } from './lightgcn'
import { vectorsOfNewUsers } from './new-users'
import { dot, drawn, expectLoss, logLossOf, type Plain, plainOf, rowOf } from './testing'

vi.mock('./new-users', { spy: true })
beforeEach(() => void vi.mocked(vectorsOfNewUsers).mockClear())

let compute: Awaited<ReturnType<typeof createCompute>>
let tensorflow: Tensorflow
beforeAll(async () => {
  compute = await createCompute({ threads: 1 })
  tensorflow = await compute.tensorflow()
})
afterAll(() => compute.close())

/** User 3 has nothing, and nobody has item 4, the last one. */
const histories = [[0, 1], [1, 2, 3], [0, 3], []]
const size = 3
const layers = 3
const users = [0, 1, 2, 3]
const items = [0, 1, 2, 3, 4]
const train = interactionsOf(histories, items.length)

const shapes = { users: [users.length, size], items: [items.length, size] }

const choosersOf = (item: number) => users.filter((user) => histories[user].includes(item))

/** The means over layers, in loops over who has chosen what; `early` are the items' layers before the last. */
function spreadPlainly(weights: Plain) {
  const table = (values: number[], rows: number[]) => rows.map((row) => rowOf(values, row, size))
  let layer = { users: table(weights.users, users), items: table(weights.items, items) }
  const all = [layer]
  for (let step = 0; step < layers; step++) {
    const before = layer
    const sum = (rows: number[][]) =>
      Array.from({ length: size }, (_, at) => rows.reduce((total, row) => total + row[at], 0))
    const share = (user: number, item: number) => 1 / Math.sqrt(histories[user].length * choosersOf(item).length)
    layer = {
      users: users.map((user) =>
        sum(histories[user].map((item) => before.items[item].map((x) => x * share(user, item)))),
      ),
      items: items.map((item) =>
        sum(choosersOf(item).map((user) => before.users[user].map((x) => x * share(user, item)))),
      ),
    }
    all.push(layer)
  }
  const mean = (side: 'users' | 'items') =>
    all[0][side].map((row, at) =>
      row.map((_, c) => all.reduce((total, each) => total + each[side][at][c], 0) / all.length),
    )
  return { users: mean('users'), items: mean('items'), early: all.slice(0, -1).map((each) => each.items) }
}

test('vectors spread as loops over the graph say', () => {
  const weights = drawn(shapes)
  const expected = spreadPlainly(plainOf(weights))
  const { tf } = tensorflow
  const graph = openGraph(tf, { histories: presence(train) })
  const tensor = (name: 'users' | 'items') => tf.tensor(weights[name].data as Float32Array, [...weights[name].shape])
  const found = tf.tidy(() => {
    const all = spread(tf, graph, tensor('users'), tensor('items'), layers)
    return [all.users, all.items, ...all.early].map((each) => each.arraySync() as number[][])
  })
  graph.close()
  const wanted = [expected.users, expected.items, ...expected.early]
  found.forEach((rows, at) => {
    rows.flat().forEach((value, place) => {
      expect(value).toBeCloseTo(wanted[at].flat()[place], 5)
    })
  })
})

test('its loss and gradients are those of loops and differences', async () => {
  const { tf } = tensorflow
  const graph = openGraph(tf, { histories: presence(train) })
  const triples = [
    [0, 1, 3],
    [1, 2, 0],
    [2, 3, 1],
  ]
  const regularization = 0.3
  const column = (at: number) => ({ shape: [triples.length], data: Int32Array.from(triples, (triple) => triple[at]) })
  const batch = { users: column(0), chosen: column(1), drawn: column(2) }
  const plain = (weights: Plain) => {
    const means = spreadPlainly(weights)
    const losses = triples.map(([user, chosen, other]) => {
      const difference = dot(means.users[user], means.items[chosen]) - dot(means.users[user], means.items[other])
      const own = [rowOf(weights.users, user, size), ...[chosen, other].map((item) => rowOf(weights.items, item, size))]
      return logLossOf(difference, 1) + (regularization / 2) * own.reduce((sum, row) => sum + dot(row, row), 0)
    })
    return losses.reduce((sum, loss) => sum + loss, 0) / losses.length
  }
  await expectLoss(
    tensorflow,
    (tools, weights, given) => bprLoss(tools, weights, given, graph, { layers, regularization }),
    drawn(shapes),
    batch,
    plain,
  )
  graph.close()
})

/** X of matrix X = sides, by elimination without pivots. */
function eliminated(matrix: number[][], sides: number[][]): number[][] {
  const rows = matrix.map((row, at) => [...row, ...sides[at]])
  rows.forEach((pivot, at) => {
    for (const [other, row] of rows.entries()) {
      if (other === at) continue
      const factor = row[at] / pivot[at]
      row.forEach((_, column) => {
        row[column] -= factor * pivot[column]
      })
    }
  })
  return rows.map((row, at) => row.slice(matrix.length).map((value) => value / row[at]))
}

const columns = Array.from({ length: size }, (_, at) => at)

/** Of a history the sums of its items' shares over the root of their number, and the mean of their vectors; item 4 has none. */
function inputsOf({ items: vectors, early }: ReturnType<typeof spreadPlainly>, history: number[]): number[] {
  const chosen = history.filter((item) => item !== 4)
  const shareOf = (item: number, at: number) => {
    const sum = early.reduce((total, layer) => total + layer[item][at], 0)
    return sum / (layers + 1) / Math.sqrt(choosersOf(item).length)
  }
  const sum = (of: (item: number) => number) => chosen.reduce((total, item) => total + of(item), 0)
  return [
    ...columns.map((at) => sum((item) => shareOf(item, at)) / Math.sqrt(history.length)),
    ...columns.map((at) => sum((item) => vectors[item][at]) / history.length),
  ]
}

/** The ridge regression of what training learned of each user on the inputs of their histories. */
function regression(weights: Plain, spreadTo: ReturnType<typeof spreadPlainly>): number[][] {
  const taught = [0, 1, 2].map((user) => ({
    inputs: inputsOf(spreadTo, histories[user]),
    own: rowOf(weights.users, user, size).map((value) => value / (layers + 1)),
  }))
  const products = (of: (user: (typeof taught)[number]) => number[]) =>
    taught[0].inputs.map((_, row) =>
      of(taught[0]).map((_, at) => taught.reduce((sum, user) => sum + user.inputs[row] * of(user)[at], 0)),
    )
  const squares = products(({ inputs }) => inputs)
  const trace = squares.reduce((sum, row, at) => sum + row[at], 0)
  squares.forEach((row, at) => {
    row[at] += (0.01 * trace) / squares.length
  })
  return eliminated(
    squares,
    products(({ own }) => own),
  )
}

test('a new user gets what spreading gives, and what users with such items have learned beside it', async () => {
  const kept: Checkpoint[] = []
  const params = { epochs: 4, embedding_size: size, batch_size: 8 }
  const fitted = await fitModel(lightgcn, train, compute, { params, checkpoints: keptCheckpoints(kept) })
  const learned = kept.at(-1)?.tensors ?? {}
  const weights = plainOf({ users: learned['weights/users'], items: learned['weights/items'] })
  const spreadTo = spreadPlainly(weights)
  const map = regression(weights, spreadTo)
  for (const history of [
    [0, 2, 3],
    [1, 4],
  ]) {
    const inputs = inputsOf(spreadTo, history)
    const vector = columns.map((at) => inputs[at] + map.reduce((sum, row, input) => sum + inputs[input] * row[at], 0))
    const folded = await lightgcn.foldIn?.(fitted, interactionsOf([history], items.length))
    const [scores] = await scoresOf(folded as never, [0], items.length)
    for (const item of [0, 1, 2, 3]) expect(scores[item]).toBeCloseTo(dot(vector, spreadTo.items[item]), 5)
    expect(scores[4]).toBeNaN()
  }
})

test('what new users take is made once, at the end, unless users who are held out judge it', async () => {
  const params = { epochs: 3, embedding_size: size, batch_size: 8, early_stopping: 'ndcg@10', validate_every: 1 }
  const judge = async () => ({ 'ndcg@10': 0.5 })
  await fitModel(lightgcn, train, compute, { params, judge })
  expect(vectorsOfNewUsers).toHaveBeenCalledTimes(1)
  await fitModel(lightgcn, train, compute, { params, judge, judged: train })
  expect(vectorsOfNewUsers).toHaveBeenCalledTimes(5)
})

test('a cancel is heard while what new users take is made', async () => {
  const stop = new AbortController()
  vi.mocked(vectorsOfNewUsers).mockImplementationOnce(async (...given) => {
    const { vectorsOfNewUsers: own } = await vi.importActual<typeof import('./new-users')>('./new-users')
    setImmediate(() => stop.abort(new Error('enough')))
    return own(...given)
  })
  const params = { epochs: 1, embedding_size: 64 }
  await expect(fitModel(lightgcn, train, compute, { params, signal: stop.signal })).rejects.toThrow('enough')
})

/** Chains of users: each shares one item with the next of the same chain, so that only steps through the graph tell chains apart. */
function chains(count: number, length: number) {
  const rows = Array.from({ length: count * length }, (_, user) => [
    user + Math.floor(user / length),
    user + 1 + Math.floor(user / length),
  ])
  return { train: interactionsOf(rows, count * (length + 1)), rows, length }
}

test('it finds items two steps away, which no one has beside one of the user', async () => {
  const { train: chain, rows, length } = chains(16, 3)
  const params = { epochs: 20, batch_size: 64, learning_rate: 0.02, embedding_size: 32 }
  const fitted = await fitModel(lightgcn, chain, compute, { params })
  const scores = await scoresOf((await lightgcn.score?.(fitted, chain)) as never, rows.keys(), chain.items)
  // All that is left of a user's own chain comes before all other items.
  const shares = rows.map((row, user) => {
    const first = Math.floor(user / length) * (length + 1)
    const best = topItems(scores[user], row, length - 1)
    return best.filter((item) => item >= first && item <= first + length).length / (length - 1)
  })
  expect(shares.reduce((sum, share) => sum + share, 0) / shares.length).toBeGreaterThan(0.95)
})
