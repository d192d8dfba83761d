import {
  type DotForm,
  type HistoryForm,
  type ItemNeighboursForm,
  type ItemWeightsForm,
  itemsOf,
  type KnownVectors,
  type NeighbourHistoriesForm,
  type ProjectionForm,
  takesRatings,
  type UsersForm,
} from '../../models/form'
import type { Vectors } from '../../models/model'
import { scoreByFusion } from './fusion'
import type { Description, GraphBuilder } from './graph'
import { rootCount, scoreByLayers, scoreByPairs } from './layers'
import { scoreByLeastSquares } from './least-squares'
import { scoreBySequence } from './sequences'

/**
 * Scores as an output `scores` [batch, items]; what is never listed gets -infinity. Of the inputs the graph has those that
 * the form reads:
 *
 * `user` int64 [batch], the place of each user;
 * `history` float [batch, items], 1 for each item in it and 0 elsewhere, and where ratings matter `ratings` beside it;
 * `items` int64 [batch, length] where the order matters, as `sequences.ts` has it.
 */
export function scoring(form: UsersForm | HistoryForm): Description {
  return (graph) => graph.output('scores', scoreBy(graph, form), 'float', ['batch', itemsOf(form)])
}

/** The vectors of users or items: `NAME` int64 [batch] to `vector` [batch, components]. */
export function tower(name: 'user' | 'item', vectors: Vectors): Description {
  return (graph) => {
    const place = graph.input(name, 'int64', ['batch'])
    const found = graph.operator('Gather', [vectorsOf(graph, `${name}_vectors`, vectors), place])
    graph.output('vector', found, 'float', ['batch', vectors.dimensions])
  }
}

const userOf = (graph: GraphBuilder) => graph.input('user', 'int64', ['batch'])
export const historyOf = (graph: GraphBuilder, form: UsersForm | HistoryForm) =>
  graph.input('history', 'float', ['batch', itemsOf(form)])

export function scoreBy(graph: GraphBuilder, form: UsersForm | HistoryForm): string {
  switch (form.kind) {
    case 'dot':
      return scoreByVectors(graph, userOf(graph), form)
    case 'neighbour-histories':
      return scoreByPeers(graph, userOf(graph), form)
    case 'pairs':
      return scoreByPairs(graph, userOf(graph), form)
    case 'personal-sequence':
      return scoreBySequence(graph, form.sequence, { user: userOf(graph), vectors: form.users })
    case 'sequence':
      return scoreBySequence(graph, form)
    case 'fused':
      return scoreByFusion(graph, form)
    default:
      return scoreByHistory(graph, form, historyOf(graph, form))
  }
}

function scoreByHistory(
  graph: GraphBuilder,
  form: Exclude<HistoryForm, { kind: 'sequence' | 'fused' }>,
  history: string,
): string {
  const ratings = takesRatings(form) ? graph.input('ratings', 'float', ['batch', itemsOf(form)]) : null
  switch (form.kind) {
    case 'alike':
      return scoreAlike(graph, form.scores, history)
    case 'item-weights':
      return scoreByWeights(graph, form, history)
    case 'item-neighbours':
      return scoreByItems(graph, form, history)
    case 'projection':
      return scoreByProjection(graph, form, history, ratings)
    case 'layers':
      return scoreByLayers(graph, form, history)
    case 'least-squares':
      return scoreByLeastSquares(graph, form, history, ratings)
  }
}

export function vectorsOf(graph: GraphBuilder, name: string, { count, dimensions, data }: Vectors): string {
  return graph.constant(name, { type: 'float', shape: [count, dimensions], data })
}

/** [batch, components] by the items' vectors, which the tower of items has in the same form. */
export function productsOf(graph: GraphBuilder, vectors: string, items: KnownVectors): string {
  return graph.operator('Gemm', [vectors, vectorsOf(graph, 'item_vectors', items)], { transB: 1 })
}

export function whereListed(graph: GraphBuilder, isListed: string, scores: string): string {
  return graph.operator('Where', [isListed, scores, graph.number(Number.NEGATIVE_INFINITY)])
}

export function flagsOf(graph: GraphBuilder, name: string, data: Uint8Array): string {
  return graph.constant(name, { type: 'bool', shape: [data.length], data })
}

/** Known items of those who have any history, [batch, items]. */
export function knownToSome(graph: GraphBuilder, history: string, known: Uint8Array): string {
  const count = graph.operator('ReduceSum', [history, graph.wholes(1)], { keepdims: 1 })
  const hasAny = graph.operator('Greater', [count, graph.number(0)])
  return graph.operator('And', [hasAny, flagsOf(graph, 'item_known', known)])
}

function unlessZero(graph: GraphBuilder, scores: string): string {
  const isZero = graph.operator('Equal', [scores, graph.number(0)])
  return whereListed(graph, graph.operator('Not', [isZero]), scores)
}

function scoreByVectors(graph: GraphBuilder, user: string, { users, items }: DotForm): string {
  const vectors = graph.operator('Gather', [vectorsOf(graph, 'user_vectors', users), user])
  const isKnown = graph.operator('Gather', [flagsOf(graph, 'user_known', users.known), user])
  const column = graph.operator('Unsqueeze', [isKnown, graph.wholes(1)])
  const isListed = graph.operator('And', [column, flagsOf(graph, 'item_known', items.known)])
  return whereListed(graph, isListed, productsOf(graph, vectors, items))
}

function scoreByPeers(graph: GraphBuilder, user: string, form: NeighbourHistoriesForm): string {
  const { items, count, neighbours, similarities, histories } = form
  const users = histories.offsets.length - 1
  const has = new Uint8Array(users * items)
  for (let row = 0; row < users; row++) {
    for (let at = histories.offsets[row]; at < histories.offsets[row + 1]; at++) {
      has[row * items + histories.indices[at]] = 1
    }
  }
  const shape = [users, count]
  const who = graph.constant('neighbours', { type: 'int32', shape, data: Int32Array.from(neighbours) })
  const alike = graph.constant('similarities', { type: 'float', shape, data: similarities })
  const histories01 = graph.constant('histories', { type: 'uint8', shape: [users, items], data: has })
  const peers = graph.operator('Gather', [histories01, graph.operator('Gather', [who, user])])
  const chosen = graph.operator('Cast', [peers], { to: 1 })
  const weights = graph.operator('Unsqueeze', [graph.operator('Gather', [alike, user]), graph.wholes(1)])
  const sums = graph.operator('Squeeze', [graph.operator('MatMul', [weights, chosen]), graph.wholes(1)])
  return unlessZero(graph, sums)
}

function scoreAlike(graph: GraphBuilder, scores: Float32Array, history: string): string {
  const data = scores.map((score) => (Number.isNaN(score) ? Number.NEGATIVE_INFINITY : score))
  const row = graph.constant('item_scores', { type: 'float', shape: [data.length], data })
  return graph.operator('Expand', [row, graph.operator('Shape', [history])])
}

function scoreByWeights(graph: GraphBuilder, { weights, known }: ItemWeightsForm, history: string): string {
  const shape = [known.length, known.length]
  const matrix = graph.constant('item_weights', { type: 'float', shape, data: weights })
  return whereListed(graph, knownToSome(graph, history, known), graph.operator('MatMul', [history, matrix]))
}

function scoreByItems(graph: GraphBuilder, form: ItemNeighboursForm, history: string): string {
  const { count, neighbours, similarities } = form
  const shape = [neighbours.length / count, count]
  const which = graph.constant('neighbours', { type: 'int32', shape, data: Int32Array.from(neighbours) })
  const alike = graph.constant('similarities', { type: 'float', shape, data: similarities })
  const owned = graph.operator('Gather', [history, which], { axis: 1 })
  const sums = graph.operator('ReduceSum', [graph.operator('Mul', [owned, alike]), graph.wholes(2)], { keepdims: 0 })
  return unlessZero(graph, sums)
}

function scoreByProjection(graph: GraphBuilder, form: ProjectionForm, history: string, ratings: string | null): string {
  const { into, averages, items, zeroIsNone } = form
  const values = ratings === null ? history : graph.operator('Mul', [history, ratings])
  const isSame = into.data === items.data
  const sum = graph.operator('MatMul', [values, vectorsOf(graph, isSame ? 'item_vectors' : 'item_profiles', into)])
  const own = scaled(graph, form, sum, history)
  const vectors = averages ? graph.operator('Add', [own, averageOf(graph, averages, history)]) : own
  const scores = productsOf(graph, vectors, items)
  const listed = whereListed(graph, knownToSome(graph, history, items.known), scores)
  return zeroIsNone ? unlessZero(graph, listed) : listed
}

function averageOf(graph: GraphBuilder, averages: Vectors, history: string): string {
  const sum = graph.operator('MatMul', [history, vectorsOf(graph, 'item_averages', averages)])
  const count = graph.operator('ReduceSum', [history, graph.wholes(1)], { keepdims: 1 })
  return graph.operator('Div', [sum, graph.operator('Max', [count, graph.number(1)])])
}

function scaled(graph: GraphBuilder, { scaling }: ProjectionForm, vectors: string, history: string): string {
  if (scaling === 'none') return vectors
  if (scaling === 'root-count') return graph.operator('Div', [vectors, rootCount(graph, history)])
  const length = graph.operator('ReduceL2', [vectors], { axes: [1], keepdims: 1 })
  return graph.operator('Div', [vectors, graph.operator('Max', [length, graph.number(1e-30)])])
}
