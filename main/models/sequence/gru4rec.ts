import { itemVectors } from '../factorisation/factors'
import type { Model } from '../model'
import { needsValidation } from '../neural/parameters'
import { costOf } from './costs'
import { gruForm } from './forms'
import { itemTable } from './item-tower'
import { fitNextItem, type NextItemParts, scoreNextItem } from './next-item'
import { sequenceParameters } from './parameters'
import { gruCell, recurrent } from './recurrent'

export const gru4recParts: NextItemParts = {
  encoder: ({ dropout }) => recurrent(gruCell, Number(dropout)),
  tower: ({ train }) => itemTable(train),
}

/** A gated recurrent unit reads a session item by item; its state is compared with the same item vectors that it reads. */
export const gru4rec: Model = {
  id: 'gru4rec',
  name: 'GRU4Rec',
  family: 'Sequences',
  feedback: 'implicit',
  summary: 'Reads a session item by item with a recurrent network, and scores what may come next.',
  source: 'Hidasi and Karatzoglou 2018, Recurrent neural networks with top-k gains for session-based recommendations',
  assumes: 'Assumes that a session leads to its next item, whoever it belongs to.',
  suits:
    'Made for short sessions of people who are not known; reads one item after the other, so long histories take long.',
  presets: [
    { id: 'balanced', name: 'Balanced', meaning: 'Does well on data of many kinds.', params: {} },
    {
      id: 'sessions',
      name: 'Sessions',
      meaning: 'Cuts histories where nothing happened for half an hour.',
      params: { session_gap: 0.5, maximum_length: 20 },
    },
    {
      id: 'bpr-max',
      name: 'BPR-max',
      meaning: 'Puts the next item before popular ones that were drawn, as the paper does.',
      params: { loss: 'bpr-max', sampling: 'popularity' },
    },
  ],
  parameters: sequenceParameters(
    ['sampled-softmax', 'cross-entropy', 'bpr-max'],
    [
      {
        name: 'session_gap',
        type: 'number',
        default: 0,
        minimum: 0,
        maximum: 100_000,
        meaning: 'Hours without anything after which a new session begins; 0: a history is one session.',
      },
    ],
  ),
  needsValidation,
  checkpoint: true,
  readsOrder: true,
  fit: (input) => fitNextItem(input, gru4recParts),
  score: (fitted, train) => scoreNextItem(fitted, train, gru4recParts),
  foldIn: (fitted, histories) => scoreNextItem(fitted, histories, gru4recParts),
  form: gruForm,
  itemVectors,
  ...costOf({ work: (size) => 8 * size ** 2, vectors: () => 42 }),
}
