import type { GatedReader, MeanReader } from '../../models/sequence-form'
import type { GraphBuilder } from './graph'
import { applyLayers } from './layers'
import { type Recent, wholeNumber } from './sequences'

/** The states after the last of `counts` [batch, 1] items, [batch, size]. */
export function atEnds(graph: GraphBuilder, states: string, counts: string): string {
  const last = graph.operator('Sub', [counts, wholeNumber(graph, 1)])
  return graph.operator('GatherND', [states, graph.operator('Max', [last, wholeNumber(graph, 0)])], { batch_dims: 1 })
}

export function readMean(
  graph: GraphBuilder,
  { inner, out }: MeanReader,
  vectors: string,
  { items, counts }: Recent,
): string {
  const isThere = graph.operator('GreaterOrEqual', [items, wholeNumber(graph, 0)])
  const flags = graph.operator('Unsqueeze', [graph.operator('Cast', [isThere], { to: 1 }), graph.wholes(2)])
  const sums = graph.operator('ReduceSum', [graph.operator('Mul', [vectors, flags]), graph.wholes(1)], { keepdims: 0 })
  const count = graph.operator('Cast', [counts], { to: 1 })
  const mean = graph.operator('Div', [sums, graph.operator('Max', [count, graph.number(1)])])
  return graph.operator('Add', [mean, applyLayers(graph, [inner, out], mean, 'mean/')])
}

/** Of a history the states behind its end mean nothing. */
export function readGated(
  graph: GraphBuilder,
  reader: GatedReader,
  vectors: string,
  { counts, places }: { counts: string; places: number },
): string {
  return applyLayers(graph, [reader.out], atEnds(graph, graph.recurrent(reader, vectors, places), counts))
}
