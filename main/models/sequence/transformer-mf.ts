import type { Parameter } from '../../contract/parameters'
import { itemVectors, userVectors } from '../factorisation/factors'
import type { FitInput, Model } from '../model'
import { needsValidation } from '../neural/parameters'
import { costOf } from './costs'
import { featureTower } from './feature-tower'
import { attentionForm, matrixOf } from './forms'
import { userFactors } from './heads'
import { chosenItems } from './item-tower'
import { fitNextItem, type NextItemParts, scoreByFeatures, scoreNextItem } from './next-item'
import { sequenceParameters, transformerParameters } from './parameters'
import { attentionOf } from './sasrec'
import { transferTower } from './transfer'
import { causalTransformer } from './transformer'

/** How strongly features stand for items, of models that take them. */
export const identityDropout: Parameter = {
  name: 'identity_dropout',
  type: 'number',
  default: 0.1,
  minimum: 0,
  maximum: 1,
  search: [0, 0.5],
  meaning: 'Share of the items of a step that are known by their features alone, as items nobody has chosen are.',
}

export const itemTower = ({ train, features, params }: FitInput, isDeep: boolean) => {
  const none = { rows: train.items, columns: 0, offsets: new Uint32Array(train.items + 1), blocks: [] }
  const ofItems = features?.items ?? { ...none, indices: new Uint32Array(0), values: new Float32Array(0) }
  return featureTower(ofItems, {
    chosen: chosenItems(train),
    identityDropout: ofItems.columns > 0 ? Number(params.identity_dropout) : 0,
    isDeep,
    isWhole: params.loss === 'cross-entropy',
  })
}

const parts: NextItemParts = {
  encoder: (params) => causalTransformer({ ...attentionOf(params), dropout: Number(params.dropout), widening: 1 }),
  tower: (input) => itemTower(input, false),
  head: ({ user_dropout }, train) => userFactors(train, Number(user_dropout)),
}

/**
 * Matrix factorisation whose user vector moves: score = (p_u + s) . q_i, with p_u learned for the user, s the state of a
 * Transformer after the recent items, and q_i an item's own vector plus its features times a matrix; the Transformer reads
 * the same q. A history that was not trained on has no p_u.
 */
export const transformerMf: Model = {
  id: 'transformer-mf',
  name: 'Transformer-MF',
  family: 'Sequences',
  feedback: 'implicit',
  summary:
    'Adds what a Transformer makes of recent items to a vector of the user, and compares with items and their features.',
  source: 'Vaswani et al. 2017 and Koren, Bell and Volinsky 2009, joined; users left out as Volkovs et al. 2017 do',
  features: 'optional',
  assumes: 'Assumes that people have a lasting taste, and that recent items say what they want now.',
  suits: 'Good where taste lasts and moves; scores new items by features, and takes more memory for each user.',
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
    ['sampled-softmax', 'cross-entropy', 'gbce', 'bce'],
    [
      ...transformerParameters,
      identityDropout,
      {
        name: 'user_dropout',
        type: 'number',
        default: 0.25,
        minimum: 0,
        maximum: 1,
        meaning: 'Share of the histories of a step that learn without the vector of their user, as new ones have none.',
      },
    ],
    { dropout: 0.5 },
  ),
  needsValidation,
  checkpoint: true,
  readsOrder: true,
  fit: (input) => fitNextItem(input, parts),
  score: (fitted, train) => scoreNextItem(fitted, train, parts, fitted.tensors.user_factors),
  foldIn: (fitted, histories) => scoreNextItem(fitted, histories, parts),
  scoreNewItem: (fitted, train, item) => scoreByFeatures(fitted, train, item, parts, fitted.tensors.user_factors),
  transfer: transferTower,
  form: (trained) => {
    const sequence = attentionForm(trained, attentionOf(trained.params))
    const users = matrixOf(trained.tensors, 'user_factors')
    return { users: { kind: 'personal-sequence', users, sequence }, histories: sequence }
  },
  itemVectors,
  userVectors,
  ...costOf({
    work: (size, { layers }) => 6 * Number(layers) * size ** 2,
    vectors: ({ layers }) => 8 + 32 * Number(layers),
    learnsUsers: true,
  }),
}
