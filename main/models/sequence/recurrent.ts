import type { LossTools, TfTensors } from '../../compute/tensorflow/step'
import type { NamedArrays, Tf, TfTensor } from '../../compute/tensorflow/tensorflow'
import { glorot, zeros } from '../neural/initial'
import type { Random } from '../random'
import type { Encoder } from './encoder'
import { linear } from './layers'

/** What a cell hands from one place to the next; the first is its output. */
type CellState = readonly TfTensor[]

interface Cell {
  /** Blocks of numbers that a place's input, and the state, are multiplied into. */
  readonly gates: number
  /** Numbers beside the output that are handed on. */
  readonly memories: number
  /** Each gate [rows, size]: from the input, and from the state before. */
  step(tf: Tf, input: TfTensor[], recurrent: TfTensor[], before: CellState): CellState
}

/** h' = (1 - z) n + z h with r, z = sigmoid(input + state) and n = tanh(input + r state) (Cho et al. 2014). */
export const gruCell: Cell = {
  gates: 3,
  memories: 0,
  step(tf, [inReset, inUpdate, inNew], [reset, update, fresh], [before]) {
    const kept = tf.sigmoid(tf.add(inUpdate, update))
    const proposed = tf.tanh(tf.add(inNew, tf.mul(tf.sigmoid(tf.add(inReset, reset)), fresh)))
    return [tf.add(proposed, tf.mul(kept, tf.sub(before, proposed)))]
  },
}

/** c' = sigmoid(f) c + sigmoid(i) tanh(g), h' = sigmoid(o) tanh(c') (Hochreiter and Schmidhuber 1997, Gers et al. 2000). */
export const lstmCell: Cell = {
  gates: 4,
  memories: 1,
  step(tf, input, recurrent, [, memory]) {
    const [admit, keep, fresh, show] = input.map((gate, at) => tf.add(gate, recurrent[at]))
    const next = tf.add(tf.mul(tf.sigmoid(keep), memory), tf.mul(tf.sigmoid(admit), tf.tanh(fresh)))
    return [tf.mul(tf.sigmoid(show), tf.tanh(next)), next]
  },
}

/** Reads items one after the other, from a state of zeros. */
export function recurrent(cell: Cell, dropout: number): Encoder {
  return {
    weights: (size, _, random) => recurrentWeights(cell, size, random),
    states(tools, weights, items) {
      const { tf } = tools
      const outputs = run(tools.tf, cell, weights, tools.dropout(items, dropout))
      return linear(tf, tools.dropout(outputs, dropout), weights.out, weights.out_bias)
    },
  }
}

function recurrentWeights({ gates }: Cell, size: number, random: Random): NamedArrays {
  const squares = (name: string) => {
    const data = new Float32Array(size * gates * size)
    for (let gate = 0; gate < gates; gate++) {
      const square = glorot([size, size], random.derive(`${name} ${gate}`)).data
      for (let row = 0; row < size; row++) {
        data.set(square.subarray(row * size, (row + 1) * size) as Float32Array, row * gates * size + gate * size)
      }
    }
    return { shape: [size, gates * size], data }
  }
  return {
    input: squares('input'),
    input_bias: zeros([gates * size]),
    recurrent: squares('recurrent'),
    recurrent_bias: zeros([gates * size]),
    out: glorot([size, size], random.derive('out')),
    out_bias: zeros([size]),
  }
}

/** The output at each place, [rows, places, size]. Inputs of all places are multiplied at once. */
function run(tf: Tf, cell: Cell, weights: TfTensors, items: TfTensor): TfTensor {
  const [rows, , size] = items.shape
  const multiplied = tf.transpose(linear(tf, items, weights.input, weights.input_bias), [1, 0, 2])
  let state: CellState = Array.from({ length: 1 + cell.memories }, () => tf.zeros([rows, size]))
  const outputs = tf.unstack(multiplied).map((input) => {
    const before = tf.add(tf.matMul(state[0], weights.recurrent), weights.recurrent_bias)
    state = cell.step(tf, tf.split(input, cell.gates, 1), tf.split(before, cell.gates, 1), state)
    return state[0]
  })
  return tf.transpose(tf.stack(outputs), [1, 0, 2])
}

/** The mean of the items so far, through two layers. */
export function meanOfItems(dropout: number): Encoder {
  return {
    weights: (size, _, random) => ({
      inner: glorot([size, size], random.derive('inner')),
      inner_bias: zeros([size]),
      out: glorot([size, size], random.derive('out')),
      out_bias: zeros([size]),
    }),
    states(tools: LossTools, weights: TfTensors, items: TfTensor) {
      const { tf } = tools
      const means = meansSoFar(tf, items)
      const inner = tf.tanh(linear(tf, tools.dropout(means, dropout), weights.inner, weights.inner_bias))
      return tf.add(means, linear(tf, inner, weights.out, weights.out_bias))
    },
  }
}

/** At each place the mean of the vectors up to it, [rows, places, size]. */
export function meansSoFar(tf: Tf, items: TfTensor): TfTensor {
  const [rows, places, size] = items.shape
  const shares = new Float32Array(places * places)
  for (let place = 0; place < places; place++) shares.fill(1 / (place + 1), place * places, place * places + place + 1)
  const byPlace = tf.reshape(tf.transpose(items, [1, 0, 2]), [places, rows * size])
  const means = tf.matMul(tf.tensor(shares, [places, places]), byPlace)
  return tf.transpose(tf.reshape(means, [places, rows, size]), [1, 0, 2])
}
