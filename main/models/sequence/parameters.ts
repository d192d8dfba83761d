import type { Parameter, ParameterValue } from '../../contract/parameters'
import { learningParameters } from '../neural/parameters'
import { type LossName, lossNames } from './losses'
import { negativeSources } from './negatives'

export type Defaults = Readonly<Record<string, ParameterValue>>

/** Parameters of models that read histories, learning included; `given` are the model's own defaults. */
export function sequenceParameters(losses: readonly LossName[], own: readonly Parameter[], given: Defaults = {}) {
  const defaults: Defaults = { epochs: 30, batch_size: 64, learning_rate: 0.003, ...given }
  const shared = [...size, ...own, ...lossParameters(losses)].map((parameter) =>
    Object.hasOwn(defaults, parameter.name)
      ? ({ ...parameter, default: defaults[parameter.name] } as Parameter)
      : parameter,
  )
  return [...shared, ...learningParameters(defaults)]
}

const size: readonly Parameter[] = [
  {
    name: 'embedding_size',
    type: 'integer',
    default: 64,
    minimum: 1,
    maximum: 512,
    scale: 'logarithmic',
    search: [16, 128],
    meaning: 'Components of the vectors of items and of the state.',
  },
  {
    name: 'maximum_length',
    type: 'integer',
    default: 50,
    minimum: 1,
    maximum: 1000,
    scale: 'logarithmic',
    meaning: 'The most recent items of a history that are read.',
  },
  {
    name: 'dropout',
    type: 'number',
    default: 0.2,
    minimum: 0,
    maximum: 0.95,
    search: [0, 0.6],
    meaning: 'Share of the numbers inside the network that are left out at random while it learns.',
  },
]

export const transformerParameters: readonly Parameter[] = [
  {
    name: 'layers',
    type: 'integer',
    default: 2,
    minimum: 1,
    maximum: 12,
    search: [1, 3],
    meaning: 'Layers of attention.',
  },
  {
    name: 'heads',
    type: 'integer',
    default: 1,
    minimum: 1,
    maximum: 16,
    meaning:
      'Parts of the vectors that attend by themselves; where it does not divide their length, the next lower number does.',
  },
]

const drawing: readonly LossName[] = lossNames.filter((name) => name !== 'cross-entropy')

function lossParameters(losses: readonly LossName[]): Parameter[] {
  const sampled = losses.filter((loss) => drawing.includes(loss))
  const all: Parameter[] = [
    {
      name: 'loss',
      type: 'choice',
      default: losses[0],
      choices: losses,
      search: losses,
      meaning: 'What the chosen item is compared with: all items, or drawn ones, in one of several ways.',
    },
    {
      name: 'negatives',
      type: 'integer',
      default: 512,
      minimum: 1,
      maximum: 65_536,
      scale: 'logarithmic',
      when: { loss: sampled },
      meaning: 'Drawn items of a step, which all its examples share.',
    },
    {
      name: 'sampling',
      type: 'choice',
      default: 'uniform',
      choices: negativeSources,
      when: { loss: sampled },
      meaning: 'How items are drawn: all alike, popular ones more often, or among those chosen in the same step.',
    },
    {
      name: 'calibration',
      type: 'number',
      default: 0.75,
      minimum: 0,
      maximum: 1,
      when: { loss: ['gbce'] },
      meaning: 'How far gBCE takes the overconfidence back that drawing few items brings; 0 is plain log loss.',
    },
    {
      name: 'score_penalty',
      type: 'number',
      default: 0.5,
      minimum: 0,
      maximum: 100,
      when: { loss: ['bpr-max'] },
      meaning: 'How strongly scores of drawn items are held near 0.',
    },
  ]
  const kept = ({ when }: Parameter) => !when?.loss || when.loss.some((loss) => losses.includes(loss as LossName))
  return all.filter(kept)
}
