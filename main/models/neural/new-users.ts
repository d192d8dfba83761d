import type { NamedArray, Tf, TfTensor } from '../../compute/tensorflow/tensorflow'
import { solveSymmetric } from '../cholesky'
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
 */
export async function vectorsOfNewUsers(tf: Tf, { graph, ofUsers, shares, items }: Learned) {
  const products = tf.tidy(() => {
    const sums = tf.mul(linkedSums(tf, shares, graph.links), graph.ofUsers)
    const means = tf.mul(linkedSums(tf, items, graph.links), tf.square(graph.ofUsers))
    const inputs = tf.concat([sums, means], 1) as Matrix
    return { squares: tf.matMul(inputs, inputs, true), targets: tf.matMul(inputs, ofUsers as Matrix, true) }
  })
  const { squares, targets } = await downloaded(products)
  const map = ridgeRegression(squares as NamedArray, targets as NamedArray)
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

/** W of (X'X + r I) W = X'T, r a share of the mean of the diagonal; X'X is inputs x inputs, X'T inputs x outputs. */
function ridgeRegression(squares: NamedArray, targets: NamedArray): NamedArray {
  const [inputs, outputs] = targets.shape
  const matrix = Float64Array.from(squares.data)
  let trace = 0
  for (let at = 0; at < inputs; at++) trace += matrix[at * inputs + at]
  for (let at = 0; at < inputs; at++) matrix[at * inputs + at] += (ridge * trace) / inputs
  const columns = Array.from({ length: outputs }, (_, column) =>
    Float64Array.from({ length: inputs }, (_, row) => targets.data[row * outputs + column]),
  )
  solveSymmetric(matrix, inputs, columns)
  const data = Float32Array.from(
    { length: inputs * outputs },
    (_, at) => columns[at % outputs][Math.floor(at / outputs)],
  )
  return { shape: [inputs, outputs], data }
}
