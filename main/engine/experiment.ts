import { toJsonSchema } from '@valibot/to-json-schema'
import { TopnError } from '../contract/errors'
import { type Experiment, experimentSchema, type ModelEntry } from '../contract/experiment'
import type { Parameter, Preset } from '../contract/parameters'
import { findModel, models, parametersOf } from '../models/registry'
import { tunedModels } from './experiment-tuning'
import { chooseMembers, requireValidation } from './members'
import { checkInput } from './service'

/** Checks an experiment file's content, models and their parameters included. Throws BAD_REQUEST naming the field. */
export function checkExperiment(content: unknown): Experiment {
  const experiment = checkInput(experimentSchema, content)
  experiment.models.forEach(({ model, ...entry }, index) => {
    const found = findModelAt(model, index)
    const params = parametersOf(found, entry, `models[${index}]`)
    requireValidation(found, params, experiment.split, `models[${index}]`)
  })
  const models = placeMembers(experiment.models)
  if (experiment.tuning) tunedModels(experiment, experiment.tuning)
  if (experiment.dataset.interactions === undefined && experiment.split?.strategy !== 'predefined') {
    throw new TopnError('BAD_REQUEST', 'dataset.interactions: name the interactions file.', {
      field: 'dataset.interactions',
    })
  }
  return { ...experiment, models }
}

/** Members by their places: those that are named by their models are found among the entries before. */
function placeMembers(entries: readonly ModelEntry[]): ModelEntry[] {
  const placed = entries.map((entry, index) => {
    const { members } = entry
    if (!members) return entry
    const places = members.map((member, at) =>
      typeof member === 'number' ? member : placeOf(entries.slice(0, index), member, `models[${index}].members[${at}]`),
    )
    return { ...entry, members: places }
  })
  const described = placed.map(({ model, members }) => ({ model: findModel(model), members }))
  described.forEach((_, index) => {
    chooseMembers(described, index, () => {
      throw new TopnError('INTERNAL', 'A member of an experiment file has no place.')
    })
  })
  return placed
}

function placeOf(before: readonly ModelEntry[], id: string, field: string): number {
  const places = [...before.keys()].filter((place) => before[place].model === id)
  if (places.length === 1) return places[0]
  const known = [...new Set(before.map(({ model }) => model))].join(', ') || 'none'
  const message =
    places.length === 0
      ? `${field}: there is no model ${id} before this one; there are ${known}.`
      : `${field}: there are several models ${id} before this one; name the place of one, from 0.`
  throw new TopnError('BAD_REQUEST', message, { field })
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
      ...(model.memberWeights && { members: membersSchema }),
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

const membersSchema = {
  type: 'array',
  minItems: 2,
  items: { anyOf: [{ type: 'integer', minimum: 0 }, { type: 'string' }] },
  description:
    'What it is made of: places from 0, or ids, of models before it. Left out: all before it that are not made of others.',
}

type JsonSchema = { properties: Record<string, object> }

function schemaOf(parameter: Parameter): object {
  const { meaning: description, default: fallback } = parameter
  const common = { description, default: fallback }
  if (parameter.type === 'boolean') return { type: 'boolean', ...common }
  if (parameter.type === 'choice') return { enum: parameter.choices, ...common }
  return { type: parameter.type, minimum: parameter.minimum, maximum: parameter.maximum, ...common }
}
