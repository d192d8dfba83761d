import type { Layer } from '../../models/form'
import type { Vectors } from '../../models/model'
import type { GraphBuilder, RecurrentNetwork } from '../graphs/graph'

/** Where the operators of ONNX have each gate of the models'. */
const gates = { gru: { operator: 'GRU', order: [1, 0, 2] }, lstm: { operator: 'LSTM', order: [0, 3, 1, 2] } } as const

/** ONNX has the operators; they want the places first, and the gates in another order and transposed. */
export function recurrentByOperator(
  graph: GraphBuilder,
  { cell, input, before }: RecurrentNetwork,
  vectors: string,
): string {
  const size = before.weights.count
  const { operator, order } = gates[cell]
  const matrix = (name: string, { weights }: Layer) => {
    const shape = [1, order.length * size, weights.count]
    return graph.constant(name, { type: 'float', shape, data: gatesOf(weights, size, order) })
  }
  const biases = Float32Array.from([input, before].flatMap(({ bias }) => [...inOrder(bias, size, order)]))
  const bias = graph.constant('biases', { type: 'float', shape: [1, biases.length], data: biases })
  const byPlace = graph.operator('Transpose', [vectors], { perm: [1, 0, 2] })
  const given = [byPlace, matrix('weights_input', input), matrix('weights_before', before), bias]
  const states = graph.operator(operator, given, {
    hidden_size: size,
    ...(cell === 'gru' && { linear_before_reset: 1 }),
  })
  return graph.operator('Transpose', [graph.operator('Squeeze', [states, graph.wholes(1)])], { perm: [1, 0, 2] })
}

function inOrder(numbers: Float32Array, size: number, order: readonly number[]): Float32Array {
  return Float32Array.from(order.flatMap((gate) => [...numbers.subarray(gate * size, (gate + 1) * size)]))
}

/** A row for each number of the gates, in the operator's order. */
function gatesOf({ count, dimensions, data }: Vectors, size: number, order: readonly number[]): Float32Array {
  const rows = new Float32Array(count * dimensions)
  for (let row = 0; row < count; row++) {
    inOrder(data.subarray(row * dimensions, (row + 1) * dimensions), size, order).forEach((weight, at) => {
      rows[at * count + row] = weight
    })
  }
  return rows
}
