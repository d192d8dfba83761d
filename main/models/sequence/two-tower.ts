import { itemVectors } from '../factorisation/factors'
import type { Model } from '../model'
import { needsValidation } from '../neural/parameters'
import { costOf } from './costs'
import type { Encoder } from './encoder'
import { towersForm } from './forms'
import { conversion } from './heads'
import { fitNextItem, type NextItemParts, scoreByFeatures, scoreNextItem } from './next-item'
import { sequenceParameters } from './parameters'
import { gruCell, lstmCell, meanOfItems, recurrent } from './recurrent'
import { transferTower } from './transfer'
import { identityDropout, itemTower } from './transformer-mf'

const towers: Record<string, (dropout: number) => Encoder> = {
  mean: meanOfItems,
  gru: (dropout) => recurrent(gruCell, dropout),
  lstm: (dropout) => recurrent(lstmCell, dropout),
}

const parts: NextItemParts = {
  encoder: ({ user_tower, dropout }) => towers[String(user_tower)](Number(dropout)),
  tower: (input) => itemTower(input, true),
  head: ({ conversion_weight, conversion_from }, train) =>
    Number(conversion_weight) > 0 ? conversion(train, Number(conversion_from), Number(conversion_weight)) : null,
}

/** One tower makes a vector of a history, the other one of an item from what it is and what it is like; the product scores. */
export const twoTower: Model = {
  id: 'two-tower',
  name: 'Two-tower',
  family: 'Sequences',
  feedback: 'implicit',
  summary: 'Makes a vector of the history and one of each item and its features, and scores by their product.',
  source:
    'Covington et al. 2016; Yi et al. 2019, Sampling-bias-corrected neural modeling for large corpus item recommendations',
  features: 'optional',
  assumes: 'Assumes that what a history is like and what an item is like meet in one space.',
  suits:
    'Made for large catalogues with features, where new items must be found; a mean of the history knows no order.',
  presets: [
    { id: 'balanced', name: 'Balanced', meaning: 'Does well on data of many kinds.', params: {} },
    { id: 'lstm', name: 'LSTM', meaning: 'Reads the history in its order.', params: { user_tower: 'lstm' } },
    {
      id: 'cold-items',
      name: 'New items',
      meaning: 'Learns more from features, for items that nobody has chosen yet.',
      params: { identity_dropout: 0.5 },
    },
    {
      id: 'conversion',
      name: 'Conversion',
      meaning: 'Also learns which chosen items came to a high rating or a purchase, and lists these first.',
      params: { conversion_weight: 0.5 },
    },
  ],
  parameters: sequenceParameters(
    ['sampled-softmax', 'bce'],
    [
      {
        name: 'user_tower',
        type: 'choice',
        default: 'mean',
        choices: Object.keys(towers),
        search: Object.keys(towers),
        meaning: 'What reads the history: the mean of its items, or a recurrent network, item by item.',
      },
      identityDropout,
      {
        name: 'conversion_weight',
        type: 'number',
        default: 0,
        minimum: 0,
        maximum: 10,
        meaning: 'What the second product, of conversion, counts in lists; 0: it is not learned.',
      },
      {
        name: 'conversion_from',
        type: 'number',
        default: 4,
        minimum: -1_000_000,
        maximum: 1_000_000,
        meaning: 'Rating or value from which a choice counts as a conversion.',
      },
    ],
    { sampling: 'in-batch' },
  ),
  needsValidation,
  checkpoint: true,
  readsOrder: true,
  fit: (input) => fitNextItem(input, parts),
  score: (fitted, train) => scoreNextItem(fitted, train, parts),
  foldIn: (fitted, histories) => scoreNextItem(fitted, histories, parts),
  transfer: transferTower,
  form: towersForm,
  scoreNewItem: (fitted, train, item) => scoreByFeatures(fitted, train, item, parts),
  itemVectors,
  ...costOf({
    work: (size, { user_tower }) => (({ mean: 2, gru: 7, lstm: 9 })[String(user_tower)] ?? 2) * size ** 2,
    vectors: ({ user_tower }) => ({ mean: 12, gru: 42, lstm: 56 })[String(user_tower)] ?? 12,
  }),
}
