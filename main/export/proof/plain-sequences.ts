import type { Layer } from '../../models/form'
import type { Vectors } from '../../models/model'
import {
  type AttentionBlock,
  type AttentionReader,
  type GatedReader,
  type Norm,
  normEpsilon,
  type SequenceForm,
} from '../../models/sequence-form'
import { applyLayer, none, products, rowOf } from './plain-scores'

/** Items of one session, in their order. */
export function scoreBySequence({ places, items, reader }: SequenceForm, history: Uint32Array): Float64Array {
  if (history.length === 0) return none(items.count)
  const vectors = Array.from(history.slice(-places), (item) => rowOf(items, item))
  return products(reader.kind === 'gated' ? readGated(reader, vectors) : readByAttention(reader, vectors), items)
}

const sigmoid = (value: number) => 1 / (1 + Math.exp(-value))

function readGated({ input, before, out }: GatedReader, vectors: readonly Float64Array[]): Float64Array {
  const size = before.weights.count
  let state = new Float64Array(size)
  for (const vector of vectors) {
    const [given, handed] = [applyLayer(input, vector), applyLayer(before, state)]
    state = state.map((old, at) => {
      const reset = sigmoid(given[at] + handed[at])
      const update = sigmoid(given[size + at] + handed[size + at])
      const fresh = Math.tanh(given[2 * size + at] + reset * handed[2 * size + at])
      return (1 - update) * fresh + update * old
    })
  }
  return applyLayer(out, state)
}

type Places = readonly Float64Array[]

function readByAttention(reader: AttentionReader, vectors: Places): Float64Array {
  let x: Places = vectors.map((vector, place) => applyNorm(reader.first, sum(vector, rowOf(reader.positions, place))))
  for (const block of reader.blocks) {
    const heard = attend(
      block,
      x.map((row) => applyNorm(block.beforeAttention, row)),
      reader.heads,
    )
    const added = x.map((row, place) => sum(row, heard[place]))
    x = added.map((row) => sum(row, applyLayers(block.layers, applyNorm(block.beforeLayers, row))))
  }
  return applyNorm(reader.last, x[x.length - 1])
}

/** Each place hears itself and those before it, and nothing of those after it. */
function attend({ query, key, value, out }: AttentionBlock, x: Places, heads: number): Float64Array[] {
  const [queries, keys, values] = [query, key, value].map((matrix) => x.map((row) => times(row, matrix)))
  const size = query.dimensions / heads
  return x.map((_, place) => {
    const heard = new Float64Array(query.dimensions)
    for (let from = 0; from < query.dimensions; from += size) {
      const scores = keys
        .slice(0, place + 1)
        .map((row) => product(queries[place], row, from, from + size) / Math.sqrt(size))
      const most = Math.max(...scores)
      const weights = scores.map((score) => Math.exp(score - most))
      const total = weights.reduce((all, weight) => all + weight, 0)
      weights.forEach((weight, other) => {
        for (let at = from; at < from + size; at++) heard[at] += (weight / total) * values[other][at]
      })
    }
    return times(heard, out)
  })
}

const applyLayers = (layers: readonly Layer[], row: Float64Array) =>
  layers.reduce<Float64Array>((values, layer) => applyLayer(layer, values), row)

const sum = (left: Float64Array, right: Float64Array) => left.map((value, at) => value + right[at])

function product(left: Float64Array, right: Float64Array, from: number, to: number): number {
  let total = 0
  for (let at = from; at < to; at++) total += left[at] * right[at]
  return total
}

function times(row: Float64Array, matrix: Vectors): Float64Array {
  return applyLayer({ weights: matrix, bias: new Float32Array(matrix.dimensions), bend: 'none' }, row)
}

function applyNorm({ scale, shift }: Norm, row: Float64Array): Float64Array {
  const mean = row.reduce((total, value) => total + value, 0) / row.length
  const variance = row.reduce((total, value) => total + (value - mean) ** 2, 0) / row.length
  return row.map((value, at) => ((value - mean) / Math.sqrt(variance + normEpsilon)) * scale[at] + shift[at])
}
