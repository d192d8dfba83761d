import { knownVectors } from '../factorisation/factors'
import type { FormOf, Layer, Trained } from '../form'
import type { Tensors, Vectors } from '../model'
import type { AttentionBlock, GatedReader, MeanReader, Norm, SequenceForm } from '../sequence-form'

/** A state after the recent items times the items' vectors, read as the tensors of `next-item.ts` are named. */
function sequenceForm(
  { tensors, params }: Trained,
  reader: SequenceForm['reader'],
  turn: SequenceForm['turn'] = null,
): SequenceForm {
  return {
    kind: 'sequence',
    places: tensors.places.data[0],
    sessionGap: Number(params.session_gap ?? 0),
    items: knownVectors(tensors, 'item'),
    reader,
    turn,
  }
}

export const gruForm: FormOf = (trained) => ({ histories: sequenceForm(trained, gatedReader(trained, 'gru')) })

function gatedReader({ tensors }: Trained, cell: GatedReader['cell']): GatedReader {
  const input = layerOf(tensors, 'input', 'input_bias')
  const before = layerOf(tensors, 'recurrent', 'recurrent_bias')
  return { kind: 'gated', cell, input, before, out: layerOf(tensors, 'out', 'out_bias') }
}

/** The history's tower: a mean or a recurrent network, then as much of the turn towards conversion as counts. */
export const towersForm: FormOf = (trained) => {
  const { tensors, params } = trained
  const cell = String(params.user_tower)
  const mean = (): MeanReader => ({
    kind: 'mean',
    inner: layerOf(tensors, 'inner', 'inner_bias', 'tanh'),
    out: layerOf(tensors, 'out', 'out_bias'),
  })
  const reader = cell === 'gru' || cell === 'lstm' ? gatedReader(trained, cell) : mean()
  const weight = Number(params.conversion_weight)
  const turn = weight > 0 ? besideItself(matrixOf(tensors, 'conversion'), weight) : null
  return { histories: sequenceForm(trained, reader, turn) }
}

/** The identity + weight x matrix. */
function besideItself({ count, dimensions, data }: Vectors, weight: number): Vectors {
  const sum = data.map((value, at) => weight * value + (at % (dimensions + 1) === 0 ? 1 : 0))
  return { count, dimensions, data: sum }
}

export function attentionForm(trained: Trained, settings: { layers: number; heads: number }): SequenceForm {
  const { layers, heads } = settings
  const { tensors } = trained
  const blocks = Array.from({ length: layers }, (_, layer) => blockOf(tensors, `layer${layer}`))
  const [first, last] = [normOf(tensors, 'input'), normOf(tensors, 'output')]
  const mask = (tensors.mask?.data as Float32Array) ?? null
  const positions = matrixOf(tensors, 'positions')
  return sequenceForm(trained, { kind: 'attention', heads, mask, positions, first, blocks, last })
}

function blockOf(tensors: Tensors, name: string): AttentionBlock {
  const matrix = (part: string) => matrixOf(tensors, `${name}/attention/${part}`)
  return {
    beforeAttention: normOf(tensors, `${name}/before_attention`),
    query: matrix('query'),
    key: matrix('key'),
    value: matrix('value'),
    out: matrix('out'),
    beforeLayers: normOf(tensors, `${name}/before_feed_forward`),
    layers: [
      layerOf(tensors, `${name}/feed_forward/in`, `${name}/feed_forward/in_bias`, 'relu'),
      layerOf(tensors, `${name}/feed_forward/out`, `${name}/feed_forward/out_bias`),
    ],
  }
}

export function matrixOf(tensors: Tensors, name: string): Vectors {
  const { shape, data } = tensors[name]
  return { count: shape[0], dimensions: shape[1], data: data as Float32Array }
}

function layerOf(tensors: Tensors, weights: string, bias: string, bend: Layer['bend'] = 'none'): Layer {
  return { weights: matrixOf(tensors, weights), bias: tensors[bias].data as Float32Array, bend }
}

function normOf(tensors: Tensors, name: string): Norm {
  const { data: scale } = tensors[`${name}/scale`]
  const { data: shift } = tensors[`${name}/shift`]
  return { scale: scale as Float32Array, shift: shift as Float32Array }
}
