import type { Parameter, ParameterValue } from '../../contract/parameters'

/** How a network is trained, the same for all of them; `defaults` are the model's own. */
export function learningParameters(defaults: Readonly<Record<string, ParameterValue>> = {}): Parameter[] {
  return all.map((parameter) =>
    Object.hasOwn(defaults, parameter.name)
      ? ({ ...parameter, default: defaults[parameter.name] } as Parameter)
      : parameter,
  )
}

const all: readonly Parameter[] = [
  {
    name: 'epochs',
    type: 'integer',
    default: 20,
    minimum: 1,
    maximum: 1000,
    meaning: 'Passes over the training examples.',
  },
  {
    name: 'batch_size',
    type: 'integer',
    default: 256,
    minimum: 1,
    maximum: 65_536,
    scale: 'logarithmic',
    meaning: 'Examples of one step.',
  },
  {
    name: 'learning_rate',
    type: 'number',
    default: 0.001,
    minimum: 0.000001,
    maximum: 1,
    scale: 'logarithmic',
    search: [0.0003, 0.01],
    meaning: 'Size of the steps.',
  },
  {
    name: 'weight_decay',
    type: 'number',
    default: 0,
    minimum: 0,
    maximum: 10,
    meaning: 'Share of each weight that a step takes off, times the learning rate.',
  },
  {
    name: 'gradient_clip',
    type: 'number',
    default: 0,
    minimum: 0,
    maximum: 1000,
    meaning: 'Gradients longer than this are shortened to it; 0 leaves them.',
  },
]
