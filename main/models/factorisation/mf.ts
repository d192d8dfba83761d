import type { Model } from '../model'
import { bpr } from './bpr'
import { choiceModel } from './choices'

const defaults: Record<string, number> = { epochs: 40, learning_rate: 0.02, negatives: 4 }

/**
 * Matrix factorisation with sampled negatives: the probability that u chooses i is sigmoid(b_u + b_i + x_u . y_i), by
 * descent on the log loss of each interaction and of `negatives` drawn items that were not chosen, everything regularised.
 * With enough components it is the dot product that Rendle, Krichene, Zhang and Anderson found ahead of learned
 * similarities.
 */
export const mf: Model = {
  ...choiceModel({ pairwise: false }),
  id: 'mf',
  name: 'MF',
  summary: 'Finds vectors whose dot product says how likely a user is to choose an item.',
  source:
    'Rendle, Krichene, Zhang and Anderson 2020, Neural collaborative filtering vs. matrix factorization revisited',
  assumes: 'Assumes that a choice is likely as the dot product of two vectors says.',
  suits:
    'As good as far larger networks with many epochs and negatives; slow to get there, and never better than its negatives.',
  presets: [
    { id: 'balanced', name: 'Balanced', meaning: 'Does well on data of many kinds in a fair time.', params: {} },
    {
      id: 'accurate',
      name: 'Accurate',
      meaning: 'Longer vectors, 8 negatives and smaller steps, about as Rendle et al. 2020 tuned it.',
      params: { embedding_size: 128, negatives: 8, learning_rate: 0.01 },
    },
    {
      id: 'quick',
      name: 'Quick',
      meaning: 'Short vectors and half the epochs, for a first look.',
      params: { embedding_size: 32, epochs: 20 },
    },
  ],
  parameters: bpr.parameters.map((parameter) =>
    parameter.type !== 'boolean' && parameter.type !== 'choice' && parameter.name in defaults
      ? { ...parameter, default: defaults[parameter.name] }
      : parameter,
  ),
}
