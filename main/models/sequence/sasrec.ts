import { itemVectors } from '../factorisation/factors'
import type { Model, Parameters } from '../model'
import { needsValidation } from '../neural/parameters'
import { costOf } from './costs'
import { attentionForm } from './forms'
import { itemTable } from './item-tower'
import { fitNextItem, type NextItemParts, scoreNextItem } from './next-item'
import { sequenceParameters, transformerParameters } from './parameters'
import { causalTransformer } from './transformer'

export const sasrecParts: NextItemParts = {
  encoder: (params) => causalTransformer({ ...attentionOf(params), dropout: Number(params.dropout), widening: 1 }),
  tower: ({ train }) => itemTable(train),
}

/** Layers and heads of a Transformer by the model's parameters. */
export function attentionOf({ layers, heads, embedding_size }: Parameters): { layers: number; heads: number } {
  return { layers: Number(layers), heads: dividing(Number(heads), Number(embedding_size)) }
}

/** The largest number up to `heads` that divides `size`. */
export function dividing(heads: number, size: number): number {
  let found = Math.min(heads, size)
  while (size % found !== 0) found--
  return found
}

/** A Transformer reads the recent items from the first to the last; its state is compared with the vectors of all items. */
export const sasrec: Model = {
  id: 'sasrec',
  name: 'SASRec',
  family: 'Sequences',
  feedback: 'implicit',
  summary: 'Reads the recent items in their order with a Transformer, and scores what may come next.',
  source: 'Kang and McAuley 2018, Self-attentive sequential recommendation',
  assumes: 'Assumes that what comes next depends on the recent items and their order.',
  suits: 'Strong where order matters and histories are many; the loss and its drawn items decide how good it is.',
  presets: [
    { id: 'balanced', name: 'Balanced', meaning: 'Does well on data of many kinds.', params: {} },
    {
      id: 'all-items',
      name: 'All items',
      meaning: 'Compares with all items instead of drawn ones; slower, and a little better.',
      params: { loss: 'cross-entropy' },
    },
    {
      id: 'short-histories',
      name: 'Short histories',
      meaning: 'For short histories: half of the network is left out while it learns, slowly and for longer.',
      params: { dropout: 0.5, epochs: 40, learning_rate: 0.001 },
    },
    {
      id: 'calibrated',
      name: 'gBCE',
      meaning: 'The log loss of chosen and drawn items, its overconfidence taken back.',
      params: { loss: 'gbce' },
    },
  ],
  parameters: sequenceParameters(['sampled-softmax', 'cross-entropy', 'gbce', 'bce'], transformerParameters),
  needsValidation,
  checkpoint: true,
  readsOrder: true,
  fit: (input) => fitNextItem(input, sasrecParts),
  score: (fitted, train) => scoreNextItem(fitted, train, sasrecParts),
  foldIn: (fitted, histories) => scoreNextItem(fitted, histories, sasrecParts),
  form: (trained) => ({ histories: attentionForm(trained, attentionOf(trained.params)) }),
  itemVectors,
  ...costOf({
    work: (size, { layers }) => 6 * Number(layers) * size ** 2,
    vectors: ({ layers }) => 8 + 32 * Number(layers),
  }),
}
