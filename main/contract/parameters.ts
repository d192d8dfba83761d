import * as v from 'valibot'

export const parameterValueSchema = v.union([v.number(), v.boolean(), v.string()])
export type ParameterValue = v.InferOutput<typeof parameterValueSchema>

/**
 * One parameter of a model: form, help, validation, JSON Schema and search space all come from this. `search` is what it
 * is tuned over unless told otherwise, narrower than what is allowed; without it, tuning keeps the default.
 */
export type Parameter = {
  name: string
  meaning: string
  /** It matters only where each named parameter has one of the values. */
  when?: Readonly<Record<string, readonly ParameterValue[]>>
  /** What it is shown under; left out: the model itself. */
  group?: 'learning'
} & (
  | {
      type: 'integer' | 'number'
      default: number
      minimum: number
      maximum: number
      scale?: 'linear' | 'logarithmic'
      search?: readonly [from: number, to: number]
    }
  | { type: 'boolean'; default: boolean; search?: true }
  | { type: 'choice'; default: string; choices: readonly string[]; search?: readonly string[] }
)

/** A named choice of parameters. */
export interface Preset {
  id: string
  name: string
  /** One sentence: what it is for, or where it comes from. */
  meaning: string
  /** What differs from the defaults. */
  params: Readonly<Record<string, ParameterValue>>
}

/** What a model can do beyond being trained. Screens, terminal and docs ask for these, never for a model's id. */
export const capabilities = [
  'score',
  'foldIn',
  'update',
  'rate',
  'itemVectors',
  'userVectors',
  /** Learns from what is known of users and items, not from interactions alone. */
  'features',
  /** Is made of trained runs, each with a weight. */
  'memberWeights',
  'explain',
  /** Says to whom it would show an item that it knows by its features alone. */
  'scoreNewItem',
  /** Scores other data whose items have the features that it has learned. */
  'transfer',
  'checkpoint',
] as const
export type Capability = (typeof capabilities)[number]

/** What is known of a model without running it. */
export interface ModelDescription {
  id: string
  name: string
  family: string
  /** What it learns from: that users chose items, or how they rated them. */
  feedback: 'implicit' | 'explicit'
  /** One sentence: how it recommends. */
  summary: string
  /** One sentence: what it takes for granted. */
  assumes: string
  /** One sentence: where it does well, and where badly. */
  suits: string
  /** The paper or formula it follows. */
  source: string
  capabilities: Capability[]
  /** It needs a validation part where each named parameter has one of the values; left out: never. */
  needsValidation?: Readonly<Record<string, readonly ParameterValue[]>>
  /** The first is the default. */
  presets: readonly Preset[]
  parameters: Parameter[]
}

/** It learns in batches, on whatever device; every other model computes on the processor. */
export const isNetwork = ({ parameters }: Pick<ModelDescription, 'parameters'>): boolean =>
  parameters.some(({ name }) => name === 'batch_size')

/** The preset that has just these parameters, defaults left out or not; undefined for parameters of one's own. */
export function presetOf(
  { presets, parameters }: Pick<ModelDescription, 'presets' | 'parameters'>,
  params: Readonly<Record<string, ParameterValue>>,
): Preset | undefined {
  const of = (given: Readonly<Record<string, ParameterValue>>, { name, default: usual }: Parameter) =>
    Object.hasOwn(given, name) ? given[name] : usual
  return presets.find((preset) => parameters.every((each) => of(preset.params, each) === of(params, each)))
}

/** Whether a model with all these parameters cannot be trained without a validation part. */
export function needsValidation(
  { needsValidation: named }: Pick<ModelDescription, 'needsValidation'>,
  params: Readonly<Record<string, ParameterValue>>,
): boolean {
  return named !== undefined && Object.entries(named).every(([name, values]) => values.includes(params[name]))
}
