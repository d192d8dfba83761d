import type { Model } from '../model'
import { choiceModel } from './choices'

/**
 * Bayesian personalised ranking: for a chosen item i and a drawn item j that was not chosen, the difference of their
 * scores x_u . (y_i - y_j) + b_i - b_j is raised by descent on -ln sigmoid(difference) + regularization |parameters|² / 2.
 */
export const bpr: Model = {
  ...choiceModel({ pairwise: true }),
  id: 'bpr',
  name: 'BPR',
  summary: 'Finds vectors that put what a user has chosen before what they have not, pair by pair.',
  source: 'Rendle, Freudenthaler, Gantner and Schmidt-Thieme 2009, BPR: Bayesian personalized ranking',
  assumes: 'Assumes that what was chosen is liked more than what was not, pair by pair.',
  suits:
    'Quick on sparse data and made for order; drawn items are mostly easy, so the head of a list gains less than the middle.',
  presets: [
    { id: 'balanced', name: 'Balanced', meaning: 'Does well on data of many kinds in a short time.', params: {} },
    {
      id: 'accurate',
      name: 'Accurate',
      meaning: 'Longer vectors and twice the epochs.',
      params: { embedding_size: 128, epochs: 120 },
    },
    {
      id: 'quick',
      name: 'Quick',
      meaning: 'Short vectors and a third of the epochs, for a first look.',
      params: { embedding_size: 32, epochs: 20 },
    },
  ],
  parameters: [
    {
      name: 'embedding_size',
      type: 'integer',
      default: 64,
      minimum: 1,
      maximum: 1024,
      scale: 'logarithmic',
      search: [16, 256],
      meaning: 'Components of each vector: more can tell more apart, and take longer.',
    },
    {
      name: 'epochs',
      type: 'integer',
      default: 60,
      minimum: 1,
      maximum: 1000,
      meaning: 'Times that all interactions are gone through.',
    },
    {
      name: 'learning_rate',
      type: 'number',
      default: 0.05,
      minimum: 0.00001,
      maximum: 1,
      scale: 'logarithmic',
      search: [0.005, 0.2],
      meaning: 'Size of a step: larger ones are quicker, until they no longer converge.',
    },
    {
      name: 'regularization',
      type: 'number',
      default: 0.005,
      minimum: 0,
      maximum: 10,
      search: [0.0005, 0.05],
      scale: 'logarithmic',
      meaning: 'How strongly vectors are kept short: more for little or noisy data.',
    },
    {
      name: 'negatives',
      type: 'integer',
      default: 1,
      minimum: 1,
      maximum: 100,
      meaning: 'Items drawn for each interaction.',
    },
    {
      name: 'deviation',
      type: 'number',
      default: 0.1,
      minimum: 0.000001,
      maximum: 10,
      scale: 'logarithmic',
      meaning: 'How long vectors are at the start, about.',
    },
  ],
}
