import { knownVectors } from '../factorisation/factors'
import type { FormOf, Layer, Trained } from '../form'
import type { Tensors, Vectors } from '../model'
import type { AttentionBlock, Norm, SequenceForm } from '../sequence-form'

/** A state after the recent items times the items' vectors, read as the tensors of `next-item.ts` are named. */
function sequenceForm({ tensors, params }: Trained, reader: SequenceForm['reader']): SequenceForm {
  return {
    kind: 'sequence',
    places: tensors.places.data[0],
    sessionGap: Number(params.session_gap ?? 0),
    items: knownVectors(tensors, 'item'),
    reader,
  }
}

export const gatedForm: FormOf = (trained) => {
  const { tensors } = trained
  const input = layerOf(tensors, 'input', 'input_bias')
  const before = layerOf(tensors, 'recurrent', 'recurrent_bias')
  const out = layerOf(tensors, 'out', 'out_bias')
  return { histories: sequenceForm(trained, { kind: 'gated', input, before, out }) }
}

export function attentionForm(trained: Trained, { layers, heads }: { layers: number; heads: number }) {
  const { tensors } = trained
  const blocks = Array.from({ length: layers }, (_, layer) => blockOf(tensors, `layer${layer}`))
  const [first, last] = [normOf(tensors, 'input'), normOf(tensors, 'output')]
  const positions = matrixOf(tensors, 'positions')
  return { histories: sequenceForm(trained, { kind: 'attention', heads, positions, first, blocks, last }) }
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

function matrixOf(tensors: Tensors, name: string): Vectors {
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
