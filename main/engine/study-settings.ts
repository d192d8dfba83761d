import type { CheckedInput } from '../contract/calls'
import { TopnError } from '../contract/errors'
import { metricIds, metricScopes, metricsWithoutCutoff } from '../contract/metrics'
import type { StudySettings } from '../contract/tuning'
import type { Model } from '../models/model'
import { findModel } from '../models/registry'
import type { Store } from '../store'
import { checkSpace } from '../tuning/check-space'
import { metricOf } from '../tuning/order'
import { checkEncoders, chooseFeatures } from './features'
import type { FileAccess } from './files'
import { chooseSplit } from './prepare'
import { holdsOutUsers, requireFoldIn } from './splits'
import { hasValidation } from './study-split'

/** What a study is to do, checked whole and with its defaults filled in. Throws BAD_REQUEST naming the field. */
export async function settingsOf(
  input: CheckedInput<'studies.create'>,
  { store, files }: { store: Store; files: FileAccess },
): Promise<StudySettings> {
  const dataset = await store.dataset(input.datasetId)
  const split = chooseSplit(dataset, input.clean, input.split)
  if (!hasValidation(split)) {
    const message =
      'split.validation: trials are judged on a validation part, and this split has none. Choose how it is cut off the training part.'
    throw new TopnError('BAD_REQUEST', message, { field: 'split.validation' })
  }
  const { candidates } = input.evaluation
  if (typeof candidates === 'object' && 'file' in candidates) await files.check(candidates.file)
  await checkEncoders(input.features ?? [], dataset, files)
  const models = input.models.map(({ model, space }, index) => {
    const field = `models[${index}]`
    const twice = input.models.findIndex((other) => other.model === model) !== index
    if (twice)
      throw new TopnError('BAD_REQUEST', `${field}.model: ${model} is named twice.`, { field: `${field}.model` })
    const found = findModel(model)
    refuseMadeOfRuns(found, `${field}.model`)
    if (holdsOutUsers(split)) requireFoldIn(found, `${field}.model`)
    for (const [at, key] of input.objectives.entries()) requireObjective(key, found, `objectives[${at}]`)
    return { model, space: checkSpace(found, space, `${field}.space`) }
  })
  const features = models
    .map(({ model }) => chooseFeatures(findModel(model), dataset, input.clean, input.features))
    .find((chosen) => chosen !== null)
  const { clean, evaluation, seed, device, sampler, halving, objectives, budget, parallel } = input
  const search = { sampler, halving, objectives: [...new Set(objectives)], budget, parallel }
  return { clean, split, features: features ?? null, evaluation, seed, device, models, ...search }
}

/** Throws BAD_REQUEST for a model that is made of trained runs: a trial has none. */
export function refuseMadeOfRuns({ name, memberWeights }: Model, field: string): void {
  if (!memberWeights) return
  const message = `${field}: ${name} is made of trained runs, so it is not tuned. Tune its members, then fuse the best.`
  throw new TopnError('BAD_REQUEST', message, { field })
}

/** Throws BAD_REQUEST where a metric is not known, has no such cutoff, or the model cannot give it. */
export function requireObjective(key: string, model: Model, field: string): void {
  const { id, k } = metricOf(key)
  const refuse = (message: string) => new TopnError('BAD_REQUEST', message, { field })
  if (!metricIds.includes(id)) {
    throw refuse(`${field}: there is no metric ${id}; choose one of ${metricIds.join(', ')}.`)
  }
  const hasCutoff = !metricsWithoutCutoff.includes(id)
  if (hasCutoff && k === null) throw refuse(`${field}: ${id} needs a cutoff, such as ${id}@10.`)
  if (!hasCutoff && k !== null) throw refuse(`${field}: ${id} has no cutoff.`)
  if (metricScopes[id] === 'rating' && !model.rate) {
    throw refuse(`${field}: ${model.name} expects no ratings, so it has no ${id}.`)
  }
}
