import type { Vectors } from '../../models/model'
import type { PersonalSequenceForm, SequenceForm } from '../../models/sequence-form'
import { readByAttention } from './attention'
import type { Description, GraphBuilder } from './graph'
import { readGated, readMean } from './readers'
import { flagsOf, productsOf, vectorsOf, whereListed } from './scoring'

/** Items of histories [batch, places] in their order, then -1, and how many each has, [batch, 1]. */
export interface Recent {
  items: string
  counts: string
}

/** Whose vectors are added to the states: `user` int64 [batch], a row of `vectors` each. */
interface Own {
  user: string
  vectors: Vectors
}

/**
 * Scores of what comes next, of `items` int64 [batch, length]: the items of each history in their order, then -1 where it has
 * fewer than others; the model reads as many of the last ones as it has learned to.
 */
export function scoreBySequence(graph: GraphBuilder, form: SequenceForm, own?: Own): string {
  const { state, counts } = stateOf(graph, form, own)
  const hasAny = graph.operator('Greater', [counts, wholeNumber(graph, 0)])
  const isListed = graph.operator('And', [hasAny, flagsOf(graph, 'item_known', form.items.known)])
  return whereListed(graph, isListed, productsOf(graph, state, form.items))
}

/** The vector of a history: `items` as above, and `user` [batch] where users have vectors of their own, to `vector`. */
export function historyTower(form: SequenceForm | PersonalSequenceForm): Description {
  return (graph) => {
    const sequence = form.kind === 'sequence' ? form : form.sequence
    const own =
      form.kind === 'sequence' ? undefined : { user: graph.input('user', 'int64', ['batch']), vectors: form.users }
    const { dimensions } = sequence.items
    graph.output('vector', stateOf(graph, sequence, own).state, 'float', ['batch', dimensions])
  }
}

/** What is compared with items, [batch, size], and how many items of each history it was read from, [batch, 1]. */
function stateOf(graph: GraphBuilder, form: SequenceForm, own?: Own): { state: string; counts: string } {
  const recent = recentOf(graph, graph.input('items', 'int64', ['batch', 'length']), form.places)
  const read = readBy(graph, form, recent)
  const turned = form.turn ? graph.operator('MatMul', [read, vectorsOf(graph, 'turn', form.turn)]) : read
  if (!own) return { state: turned, counts: recent.counts }
  const added = graph.operator('Gather', [vectorsOf(graph, 'user_vectors', own.vectors), own.user])
  return { state: graph.operator('Add', [turned, added]), counts: recent.counts }
}

/** The last `places` items of each history, and how many there are. */
function recentOf(graph: GraphBuilder, items: string, places: number): Recent {
  const [zero, one] = [wholeNumber(graph, 0), wholeNumber(graph, 1)]
  const isThere = graph.operator('GreaterOrEqual', [items, zero])
  const all = graph.operator('ReduceSum', [graph.operator('Cast', [isThere], { to: 7 }), graph.wholes(1)])
  const length = graph.operator('Squeeze', [graph.operator('Shape', [items], { start: 1, end: 2 })])
  const width = graph.operator('Min', [length, wholeNumber(graph, places)])
  const counts = graph.operator('Min', [all, wholeNumber(graph, places)])
  const steps = graph.operator('Range', [zero, width, one])
  const from = graph.operator('Add', [graph.operator('Sub', [all, counts]), steps])
  const inside = graph.operator('Min', [from, graph.operator('Sub', [length, one])])
  const found = graph.operator('GatherElements', [items, inside], { axis: 1 })
  return {
    items: graph.operator('Where', [graph.operator('Less', [steps, counts]), found, wholeNumber(graph, -1)]),
    counts,
  }
}

function readBy(graph: GraphBuilder, { reader, items, places }: SequenceForm, recent: Recent): string {
  const rows = graph.operator('Max', [recent.items, wholeNumber(graph, 0)])
  const vectors = graph.operator('Gather', [vectorsOf(graph, 'item_vectors', items), rows])
  switch (reader.kind) {
    case 'mean':
      return readMean(graph, reader, vectors, recent)
    case 'gated':
      return readGated(graph, reader, vectors, { counts: recent.counts, places })
    case 'attention':
      return readByAttention(graph, reader, vectors, recent)
  }
}

export function wholeNumber(graph: GraphBuilder, value: number): string {
  return graph.constant(`whole_${value}`, { type: 'int64', shape: [], data: BigInt64Array.of(BigInt(value)) })
}
