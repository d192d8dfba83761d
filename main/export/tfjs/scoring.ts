import type { DotForm, Layer, LayersForm, PairsForm, ScoringForm } from '../../models/form'
import type { Vectors } from '../../models/model'
import { createTfjsGraph, type TfjsGraph } from './graph'

/** What is never listed gets -infinity, which every backend adds alike, where not all know how to choose by conditions. */
const penalties = (known: Uint8Array) => Float32Array.from(known, (flag) => (flag === 1 ? 0 : Number.NEGATIVE_INFINITY))

/**
 * `user` int32 [batch] to `scores` [batch, items], or of models without users `history` [batch, items], 1 for the items in
 * it, to `scores`. Null where the form is of another kind.
 */
export function tfjsGraphOf({ users, histories }: ScoringForm): TfjsGraph | null {
  if (users?.kind === 'dot') return usersGraph(users.items.count, (graph, user) => scoreByVectors(graph, user, users))
  if (users?.kind === 'pairs')
    return usersGraph(users.first.items.count, (graph, user) => scoreByPairs(graph, user, users))
  return histories?.kind === 'layers' ? historyGraph(histories) : null
}

function usersGraph(items: number, score: (graph: TfjsGraph, user: string) => string): TfjsGraph {
  const graph = createTfjsGraph()
  const user = graph.input('user', 'DT_INT32', [-1])
  graph.output('scores', score(graph, user), [-1, items])
  return graph
}

function historyGraph({ layers, known }: LayersForm): TfjsGraph {
  const graph = createTfjsGraph()
  const history = graph.input('history', 'DT_FLOAT', [-1, known.length])
  const count = graph.operator('Sum', [history, graph.wholes(1)], { keep_dims: true })
  const root = graph.operator('Sqrt', [graph.operator('Maximum', [count, graph.number(1)])])
  const scores = applyLayers(graph, layers, graph.operator('RealDiv', [history, root]))
  // The logarithm of 0 items is -infinity, that of 1 or more, at most 1 counted, 0.
  const unknown = graph.operator('Log', [graph.operator('Minimum', [count, graph.number(1)])])
  graph.output('scores', add(graph, add(graph, scores, unknown), itemPenalties(graph, known)), [-1, known.length])
  return graph
}

const add = (graph: TfjsGraph, left: string, right: string) => graph.operator('AddV2', [left, right])

function matrixOf(graph: TfjsGraph, name: string, { count, dimensions, data }: Vectors): string {
  return graph.constant({ name, shape: [count, dimensions], data })
}

function rowsOf(graph: TfjsGraph, name: string, vectors: Vectors, user: string): string {
  return graph.operator('GatherV2', [matrixOf(graph, name, vectors), user, graph.wholes(0)])
}

function itemPenalties(graph: TfjsGraph, known: Uint8Array): string {
  return graph.constant({ name: 'item_penalty', shape: [1, known.length], data: penalties(known) })
}

/** Those of users and items, added to the scores. */
function penalise(graph: TfjsGraph, scores: string, user: string, known: PairsForm['known']): string {
  const all = { count: known.users.length, dimensions: 1, data: penalties(known.users) }
  const penalised = add(graph, scores, rowsOf(graph, 'user_penalty', all, user))
  return add(graph, penalised, itemPenalties(graph, known.items))
}

function scoreByVectors(graph: TfjsGraph, user: string, { users, items }: DotForm): string {
  const scores = products(graph, user, users, items)
  return penalise(graph, scores, user, { users: users.known, items: items.known })
}

function products(graph: TfjsGraph, user: string, users: Vectors, items: Vectors): string {
  const inputs = [rowsOf(graph, 'user_vectors', users, user), matrixOf(graph, 'item_vectors', items)]
  return graph.operator('MatMul', inputs, { transpose_a: false, transpose_b: true })
}

/** Every user with every item, a row for each pair. */
function scoreByPairs(graph: TfjsGraph, user: string, form: PairsForm): string {
  const { first, layers, known } = form
  const { count: items, dimensions } = first.items
  const half = graph.operator('ExpandDims', [rowsOf(graph, 'first_users', first.users, user), graph.wholes(1)])
  const start = graph.operator('Relu', [add(graph, half, matrixOf(graph, 'first_items', first.items))])
  const pairs = graph.operator('Reshape', [start, graph.wholes([-1, dimensions])])
  const judged = graph.operator('Reshape', [applyLayers(graph, layers, pairs), graph.wholes([-1, items])])
  const scores = form.products
    ? add(graph, judged, products(graph, user, form.products.users, form.products.items))
    : judged
  return penalise(graph, scores, user, known)
}

const bends: Record<Layer['bend'], string | null> = { none: null, relu: 'Relu', tanh: 'Tanh' }

/** The layers, one after the other; their weights are numbered from 1. */
function applyLayers(graph: TfjsGraph, layers: readonly Layer[], input: string): string {
  return layers.reduce((values, { weights, bias, bend }, at) => {
    const matrix = matrixOf(graph, `weights_${at + 1}`, weights)
    const row = graph.constant({ name: `bias_${at + 1}`, shape: [bias.length], data: bias })
    const sums = add(graph, graph.operator('MatMul', [values, matrix], { transpose_a: false, transpose_b: false }), row)
    const bent = bends[bend]
    return bent === null ? sums : graph.operator(bent, [sums])
  }, input)
}
