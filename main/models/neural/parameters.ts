import type { Parameter, ParameterValue } from '../../contract/parameters'

/** How a network is trained, the same for all of them; `defaults` are the model's own. */
export function learningParameters(defaults: Readonly<Record<string, ParameterValue>> = {}): Parameter[] {
  return all.map((parameter) =>
    Object.hasOwn(defaults, parameter.name)
      ? ({ ...parameter, default: defaults[parameter.name] } as Parameter)
      : parameter,
  )
}

/** What may stop training early, each better the higher. */
export const stoppingMetrics = ['ndcg@10', 'recall@10', 'hit-rate@10', 'mrr@10', 'map@10'] as const

const isStopping = { early_stopping: stoppingMetrics }

/** For the registry entry of every network: it is stopped early by a validation part, or not at all. */
export const needsValidation = isStopping

const group = 'learning'

const all: readonly Parameter[] = [
  {
    name: 'epochs',
    type: 'integer',
    default: 20,
    minimum: 1,
    maximum: 1000,
    meaning: 'Passes over the training examples.',
    group,
  },
  {
    name: 'batch_size',
    type: 'integer',
    default: 256,
    minimum: 1,
    maximum: 65_536,
    scale: 'logarithmic',
    meaning: 'Examples of one step.',
    group,
  },
  {
    name: 'learning_rate',
    type: 'number',
    default: 0.001,
    minimum: 0.000001,
    maximum: 1,
    scale: 'logarithmic',
    search: [0.0003, 0.03],
    meaning: 'Size of the steps.',
    group,
  },
  {
    name: 'schedule',
    type: 'choice',
    default: 'constant',
    choices: ['constant', 'cosine'],
    meaning: 'How the learning rate changes while it learns: not at all, or down to 0 along half a cosine.',
    group,
  },
  {
    name: 'cycle_epochs',
    type: 'integer',
    default: 0,
    minimum: 0,
    maximum: 1000,
    when: { schedule: ['cosine'] },
    meaning: 'Epochs after which the cosine starts anew; 0: it falls once, over all epochs.',
    group,
  },
  {
    name: 'warmup_steps',
    type: 'integer',
    default: 0,
    minimum: 0,
    maximum: 100_000,
    meaning: 'First steps, over which the learning rate rises from 0.',
    group,
  },
  {
    name: 'weight_decay',
    type: 'number',
    default: 0,
    minimum: 0,
    maximum: 10,
    meaning: 'Share of each weight that a step takes off, times the learning rate.',
    group,
  },
  {
    name: 'gradient_clip',
    type: 'number',
    default: 0,
    minimum: 0,
    maximum: 1000,
    meaning: 'Gradients longer than this are shortened to it; 0 leaves them.',
    group,
  },
  {
    name: 'early_stopping',
    type: 'choice',
    default: 'off',
    choices: ['off', ...stoppingMetrics],
    meaning: 'A metric of the validation part: learning ends once it no longer grows, and its best weights are kept.',
    group,
  },
  {
    name: 'patience',
    type: 'integer',
    default: 5,
    minimum: 1,
    maximum: 2000,
    when: isStopping,
    meaning: 'Validations without a better value after which learning ends.',
    group,
  },
  {
    name: 'validate_every',
    type: 'integer',
    default: 1,
    minimum: 1,
    maximum: 1000,
    meaning: 'Epochs from one look at the validation part to the next, where the split has one.',
    group,
  },
]
