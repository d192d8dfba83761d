import { type AttentionBlock, type AttentionReader, type Norm, normEpsilon } from '../../models/sequence-form'
import type { GraphBuilder } from './graph'
import { applyLayers } from './layers'
import { atEnds } from './readers'
import { vectorsOf } from './scoring'
import { type Recent, wholeNumber } from './sequences'

/** As the models have it: e to its power is 0. */
const never = -1e4

/** The state of the last item, or of a mask after it, [batch, size], from the vectors of the items [batch, places, size]. */
export function readByAttention(
  graph: GraphBuilder,
  reader: AttentionReader,
  vectors: string,
  { items, counts }: Recent,
): string {
  const { mask, positions, first, blocks, last, heads } = reader
  const width = graph.operator('Shape', [items], { start: 1, end: 2 })
  const masked = mask && withMask(graph, mask, vectors, { counts, width })
  const length = masked ? graph.operator('Add', [width, graph.wholes(1)]) : width
  const hidden = masked?.hidden ?? laterHidden(graph, positions.count, length)
  const start = graph.wholes(0)
  const places = graph.operator('Slice', [vectorsOf(graph, 'positions', positions), start, length, start])
  let x = norm(graph, 'first_norm', first, graph.operator('Add', [masked?.vectors ?? vectors, places]))
  for (const [at, block] of blocks.entries()) x = applyBlock(graph, `block_${at + 1}`, block, x, hidden, heads)
  const ends = masked ? graph.operator('Add', [counts, wholeNumber(graph, 1)]) : counts
  return atEnds(graph, norm(graph, 'last_norm', last, x), ends)
}

/** One place more, the mask's after each history's last item, and what hides the places behind it, [batch, 1, 1, places]. */
function withMask(
  graph: GraphBuilder,
  mask: Float32Array,
  vectors: string,
  { counts, width }: { counts: string; width: string },
) {
  const vector = graph.constant('mask', { type: 'float', shape: [mask.length], data: mask })
  const one = wholeNumber(graph, 1)
  const end = graph.operator('Add', [graph.operator('Squeeze', [width]), one])
  const steps = graph.operator('Range', [wholeNumber(graph, 0), end, one])
  const isMask = graph.operator('Unsqueeze', [graph.operator('Equal', [steps, counts]), graph.wholes(2)])
  const longer = graph.operator('Pad', [vectors, graph.wholes(0, 0, 0, 0, 1, 0)])
  const isHidden = graph.operator('Greater', [steps, counts])
  const hidden = graph.operator('Where', [isHidden, graph.number(never), graph.number(0)])
  return {
    vectors: graph.operator('Where', [isMask, vector, longer]),
    hidden: graph.operator('Unsqueeze', [hidden, graph.wholes(1, 2)]),
  }
}

/** What is added to the scores of places: 0 up to the own one, `never` beyond it, [length, length]. */
function laterHidden(graph: GraphBuilder, places: number, length: string): string {
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
