import type { NamedArray, Tf, TfTensor } from '../../compute/tensorflow/tensorflow'
import { factorise, solveFactorised } from '../cholesky'
import { hearCancel } from '../hear-cancel'
import { downloaded, upload } from './device-scorer'
import type { Graph } from './graph'
import { linkedSums } from './links'

/** Vectors of one graph, and what was learned of its users, on the device. */
interface Learned {
  readonly graph: Graph
  /** Users x size: e^(0) / (layers + 1). */
  readonly ofUsers: TfTensor
  /** Items x size: what each item adds to the other layers of its users' vectors, but for 1 / sqrt of their number of items. */
  readonly shares: TfTensor
  /** Items x size. */
  readonly items: TfTensor
}

/** Of the mean of the diagonal: little against what many users say, enough where there are fewer than numbers to find. */
const ridge = 0.01

/**
 * What the vector of a new user is made of, both items x size: the sum of `item_shares` over the root of the number of
 * their items, and the mean of `item_averages`.
 *
 * The layers but the first are p_u = sum of s_i / sqrt(n), exactly. The first is taken to be what those of users with such
 * items are: (p_u, m_u) W, m_u the mean of y_i, W the ridge regression of e_u^(0) / (layers + 1) over the users of the graph.
 * A cancel is heard on the way: the reason of `signal` is thrown.
 */
export async function vectorsOfNewUsers(tf: Tf, learned: Learned, signal: AbortSignal) {
  const { shares, items, graph } = learned
  const { squares, targets } = await productsOf(tf, learned, signal)
  const map = await ridgeRegression(squares as NamedArray, targets as NamedArray, signal)
  return tf.tidy(() => {
    const [ofShares, ofMeans] = tf.split(upload(tf, { map }).map, 2)
    // Vectors of items that nobody has chosen are as they were drawn.
    const chosen = tf.mul(items, tf.cast(tf.greater(graph.ofItems, 0), 'float32'))
    return {
      item_shares: tf.add(shares, tf.matMul(shares as Matrix, ofShares as Matrix)),
      item_averages: tf.matMul(chosen as Matrix, ofMeans as Matrix),
    }
  })
}

type Matrix = ReturnType<Tf['tensor2d']>

/** Multiply-adds between two turns of the event loop. */
const productsInTurn = 2 ** 28
const solutionsInTurn = 2 ** 24

/** X'X and X'T over the users: X their sums of shares and means of items, T what was learned of them. */
async function productsOf(tf: Tf, { graph, ofUsers, shares, items }: Learned, signal: AbortSignal) {
  const inputs = tf.tidy(() => {
    const sums = tf.mul(linkedSums(tf, shares, graph.links), graph.ofUsers)
    const means = tf.mul(linkedSums(tf, items, graph.links), tf.square(graph.ofUsers))
    return tf.concat([sums, means], 1)
  })
  const [users, width = 1] = inputs.shape
  const [, size = 1] = ofUsers.shape
  const usersInTurn = Math.ceil(productsInTurn / (width * (width + size)))
  let products = { squares: tf.zeros([width, width]), targets: tf.zeros([width, size]) }
  try {
    for (let from = 0; from < users; from += usersInTurn) {
      await hearCancel(signal)
      const rows = (of: TfTensor) => tf.slice(of, from, Math.min(usersInTurn, users - from)) as Matrix
      const before = products
      products = tf.tidy(() => ({
        squares: tf.add(before.squares, tf.matMul(rows(inputs), rows(inputs), true)),
        targets: tf.add(before.targets, tf.matMul(rows(inputs), rows(ofUsers), true)),
      }))
      tf.dispose([before.squares, before.targets])
    }
    return await downloaded(products)
  } finally {
    tf.dispose([inputs, products.squares, products.targets])
  }
}

/** W of (X'X + r I) W = X'T, r a share of the mean of the diagonal; X'X is inputs x inputs, X'T inputs x outputs. */
async function ridgeRegression(squares: NamedArray, targets: NamedArray, signal: AbortSignal): Promise<NamedArray> {
  const [inputs, outputs] = targets.shape
  const matrix = Float64Array.from(squares.data)
  let trace = 0
  for (let at = 0; at < inputs; at++) trace += matrix[at * inputs + at]
  for (let at = 0; at < inputs; at++) matrix[at * inputs + at] += (ridge * trace) / inputs
  const columns = Array.from({ length: outputs }, (_, column) =>
    Float64Array.from({ length: inputs }, (_, row) => targets.data[row * outputs + column]),
  )
  await hearCancel(signal)
  const pivots = factorise(matrix, inputs)
  const columnsInTurn = Math.ceil(solutionsInTurn / inputs ** 2)
  for (const [at, column] of columns.entries()) {
    if (at % columnsInTurn === 0) await hearCancel(signal)
    solveFactorised(matrix, pivots, column)
  }
  const data = Float32Array.from(
    { length: inputs * outputs },
    (_, at) => columns[at % outputs][Math.floor(at / outputs)],
  )
  return { shape: [inputs, outputs], data }
}
