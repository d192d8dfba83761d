import { toJsonSchema } from '@valibot/to-json-schema'
import { TopnError } from '../contract/errors'
import { type Experiment, experimentSchema } from '../contract/experiment'
import type { Parameter, Preset } from '../contract/parameters'
import { findModel, models, parametersOf } from '../models/registry'
import { tunedModels } from './experiment-tuning'
import { checkInput } from './service'

/** Checks an experiment file's content, models and their parameters included. Throws BAD_REQUEST naming the field. */
export function checkExperiment(content: unknown): Experiment {
  const experiment = checkInput(experimentSchema, content)
  experiment.models.forEach(({ model, ...entry }, index) => {
    parametersOf(findModelAt(model, index), entry, `models[${index}]`)
  })
  if (experiment.tuning) tunedModels(experiment, experiment.tuning)
  if (experiment.dataset.interactions === undefined && experiment.split?.strategy !== 'predefined') {
    throw new TopnError('BAD_REQUEST', 'dataset.interactions: name the interactions file.', {
      field: 'dataset.interactions',
    })
  }
  return experiment
}

function findModelAt(id: string, index: number) {
  try {
    return findModel(id)
  } catch (cause) {
    const known = models.map((model) => model.id).join(', ')
    const field = `models[${index}].model`
    throw new TopnError(
      'BAD_REQUEST',
      `${field}: there is no model ${id}; choose one of ${known}.`,
      { field },
      { cause },
    )
  }
}

/** The JSON Schema of the experiment file: the schema that the engine checks with, and each model's parameters. */
export function experimentJsonSchema(): object {
  const schema = toJsonSchema(experimentSchema, {
    typeMode: 'input',
    ignoreActions: ['check', 'finite'],
  }) as unknown as JsonSchema
  const entries = models.map((model) => ({
    type: 'object',
    title: model.name,
    description: model.summary,
    properties: {
      model: { const: model.id },
      preset: { enum: model.presets.map(({ id }) => id), description: meaningsOf(model.presets) },
      params: {
        type: 'object',
        properties: Object.fromEntries(model.parameters.map((parameter) => [parameter.name, schemaOf(parameter)])),
        additionalProperties: false,
      },
    },
    required: ['model'],
    additionalProperties: false,
  }))
  return {
    ...schema,
    title: 'TopN experiment',
    properties: { ...schema.properties, models: { type: 'array', minItems: 1, items: { anyOf: entries } } },
  }
}

function meaningsOf(presets: readonly Preset[]): string {
  const meanings = presets.map(({ id, meaning }) => `${id}: ${meaning}`)
  return ['A named set of parameters; params come on top.', ...meanings].join(' ')
}

type JsonSchema = { properties: Record<string, object> }

function schemaOf(parameter: Parameter): object {
  const { meaning: description, default: fallback } = parameter
  const common = { description, default: fallback }
  if (parameter.type === 'boolean') return { type: 'boolean', ...common }
  if (parameter.type === 'choice') return { enum: parameter.choices, ...common }
  return { type: parameter.type, minimum: parameter.minimum, maximum: parameter.maximum, ...common }
}
