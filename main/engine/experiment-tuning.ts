import { TopnError } from '../contract/errors'
import type { Experiment } from '../contract/experiment'
import { defaultSpace, type ModelSpace, type Tuning } from '../contract/tuning'
import { findModel, parametersOf } from '../models/registry'
import { checkSpace } from '../tuning/check-space'
import { refuseMadeOfRuns, requireObjective } from './study-settings'

/**
 * The spaces that an experiment with a block `tuning` searches: of each model the one that the block gives or the default
 * one, less what its preset and `params` fix. Throws BAD_REQUEST naming the field.
 */
export function tunedModels({ models, repeat }: Experiment, tuning: Tuning): ModelSpace[] {
  if (repeat)
    throw refusal('repeat', 'what was tuned is evaluated once. Leave repeat out, or tune first and repeat the result.')
  for (const id of Object.keys(tuning.spaces)) {
    if (!models.some(({ model }) => model === id)) throw refusal(`tuning.spaces.${id}`, 'models names no such model.')
  }
  return models.map(({ model: id, ...entry }, index) => {
    const field = `models[${index}]`
    if (models.findIndex(({ model }) => model === id) !== index)
      throw refusal(`${field}.model`, `${id} is named twice.`)
    const model = findModel(id)
    refuseMadeOfRuns(model, `${field}.model`)
    for (const [at, key] of tuning.objectives.entries()) requireObjective(key, model, `tuning.objectives[${at}]`)
    const given = tuning.spaces[id]
    if (given) checkSpace(model, given, `tuning.spaces.${id}`)
    parametersOf(model, entry, field)
    const twice = Object.keys(entry.params).find((name) => Object.hasOwn(given ?? {}, name))
    if (twice) throw refusal(`${field}.params.${twice}`, 'it is fixed here and searched under tuning. Leave one out.')
    const preset = model.presets.find(({ id }) => id === entry.preset)?.params
    return {
      model: id,
      space: given ? { ...preset, ...entry.params, ...given } : { ...defaultSpace(model), ...preset, ...entry.params },
    }
  })
}

function refusal(field: string, sentence: string): TopnError {
  return new TopnError('BAD_REQUEST', `${field}: ${sentence}`, { field })
}
