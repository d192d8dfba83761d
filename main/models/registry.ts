import { TopnError } from '../contract/errors'
import type { ModelEntry } from '../contract/experiment'
import type { ModelDescription, Parameter, ParameterValue } from '../contract/parameters'
import { bias } from './baselines/bias'
import { popularity } from './baselines/popularity'
import { random } from './baselines/random'
import { contentKnn } from './content/content-knn'
import { external, externalHistories } from './elsewhere/external'
import { createEnsemble } from './ensemble/ensemble'
import { als } from './factorisation/als'
import { bpr } from './factorisation/bpr'
import { fm } from './factorisation/fm'
import { funkSvd } from './factorisation/funk-svd'
import { ials } from './factorisation/ials'
import { mf } from './factorisation/mf'
import { svdPlusPlus } from './factorisation/svd-plus-plus'
import { gfCf } from './graph/gf-cf'
import { ease } from './linear/ease'
import { pureSvd } from './linear/pure-svd'
import { slim } from './linear/slim'
import { capabilitiesOf, type Model } from './model'
import { itemKnn } from './neighbours/item-knn'
import { userKnn } from './neighbours/user-knn'
import { deepMf } from './neural/deep-mf'
import { deepfm } from './neural/deepfm'
import { gmf } from './neural/gmf'
import { lightgcn } from './neural/lightgcn'
import { mlp } from './neural/mlp'
import { multVae } from './neural/mult-vae'
import { neumf } from './neural/neumf'
import { bert4rec } from './sequence/bert4rec'
import { gru4rec } from './sequence/gru4rec'
import { sasrec } from './sequence/sasrec'
import { transformerMf } from './sequence/transformer-mf'
import { twoTower } from './sequence/two-tower'

/** All models that can be trained, in the order in which they are shown. */
export const models: readonly Model[] = [
  popularity,
  random,
  bias,
  itemKnn,
  userKnn,
  ials,
  bpr,
  mf,
  funkSvd,
  svdPlusPlus,
  als,
  fm,
  ease,
  slim,
  pureSvd,
  gfCf,
  contentKnn,
  gmf,
  mlp,
  neumf,
  deepMf,
  multVae,
  lightgcn,
  deepfm,
  sasrec,
  gru4rec,
  bert4rec,
  transformerMf,
  twoTower,
  createEnsemble(findModel),
]

/** Throws NOT_FOUND. */
export function findModel(id: string): Model {
  const found = [...models, external, externalHistories].find((model) => model.id === id)
  if (found) return found
  throw new TopnError('NOT_FOUND', `There is no model ${id}.`, { model: id })
}

export function describeModels(): ModelDescription[] {
  return models.map((model) => {
    const { id, name, family, feedback, summary, assumes, suits, source, presets, parameters } = model
    const texts = { summary, assumes, suits, source }
    const needs = model.needsValidation && { needsValidation: model.needsValidation }
    return { id, name, family, feedback, ...texts, ...needs, capabilities: capabilitiesOf(model), presets, parameters }
  })
}

/**
 * All parameters of an entry of an experiment: the defaults, what its preset changes of them, and what it gives itself.
 * Throws as `checkParameters` and where the model has no such preset; `place` is the entry's, such as `models[0]`.
 */
export function parametersOf(
  model: Model,
  { preset, params = {} }: Pick<ModelEntry, 'preset'> & Partial<Pick<ModelEntry, 'params'>>,
  place: string,
): Record<string, ParameterValue> {
  if (model.madeElsewhere) {
    const message = `${place}.model: ${model.id} was made elsewhere and is brought in from its files, not trained.`
    throw new TopnError('BAD_REQUEST', message, { field: `${place}.model` })
  }
  const found = model.presets.find(({ id }) => id === preset)
  if (preset !== undefined && !found) {
    const known = model.presets.map(({ id }) => id).join(', ')
    throw refusal(`${place}.preset`, `${model.id} has no preset ${preset}; choose one of ${known}.`)
  }
  return checkParameters(model, { ...found?.params, ...params }, `${place}.params`)
}

/**
 * The given values with the defaults of the others. Throws BAD_REQUEST naming the parameter and what it takes;
 * `data.field` is its name after `prefix`, such as `models[0].params.epochs`.
 */
export function checkParameters(
  model: Model,
  given: Readonly<Record<string, ParameterValue>>,
  prefix = 'params',
): Record<string, ParameterValue> {
  for (const name of Object.keys(given)) {
    if (model.parameters.some((parameter) => parameter.name === name)) continue
    const known = model.parameters.map((parameter) => parameter.name).join(', ') || 'none'
    throw refusal(`${prefix}.${name}`, `${model.id} has no such parameter; its parameters: ${known}.`)
  }
  return Object.fromEntries(
    model.parameters.map((parameter) => {
      const value = Object.hasOwn(given, parameter.name) ? given[parameter.name] : parameter.default
      if (!allows(parameter, value)) throw refusal(`${prefix}.${parameter.name}`, `give ${wanted(parameter)}.`)
      return [parameter.name, value]
    }),
  )
}

function refusal(field: string, sentence: string): TopnError {
  return new TopnError('BAD_REQUEST', `${field}: ${sentence}`, { field })
}

export function allows(parameter: Parameter, value: ParameterValue): boolean {
  if (parameter.type === 'boolean') return typeof value === 'boolean'
  if (parameter.type === 'choice') return typeof value === 'string' && parameter.choices.includes(value)
  if (typeof value !== 'number' || (parameter.type === 'integer' && !Number.isInteger(value))) return false
  return value >= parameter.minimum && value <= parameter.maximum
}

/** What a parameter takes, in words. */
export function wanted(parameter: Parameter): string {
  if (parameter.type === 'boolean') return 'true or false'
  if (parameter.type === 'choice') return `one of ${parameter.choices.join(', ')}`
  const kind = parameter.type === 'integer' ? 'a whole number' : 'a number'
  return `${kind} from ${parameter.minimum} to ${parameter.maximum}`
}
