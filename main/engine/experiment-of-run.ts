import { resolve } from 'node:path'
import { isDeepStrictEqual } from 'node:util'
import * as v from 'valibot'
import { TopnError } from '../contract/errors'
import { type ExperimentFile, experimentSchema, type ModelEntry, type Split } from '../contract/experiment'
import { type Feature, mapFeaturePaths } from '../contract/features'
import { isNetwork } from '../contract/parameters'
import type { DatasetRecord, RunRecord } from '../contract/records'
import { checkParameters, findModel } from '../models/registry'
import { chooseFeatures } from './features'
import { chooseSplit } from './prepare'

/**
 * The experiment file that repeats a run to the same numbers: absolute paths, whatever equals its default left out.
 * Throws BAD_REQUEST where an experiment file cannot say what the run did.
 */
export function experimentOf(run: RunRecord, dataset: DatasetRecord): ExperimentFile {
  if (run.elsewhere?.from.kind === 'run')
    throw inexpressible(run, 'it was trained on other data.', 'Show the file of the run that was trained.')
  if (run.elsewhere) throw inexpressible(run, 'it was made elsewhere.', 'Bring in its files again instead.')
  const { interactions, columns, format, time, items, users, pseudonymise } = dataset.source
  const split = splitOf(run, dataset)
  const features = featuresOf(run, dataset)
  return withoutDefaults({
    dataset: {
      ...(dataset.parts === null && interactions !== undefined && { interactions }),
      ...(columns && { columns }),
      ...(format && { format }),
      ...(time && { time }),
      ...(items && { items }),
      ...(users && { users }),
      ...(pseudonymise && { pseudonymise }),
      clean: run.clean,
    },
    ...(split && { split }),
    ...(features && { features }),
    evaluation: { ...run.evaluation, candidates: candidatesOf(run) },
    models: entriesOf(run),
    seed: run.seed,
    // Another device rounds in another way.
    device: isNetwork(findModel(run.model)) ? run.device : 'best',
  })
}

/** Null where the run's split is the one that its data gets by default. */
function splitOf(run: RunRecord, dataset: DatasetRecord): Split | null {
  const usual = chooseSplit(dataset, run.clean, null)
  const split = run.split ?? usual
  if (dataset.parts === null) return isDeepStrictEqual(split, usual) ? null : split
  if (split.strategy !== 'predefined') {
    throw inexpressible(run, 'its files are a ready-made split, and the run splits their union in another way.')
  }
  const joined = split.join_validation ? { join_validation: true } : {}
  if (typeof split.validation !== 'object') return { strategy: 'predefined', ...dataset.parts, ...joined }
  if (dataset.parts.validation !== undefined) {
    throw inexpressible(run, 'it has a validation file and cuts another validation part off the training file.')
  }
  return { strategy: 'predefined', ...dataset.parts, validation: split.validation }
}

/** The models to train: the run's own, and before it those that it is made of. */
function entriesOf(run: RunRecord): ModelEntry[] {
  const own = { model: run.model, params: changedParameters(run) }
  if (!run.members) return [own]
  if (run.members.some(({ seed }) => seed !== run.seed)) {
    throw inexpressible(run, 'it is made of runs with other seeds.', 'Make it of runs with its own seed.')
  }
  const members = run.members.map((member) => ({ model: member.model, params: changedParameters(member) }))
  return [...members, { ...own, members: [...members.keys()] }]
}

/** Null where they are those that the attributes propose. */
function featuresOf(run: RunRecord, dataset: DatasetRecord): Feature[] | null {
  const learning = [run, ...(run.members ?? [])].filter(({ features }) => features !== null)
  if (learning.some(({ features }) => !isDeepStrictEqual(features, learning[0].features))) {
    throw inexpressible(run, 'it is made of runs with different features.', 'Make it of runs with the same features.')
  }
  const [{ model, features }] = learning.length > 0 ? learning : [run]
  const { clean } = run
  return isDeepStrictEqual(features, chooseFeatures(findModel(model), dataset, clean, null))
    ? null
    : features && mapFeaturePaths(features, (path) => resolve(path))
}

function inexpressible(run: RunRecord, reason: string, advice = 'Open the data as one file first.'): TopnError {
  const message = `${run.name} cannot be written as an experiment file: ${reason} ${advice}`
  return new TopnError('BAD_REQUEST', message, { runId: run.id })
}

function candidatesOf({ evaluation: { candidates } }: RunRecord) {
  return typeof candidates === 'object' && 'file' in candidates ? { file: resolve(candidates.file) } : candidates
}

function changedParameters({ model, params }: Pick<RunRecord, 'model' | 'params'>) {
  const defaults = checkParameters(findModel(model), {})
  return Object.fromEntries(Object.entries(params).filter(([name, value]) => value !== defaults[name]))
}

/** Leaves out every field without which the file means the same. */
function withoutDefaults(file: ExperimentFile): ExperimentFile {
  const short = structuredClone(file)
  const meaning = v.parse(experimentSchema, file)
  const isSame = () => {
    const result = v.safeParse(experimentSchema, short)
    return result.success && isDeepStrictEqual(result.output, meaning)
  }
  shorten(short, isSame)
  return short
}

function shorten(value: unknown, isSame: () => boolean): void {
  if (typeof value !== 'object' || value === null) return
  const fields = value as Record<string, unknown>
  for (const [key, field] of Object.entries(fields)) {
    shorten(field, isSame)
    if (Array.isArray(value)) continue
    delete fields[key]
    if (!isSame()) fields[key] = field
  }
}
