import type { LossTools } from '../../compute/tensorflow/step'
import type { NamedArrays, Tf, TfTensor } from '../../compute/tensorflow/tensorflow'
import type { Layer, PairsForm } from '../form'
import type { FittedModel, Scorer, Vectors } from '../model'
import { deviceScorer, upload } from './device-scorer'
import { knownOf, rowsOf } from './log-loss'
import { perceptron } from './perceptron'

/** What a pair's score is made of, each part left out where the network has none. */
export interface PairParts {
  /** Vectors whose dot product counts. */
  readonly products?: { readonly users: TfTensor; readonly items: TfTensor }
  /** Halves of the first layer of a perceptron of `layers` layers, and its weights. */
  readonly perceptron?: { readonly users: TfTensor; readonly items: TfTensor; readonly layers: number }
}

/** Items whose hidden units are there at a time. */
const itemsAtATime = 8192

/** Scores pairs of all users and items; `parts` gives them from the model's weights. */
export function pairScorer(
  fitted: FittedModel,
  parts: (tf: Tf, weights: Record<string, TfTensor>) => PairParts,
): Promise<Scorer> {
  const known = knownOf(fitted.tensors)
  return deviceScorer(fitted.compute, known, (tf) => {
    const weights = tf.tidy(() => upload(tf, fitted.tensors))
    const made = tf.tidy(() => {
      const { products, perceptron } = parts(tf, weights)
      return {
        users: perceptron?.users,
        slices: perceptron ? slicesOf(tf, perceptron.items) : [],
        layers: perceptron?.layers ?? 0,
        factors: products?.users,
        columns: products && tf.transpose(products.items),
      }
    })
    const { users, slices, layers, factors, columns } = made
    const hidden = users?.shape[1] ?? 0
    const items = known.items.length
    return {
      numbersOfUser: items + Math.min(items, itemsAtATime) * hidden,
      held: [...Object.values(weights), ...slices, ...[users, factors, columns].filter((each) => each !== undefined)],
      scores(wanted) {
        const rows = tf.tensor1d(Int32Array.from(wanted), 'int32')
        const parts: TfTensor[] = []
        if (factors && columns) parts.push(tf.matMul(tf.gather(factors, rows), columns))
        if (users) parts.push(perceptronScores(tf, weights, tf.gather(users, rows), slices, layers))
        return parts.length === 1 ? parts[0] : tf.addN(parts)
      },
    }
  })
}

/** The same arithmetic written down; `halves`: what users and items give the first layer, the bias with the users. */
export function pairsForm(
  tensors: NamedArrays,
  halves: PairsForm['first'],
  products: PairsForm['products'],
  layers: number,
): PairsForm {
  const layer = (name: string, bend: Layer['bend']): Layer => ({
    weights: rowsOf(tensors, `${name}_weights`),
    bias: tensors[`${name}_bias`].data as Float32Array,
    bend,
  })
  const hidden = Array.from({ length: layers - 1 }, (_, at) => layer(`layer${at + 2}`, 'relu'))
  return {
    kind: 'pairs',
    products,
    first: halves,
    layers: [...hidden, layer('output', 'none')],
    known: knownOf(tensors),
  }
}

/** The product of two matrices, with a row added to each of its rows. */
export function multiplied(left: Vectors, right: Vectors, bias?: NamedArrays[string]): Vectors {
  const data = new Float32Array(left.count * right.dimensions)
  for (let row = 0; row < left.count; row++) {
    for (let column = 0; column < right.dimensions; column++) {
      let sum = bias ? bias.data[column] : 0
      for (let at = 0; at < left.dimensions; at++) {
        sum += left.data[row * left.dimensions + at] * right.data[at * right.dimensions + column]
      }
      data[row * right.dimensions + column] = sum
    }
  }
  return { count: left.count, dimensions: right.dimensions, data }
}

function slicesOf(tf: Tf, items: TfTensor): TfTensor[] {
  const [count, units] = items.shape
  const slices: TfTensor[] = []
  for (let from = 0; from < count; from += itemsAtATime) {
    slices.push(tf.slice(items, [from, 0], [Math.min(itemsAtATime, count - from), units]))
  }
  return slices
}

function perceptronScores(
  tf: Tf,
  weights: Record<string, TfTensor>,
  users: TfTensor,
  slices: readonly TfTensor[],
  layers: number,
): TfTensor {
  const [count, units] = users.shape
  const tools: LossTools = { tf, dropout: (x) => x }
  const blocks = slices.map((items) => {
    const first = tf.reshape(tf.add(tf.expandDims(users, 1), tf.expandDims(items, 0)), [-1, units])
    return tf.reshape(perceptron(tools, weights, first, layers), [count, items.shape[0]])
  })
  return blocks.length === 1 ? blocks[0] : tf.concat(blocks, 1)
}
