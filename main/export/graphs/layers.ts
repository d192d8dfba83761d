import type { Layer, LayersForm, PairsForm } from '../../models/form'
import type { GraphBuilder } from './graph'
import { flagsOf, knownToSome, vectorsOf, whereListed } from './scoring'

const bends: Record<Layer['bend'], string | null> = { none: null, relu: 'Relu', tanh: 'Tanh' }

/** The layers, one after the other; their weights are numbered from 1, after a name that they share. */
export function applyLayers(graph: GraphBuilder, layers: readonly Layer[], input: string, name = ''): string {
  return layers.reduce((values, { weights, bias, bend }, at) => {
    const matrix = vectorsOf(graph, `${name}weights_${at + 1}`, weights)
    const row = graph.constant(`${name}bias_${at + 1}`, { type: 'float', shape: [bias.length], data: bias })
    const sums = graph.operator('Add', [graph.operator('MatMul', [values, matrix]), row])
    const bent = bends[bend]
    return bent === null ? sums : graph.operator(bent, [sums])
  }, input)
}

/** The root of the number of items of each history, 1 at least, [batch, 1]. */
export function rootCount(graph: GraphBuilder, history: string): string {
  const count = graph.operator('ReduceSum', [history, graph.wholes(1)], { keepdims: 1 })
  return graph.operator('Sqrt', [graph.operator('Max', [count, graph.number(1)])])
}

export function scoreByLayers(graph: GraphBuilder, { layers, known }: LayersForm, history: string): string {
  const input = graph.operator('Div', [history, rootCount(graph, history)])
  return whereListed(graph, knownToSome(graph, history, known), applyLayers(graph, layers, input))
}

/** Every user with every item: [batch, items, units] between the layers. */
export function scoreByPairs(graph: GraphBuilder, user: string, { products, first, layers, known }: PairsForm): string {
  const half = graph.operator('Gather', [vectorsOf(graph, 'first_users', first.users), user])
  const column = graph.operator('Unsqueeze', [half, graph.wholes(1)])
  const sums = graph.operator('Add', [column, vectorsOf(graph, 'first_items', first.items)])
  const made = applyLayers(graph, layers, graph.operator('Relu', [sums]))
  const judged = graph.operator('Squeeze', [made, graph.wholes(2)])
  const isKnown = graph.operator('Gather', [flagsOf(graph, 'user_known', known.users), user])
  const isListed = graph.operator('And', [
    graph.operator('Unsqueeze', [isKnown, graph.wholes(1)]),
    flagsOf(graph, 'item_known', known.items),
  ])
  if (!products) return whereListed(graph, isListed, judged)
  const vectors = graph.operator('Gather', [vectorsOf(graph, 'user_vectors', products.users), user])
  const columns = vectorsOf(graph, 'item_vectors', products.items)
  const dots = graph.operator('Gemm', [vectors, columns], { transB: 1 })
  return whereListed(graph, isListed, graph.operator('Add', [judged, dots]))
}
