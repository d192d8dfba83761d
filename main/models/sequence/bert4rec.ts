import { type LossTools, type TfTensors, tensorOf } from '../../compute/tensorflow/step'
import type { NamedArrays, TfTensor } from '../../compute/tensorflow/tensorflow'
import { itemVectors } from '../factorisation/factors'
import type { FitInput, FittedModel, Interactions, Model, Parameters, Scorer, Tensors } from '../model'
import { normal } from '../neural/initial'
import { needsValidation } from '../neural/parameters'
import { type Network, trainNetwork } from '../neural/train'
import type { Random } from '../random'
import { paddingHidden } from './attention'
import { choiceLoss, comparedItems, drawOf } from './compare'
import { costOf } from './costs'
import { attentionForm } from './forms'
import { type ItemTower, initialDeviation, itemTable } from './item-tower'
import { sequenceParameters, transformerParameters } from './parameters'
import { attentionOf } from './sasrec'
import { historyScorer, type States } from './scorer'
import { type TransformerSettings, transformer, transformerWeights } from './transformer'
import { itemsIn, longest, rowsOf, type Windows, whole, windowsOf } from './windows'

/** Share of the windows of which the last item alone is masked, as it is where lists are made. */
const lastAlone = 0.2

/** A Transformer that sees both sides learns to fill in masked items; a mask after the last item asks for the next. */
export const bert4rec: Model = {
  id: 'bert4rec',
  name: 'BERT4Rec',
  family: 'Sequences',
  feedback: 'implicit',
  summary: 'Learns to fill in items left out of histories, from both sides, and fills in the one after the last.',
  source: 'Sun, Liu, Wu, Pei, Lin, Ou and Jiang 2019, BERT4Rec',
  assumes: 'Assumes that an item can be told from those around it, later ones included.',
  suits: 'As good as SASRec with patience: only masked items teach, so it takes several times the epochs.',
  presets: [
    { id: 'balanced', name: 'Balanced', meaning: 'Does well on data of many kinds.', params: {} },
    {
      id: 'all-items',
      name: 'All items',
      meaning: 'Compares with all items instead of drawn ones; slower, and a little better.',
      params: { loss: 'cross-entropy' },
    },
  ],
  parameters: sequenceParameters(
    ['sampled-softmax', 'cross-entropy', 'gbce'],
    [
      ...transformerParameters,
      {
        name: 'mask_share',
        type: 'number',
        default: 0.3,
        minimum: 0.01,
        maximum: 0.9,
        search: [0.1, 0.6],
        meaning: 'Share of the items of a history that are left out and learned.',
      },
    ],
    { epochs: 60 },
  ),
  needsValidation,
  checkpoint: true,
  readsOrder: true,
  fit,
  score: scorerOf,
  foldIn: scorerOf,
  form: (trained) => ({ histories: attentionForm(trained, attentionOf(trained.params)) }),
  itemVectors,
  ...costOf({
    work: (size, { layers }) => 12 * Number(layers) * size ** 2,
    vectors: ({ layers }) => 8 + 56 * Number(layers),
  }),
}

function settingsOf(params: Parameters): TransformerSettings {
  return { ...attentionOf(params), dropout: Number(params.dropout), widening: 4 }
}

async function fit(input: FitInput): Promise<Tensors> {
  const { train, params, compute } = input
  const [settings, size, tower] = [settingsOf(params), Number(params.embedding_size), itemTable(train)]
  const windows = windowsOf(train, Number(params.maximum_length), () => false)
  const places = Math.max(2, longest(windows))
  const fixed: Tensors = {
    item_known: { shape: [train.items], data: tower.known },
    // For lists one place is the mask's.
    places: { shape: [1], data: Int32Array.of(places - 1) },
  }
  const weights = await trainNetwork(
    {
      examples: windows.users.length,
      weights: (random) => ({
        ...transformerWeights(settings, size, places, random.derive('encoder')),
        ...tower.weights(size, random.derive('items')),
        mask: normal([size], initialDeviation, random.derive('mask')),
      }),
      batch: batchOf(train, windows, tower, params),
      loss: (tools, weights, batch) => lossOf(tools, weights, batch, params, train.items),
      score: (learned, histories = train) =>
        scorerOf({ tensors: { ...learned, ...fixed }, params, compute }, histories),
    },
    input,
  )
  return { ...weights, ...fixed }
}

/** Items are masked anew each time: each by chance and one at least, or the last alone. */
export function maskedPlaces(length: number, share: number, random: Random): number[] {
  if (random.uniform() < lastAlone) return [length - 1]
  const masked = Array.from({ length }, (_, place) => place).filter(() => random.uniform() < share)
  return masked.length > 0 ? masked : [random.integer(length)]
}

function batchOf(train: Interactions, windows: Windows, tower: ItemTower, params: Parameters): Network['batch'] {
  const draw = drawOf(train, params, itemsIn(train, windows, 0))
  return (examples, random) => {
    const lengths = Int32Array.from(examples, (window) => windows.to[window] - windows.from[window])
    const places = lengths.reduce((most, length) => Math.max(most, length), 1)
    const inputs = rowsOf(train, windows, examples, places)
    const isMasked = new Float32Array(inputs.length)
    const masks = random.derive('masks')
    lengths.forEach((length, row) => {
      for (const place of maskedPlaces(length, Number(params.mask_share), masks)) isMasked[row * places + place] = 1
    })
    const filled = Int32Array.from(isMasked.keys()).filter((place) => isMasked[place] === 1)
    const targets = filled.map((place) => inputs[place])
    const shape = [examples.length, places]
    const arrays: NamedArrays = {
      hidden: paddingHidden(lengths, places),
      masked: { shape: [...shape, 1], data: isMasked },
      filled: whole(filled),
    }
    return { ...arrays, ...comparedItems({ inputs, targets }, shape, tower, draw, random) }
  }
}

function lossOf(tools: LossTools, weights: TfTensors, batch: TfTensors, params: Parameters, items: number): TfTensor {
  const { tf } = tools
  const inputs = masked(tools, weights, tf.gather(weights.item_factors, batch.inputs), batch.masked)
  const states = transformer(tools, weights, inputs, batch.hidden, settingsOf(params))
  const asked = tf.gather(tf.reshape(states, [-1, Number(params.embedding_size)]), batch.filled)
  return choiceLoss(tools, asked, weights.item_factors, batch, params, items)
}

function masked({ tf }: Pick<LossTools, 'tf'>, { mask }: TfTensors, items: TfTensor, isMasked: TfTensor): TfTensor {
  return tf.add(tf.mul(items, tf.sub(1, isMasked)), tf.mul(mask, isMasked))
}

function scorerOf(fitted: FittedModel, histories: Interactions): Promise<Scorer> {
  const settings = settingsOf(fitted.params)
  const states: States = (tools, weights, { items, lengths }) => {
    const [rows, places] = items.shape
    const isNext = new Float32Array(rows * places)
    lengths.forEach((length, row) => {
      isNext[row * places + length] = 1
    })
    const asking = masked(tools, weights, items, tools.tf.tensor(isNext, [rows, places, 1]))
    const { shape, data } = paddingHidden(
      lengths.map((length) => length + 1),
      places,
    )
    return transformer(tools, weights, asking, tensorOf(tools.tf, shape, data), settings)
  }
  return historyScorer(fitted, histories, { states, ahead: 1 })
}
