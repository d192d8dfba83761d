import type { Layer } from '../../models/form'
import type { Vectors } from '../../models/model'
import {
  type AttentionBlock,
  type AttentionReader,
  type GatedReader,
  type MeanReader,
  type Norm,
  normEpsilon,
  type SequenceForm,
} from '../../models/sequence-form'
import { applyLayer, none, products, rowOf } from './plain-scores'

/** Items of one session, in their order; `own` is added to what the reader makes of them. */
export function scoreBySequence(form: SequenceForm, history: Uint32Array, own?: Float64Array): Float64Array {
  const { places, items, reader, turn } = form
  if (history.length === 0) return none(items.count)
  const vectors = Array.from(history.slice(-places), (item) => rowOf(items, item))
  const read = readBy(reader, vectors)
  const state = turn ? times(read, turn) : read
  return products(own ? sum(state, own) : state, items)
}

function readBy(reader: SequenceForm['reader'], vectors: Places): Float64Array {
  switch (reader.kind) {
    case 'mean':
      return readMean(reader, vectors)
    case 'gated':
      return reader.cell === 'gru' ? readGru(reader, vectors) : readLstm(reader, vectors)
    case 'attention':
      return readByAttention(reader, vectors)
  }
}

function readMean({ inner, out }: MeanReader, vectors: Places): Float64Array {
  const mean = vectors.reduce((all, vector) => sum(all, vector)).map((value) => value / vectors.length)
  return sum(mean, applyLayer(out, applyLayer(inner, mean)))
}

const sigmoid = (value: number) => 1 / (1 + Math.exp(-value))

function readGru({ input, before, out }: GatedReader, vectors: Places): Float64Array {
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

function readLstm({ input, before, out }: GatedReader, vectors: Places): Float64Array {
  const size = before.weights.count
  let [state, memory] = [new Float64Array(size), new Float64Array(size)]
  for (const vector of vectors) {
    const gates = sum(applyLayer(input, vector), applyLayer(before, state))
    const [admit, keep, fresh, show] = [0, 1, 2, 3].map((gate) => gates.subarray(gate * size, (gate + 1) * size))
    memory = memory.map((old, at) => sigmoid(keep[at]) * old + sigmoid(admit[at]) * Math.tanh(fresh[at]))
    state = memory.map((value, at) => sigmoid(show[at]) * Math.tanh(value))
  }
  return applyLayer(out, state)
}

type Places = readonly Float64Array[]

function readByAttention(reader: AttentionReader, vectors: Places): Float64Array {
  const read = reader.mask ? [...vectors, Float64Array.from(reader.mask)] : vectors
  let x: Places = read.map((vector, place) => applyNorm(reader.first, sum(vector, rowOf(reader.positions, place))))
  for (const block of reader.blocks) {
    const heard = attend(
      block,
      x.map((row) => applyNorm(block.beforeAttention, row)),
      reader,
    )
    const added = x.map((row, place) => sum(row, heard[place]))
    x = added.map((row) => sum(row, applyLayers(block.layers, applyNorm(block.beforeLayers, row))))
  }
  return applyNorm(reader.last, x[x.length - 1])
}

/** Each place hears itself and those before it, and those after it where one is a mask. */
function attend(
  { query, key, value, out }: AttentionBlock,
  x: Places,
  { heads, mask }: AttentionReader,
): Float64Array[] {
  const [queries, keys, values] = [query, key, value].map((matrix) => x.map((row) => times(row, matrix)))
  const size = query.dimensions / heads
  return x.map((_, place) => {
    const heard = new Float64Array(query.dimensions)
    for (let from = 0; from < query.dimensions; from += size) {
      const scores = keys
        .slice(0, mask ? x.length : place + 1)
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
