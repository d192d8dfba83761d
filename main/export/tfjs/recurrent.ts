import type { RecurrentNetwork } from '../graphs/graph'
import { applyLayers } from '../graphs/layers'
import { type Nodes, type Place, paddings, size } from './operators'

/** What is handed from one place to the next; the first is the output. */
type States = readonly string[]

/**
 * TensorFlow.js has no operator for it, and loops of a graph run in `executeAsync` alone, never in `predict`. So the steps stand
 * in the graph one after another, `most` of them, over inputs that zeros fill up. Inputs of all places are multiplied at once.
 */
export function recurrentByStep(
  place: Place,
  { cell, input, before }: RecurrentNetwork,
  vectors: string,
  most: number,
): string {
  const { graph, nodes } = place
  const { count } = before.weights
  const zeros = graph.constant('state', { type: 'float', shape: [1, count], data: new Float32Array(count) })
  let states: States = cell === 'gru' ? [zeros] : [zeros, zeros]
  const outputs = stepsOf(place, applyLayers(graph, [input], vectors, 'input/'), most).map((given) => {
    states = cells[cell](place, given, applyLayers(graph, [before], states[0], 'before/'), states)
    return states[0]
  })
  return nodes.add('Pack', outputs, { axis: { i: 1 }, N: { i: most } })
}

/** The numbers of each of the first `most` places; there may be fewer. */
function stepsOf({ graph, nodes }: Place, value: string, most: number): string[] {
  const longer = nodes.add('Pad', [value, paddings(graph, [0, 0, 0, most, 0, 0])])
  const cut = nodes.add('Slice', [longer, graph.wholes(0, 0, 0), graph.wholes(-1, most, -1)])
  return outputsOf(nodes.add('Unpack', [cut], { axis: { i: 1 }, num: { i: most } }), most)
}

const outputsOf = (node: string, count: number) =>
  Array.from({ length: count }, (_, at) => (at === 0 ? node : `${node}:${at}`))

function gatesOf({ graph, nodes }: Place, value: string, count: number): string[] {
  return outputsOf(nodes.add('Split', [size(graph, 1), value], { num_split: { i: count } }), count)
}

/** The next states, of the gates that the input and the output before make, [batch, gates x size]. */
const cells: Record<RecurrentNetwork['cell'], (place: Place, given: string, handed: string, before: States) => States> =
  {
    gru(place, given, handed, [before]) {
      const { add, sigmoid, tanh, times } = wordsOf(place.nodes)
      const [reset, update, fresh] = gatesOf(place, given, 3)
      const [ownReset, ownUpdate, ownFresh] = gatesOf(place, handed, 3)
      const proposed = tanh(add(fresh, times(sigmoid(add(reset, ownReset)), ownFresh)))
      const kept = sigmoid(add(update, ownUpdate))
      return [add(proposed, times(kept, place.nodes.add('Sub', [before, proposed])))]
    },
    lstm(place, given, handed, [, memory]) {
      const { add, sigmoid, tanh, times } = wordsOf(place.nodes)
      const [admit, keep, fresh, show] = gatesOf(place, add(given, handed), 4)
      const next = add(times(sigmoid(keep), memory), times(sigmoid(admit), tanh(fresh)))
      return [times(sigmoid(show), tanh(next)), next]
    },
  }

const wordsOf = (nodes: Nodes) => ({
  add: (left: string, right: string) => nodes.add('AddV2', [left, right]),
  times: (left: string, right: string) => nodes.add('Mul', [left, right]),
  sigmoid: (value: string) => nodes.add('Sigmoid', [value]),
  tanh: (value: string) => nodes.add('Tanh', [value]),
})
