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
  parameters: bpr.parameters.map((parameter) =>
    parameter.type !== 'boolean' && parameter.type !== 'choice' && parameter.name in defaults
      ? { ...parameter, default: defaults[parameter.name] }
      : parameter,
  ),
}
