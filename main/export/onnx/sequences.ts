import type { Vectors } from '../../models/model'
import {
  type AttentionBlock,
  type AttentionReader,
  type GatedReader,
  type Norm,
  normEpsilon,
  type SequenceForm,
} from '../../models/sequence-form'
import { createGraph, type GraphBuilder } from './graph'
import { applyLayers } from './layers'
import { flagsOf, productsOf, vectorsOf, whereListed } from './scoring'

/** As the models have it: e to its power is 0. */
const never = -1e4

/**
 * Scores of what comes next: `items` int64 [batch, length], the recent items of each history in their order, then -1 where it
 * has fewer than others, to `scores` [batch, items].
 */
export function sequenceGraph(form: SequenceForm): GraphBuilder {
  const graph = createGraph()
  const items = graph.input('items', 'int64', ['batch', 'length'])
  const zero = wholeNumber(graph, 0)
  const isThere = graph.operator('GreaterOrEqual', [items, zero])
  const counts = graph.operator('ReduceSum', [graph.operator('Cast', [isThere], { to: 7 }), graph.wholes(1)])
  const rows = graph.operator('Max', [items, zero])
  const vectors = graph.operator('Gather', [vectorsOf(graph, 'item_vectors', form.items), rows])
  const ends = graph.operator('Max', [graph.operator('Sub', [counts, wholeNumber(graph, 1)]), zero])
  const state = stateOf(graph, form.reader, vectors, items, ends)
  const hasAny = graph.operator('Greater', [counts, zero])
  const isListed = graph.operator('And', [hasAny, flagsOf(graph, 'item_known', form.items.known)])
  const scores = whereListed(graph, isListed, productsOf(graph, state, form.items))
  graph.output('scores', scores, 'float', ['batch', form.items.count])
  return graph
}

function wholeNumber(graph: GraphBuilder, value: number): string {
  return graph.constant(`whole ${value}`, { type: 'int64', shape: [], data: BigInt64Array.of(BigInt(value)) })
}

/** The state after the item at `ends` [batch, 1], [batch, size]. */
function stateOf(
  graph: GraphBuilder,
  reader: SequenceForm['reader'],
  vectors: string,
  items: string,
  ends: string,
): string {
  if (reader.kind === 'gated')
    return applyLayers(graph, [reader.out], atEnds(graph, readGated(graph, reader, vectors), ends))
  const length = graph.operator('Shape', [items], { start: 1, end: 2 })
  return atEnds(graph, readByAttention(graph, reader, vectors, length), ends)
}

function atEnds(graph: GraphBuilder, states: string, ends: string): string {
  return graph.operator('GatherND', [states, ends], { batch_dims: 1 })
}

/** ONNX has the operator; it wants the places first, and the gates in another order and transposed. */
function readGated(graph: GraphBuilder, { input, before }: GatedReader, vectors: string): string {
  const size = before.weights.count
  const matrix = (name: string, { weights }: typeof input) => {
    const shape = [1, 3 * size, weights.count]
    return graph.constant(name, { type: 'float', shape, data: gatesOf(weights, size) })
  }
  const biases = Float32Array.from([input, before].flatMap(({ bias }) => [...inOrder(bias, size)]))
  const bias = graph.constant('biases', { type: 'float', shape: [1, 6 * size], data: biases })
  const byPlace = graph.operator('Transpose', [vectors], { perm: [1, 0, 2] })
  const given = [byPlace, matrix('weights_input', input), matrix('weights_before', before), bias]
  const states = graph.operator('GRU', given, { hidden_size: size, linear_before_reset: 1 })
  return graph.operator('Transpose', [graph.operator('Squeeze', [states, graph.wholes(1)])], { perm: [1, 0, 2] })
}

/** From reset, update, new to update, reset, new. */
function inOrder(numbers: Float32Array, size: number): Float32Array {
  const [reset, update, fresh] = [0, 1, 2].map((gate) => numbers.subarray(gate * size, (gate + 1) * size))
  return Float32Array.from([...update, ...reset, ...fresh])
}

/** A row for each number of the gates, in the operator's order. */
function gatesOf({ count, dimensions, data }: Vectors, size: number): Float32Array {
  const rows = new Float32Array(count * dimensions)
  for (let row = 0; row < count; row++) {
    inOrder(data.subarray(row * dimensions, (row + 1) * dimensions), size).forEach((weight, at) => {
      rows[at * count + row] = weight
    })
  }
  return rows
}

function readByAttention(graph: GraphBuilder, reader: AttentionReader, vectors: string, length: string): string {
  const { positions, first, blocks, last } = reader
  const [start, axis] = [graph.wholes(0), graph.wholes(0)]
  const places = graph.operator('Slice', [vectorsOf(graph, 'positions', positions), start, length, axis])
  const hidden = hiddenOf(graph, positions.count, length)
  let x = norm(graph, 'first_norm', first, graph.operator('Add', [vectors, places]))
  for (const [at, block] of blocks.entries()) x = applyBlock(graph, `block_${at + 1}`, block, x, hidden, reader.heads)
  return norm(graph, 'last_norm', last, x)
}

/** What is added to the scores of places: 0 up to the own one, `never` beyond it, [length, length]. */
function hiddenOf(graph: GraphBuilder, places: number, length: string): string {
  const data = new Float32Array(places * places)
  for (let place = 0; place < places; place++) data.fill(never, place * places + place + 1, (place + 1) * places)
  const all = graph.constant('hidden', { type: 'float', shape: [places, places], data })
  const ends = graph.operator('Concat', [length, length], { axis: 0 })
  return graph.operator('Slice', [all, graph.wholes(0, 0), ends, graph.wholes(0, 1)])
}

function applyBlock(
  graph: GraphBuilder,
  name: string,
  block: AttentionBlock,
  x: string,
  hidden: string,
  heads: number,
): string {
  const before = norm(graph, `${name}/before_attention`, block.beforeAttention, x)
  const heard = graph.operator('Add', [x, attend(graph, name, block, before, hidden, heads)])
  const middle = norm(graph, `${name}/before_layers`, block.beforeLayers, heard)
  return graph.operator('Add', [heard, applyLayers(graph, block.layers, middle, `${name}/`)])
}

function attend(
  graph: GraphBuilder,
  name: string,
  block: AttentionBlock,
  x: string,
  hidden: string,
  heads: number,
): string {
  const size = block.query.dimensions / heads
  const part = (kind: 'query' | 'key' | 'value', perm: number[]) => {
    const all = graph.operator('MatMul', [x, vectorsOf(graph, `${name}/${kind}`, block[kind])])
    return graph.operator('Transpose', [graph.operator('Reshape', [all, graph.wholes(0, 0, heads, size)])], { perm })
  }
  const products = graph.operator('MatMul', [part('query', [0, 2, 1, 3]), part('key', [0, 2, 3, 1])])
  const scores = graph.operator('Mul', [products, graph.number(1 / Math.sqrt(size))])
  const shares = graph.operator('Softmax', [graph.operator('Add', [scores, hidden])], { axis: -1 })
  const heard = graph.operator('MatMul', [shares, part('value', [0, 2, 1, 3])])
  const joined = graph.operator('Reshape', [
    graph.operator('Transpose', [heard], { perm: [0, 2, 1, 3] }),
    graph.wholes(0, 0, heads * size),
  ])
  return graph.operator('MatMul', [joined, vectorsOf(graph, `${name}/out`, block.out)])
}

function norm(graph: GraphBuilder, name: string, { scale, shift }: Norm, x: string): string {
  const row = (part: string, data: Float32Array) =>
    graph.constant(`${name}/${part}`, { type: 'float', shape: [data.length], data })
  return graph.operator('LayerNormalization', [x, row('scale', scale), row('shift', shift)], {
    axis: -1,
    epsilon: { float: normEpsilon },
  })
}
