import * as v from 'valibot'
import type { CheckedInput } from '../contract/calls'
import { type CleanStep, evaluationSchema } from '../contract/experiment'
import type { DatasetRecord } from '../contract/records'
import { defaultSpace, type StudyProposal, type StudyReason } from '../contract/tuning'
import type { DataSize, Model } from '../models/model'
import { checkParameters, findModel } from '../models/registry'
import type { Store } from '../store'
import { searchSpace } from '../tuning/space'
import { estimateCost, limitOf, type Machine } from './costs'
import { attributesOf, chooseFeatures } from './features'
import { chooseCleaning, plannedModels } from './plan'
import { chooseSplit } from './prepare'
import { refuseMadeOfRuns } from './study-settings'
import { withValidation } from './study-split'

/** A study of more trials for each model finds little more. */
const trialsOfModel = 50
/** Of whole trainings in the time there is, for each model: fewer, and they begin with a part of the training. */
const enoughTrainings = 30

/** A study that finds good settings in the given minutes, with a reason for each choice. */
export async function proposeStudy(
  store: Store,
  input: CheckedInput<'studies.propose'>,
  machine: Machine,
): Promise<StudyProposal> {
  const dataset = await store.dataset(input.datasetId)
  const { clean, size } = await cleaningOf(store, dataset, input)
  const given = chooseSplit(dataset, clean, input.split)
  const split = withValidation(given, dataset.profile.firstTimestamp !== null)
  const { models, costs, problems } = chooseModels(input, dataset, { clean, size }, machine)
  const seconds = Object.fromEntries(costs.map(({ model, seconds }) => [model.id, seconds]))
  const mean = models.reduce((sum, { id }) => sum + seconds[id], 0) / models.length
  const trainings = Math.floor((input.minutes * 60) / mean)
  const trials = trialsOfModel * models.length
  const halving = trainings < enoughTrainings * models.length
  const mostBytes = Math.max(...costs.filter(({ model }) => models.includes(model)).map(({ bytes }) => bytes))
  const features = models.map((model) => chooseFeatures(model, dataset, clean, null)).find((found) => found !== null)
  return {
    clean,
    split,
    features: features ?? null,
    evaluation: v.parse(evaluationSchema, {}),
    seed: 42,
    device: 'best',
    models: models.map((model) => ({ model: model.id, space: defaultSpace(model) })),
    sampler: 'tpe',
    halving,
    objectives: [models.every(({ feedback, rate }) => feedback === 'explicit' && rate) ? 'rmse' : 'ndcg@10'],
    budget: { trials, minutes: input.minutes },
    parallel: 1,
    seconds,
    mostParallel: Math.max(1, Math.min(machine.threads, Math.floor(machine.memoryLimitBytes / mostBytes))),
    reasons: [
      ...reasonsOfSplit(given, split),
      { code: 'models', data: { models: models.length } },
      ...problems,
      { code: 'budget', data: { minutes: input.minutes, trials: Math.min(trainings, trials) } },
      { code: halving ? 'halving' : 'no-halving', data: {} },
    ],
  }
}

/** The given models, whatever they cost, or those that suit the data and fit; and what speaks against single ones. */
function chooseModels(
  { models: given, minutes }: CheckedInput<'studies.propose'>,
  dataset: DatasetRecord,
  { clean, size }: { clean: CleanStep[]; size: DataSize },
  machine: Machine,
) {
  const able = given ? given.map(tunable) : suitable(dataset, clean)
  const costs = able.map((model) => costOf(model, size, machine))
  const problemAt = (cost: Cost) => problemOf(cost, minutes * 60)
  const fitting = given ? costs : costs.filter((cost) => problemAt(cost) === null)
  const chosen = fitting.length > 0 ? fitting : costs.slice(0, 1)
  return { models: chosen.map(({ model }) => model), costs, problems: costs.flatMap((cost) => problemAt(cost) ?? []) }
}

async function cleaningOf(store: Store, dataset: DatasetRecord, { clean }: CheckedInput<'studies.propose'>) {
  if (clean === null) return chooseCleaning(store, dataset)
  if (clean.length === 0) return { clean, size: dataset.profile }
  const { signal } = new AbortController()
  const steps = await store.tryCleaning({ datasetId: dataset.id, clean, signal })
  return { clean, size: steps[steps.length - 1].after }
}

function tunable(id: string, index: number): Model {
  const model = findModel(id)
  refuseMadeOfRuns(model, `models[${index}]`)
  return model
}

/** Of each family the first model that learns from choices and has something to tune. */
function suitable(dataset: DatasetRecord, clean: CleanStep[]): Model[] {
  const hasItemFeatures = attributesOf(dataset, clean).items.length > 0
  return plannedModels.filter((model) => isTuned(model) && (model.features !== 'required' || hasItemFeatures))
}

function isTuned(model: Model): boolean {
  return searchSpace(model, { model: model.id, space: defaultSpace(model) }).dimensions.length > 0
}

interface Cost {
  model: Model
  seconds: number
  bytes: number
  limit: number
}

function costOf(model: Model, size: DataSize, machine: Machine): Cost {
  const params = checkParameters(model, {})
  const limit = limitOf(model, size, machine)
  return { model, limit, ...estimateCost(model, size, params, machine.threads) }
}

/** A model of which a few trials do not fit into the time is left out. */
function problemOf({ model, seconds, bytes, limit }: Cost, budget: number): StudyReason | null {
  const { id } = model
  if (!isTuned(model)) return { code: 'nothing-to-tune', data: { model: id } }
  if (bytes > limit) return { code: 'model-too-large', data: { model: id, bytes, limit } }
  if (seconds > budget / 5) return { code: 'model-too-slow', data: { model: id, seconds, minutes: budget / 60 } }
  return null
}

function reasonsOfSplit(given: StudyProposal['split'], { validation }: StudyProposal['split']): StudyReason[] {
  if (typeof validation === 'string') return [{ code: 'validation-file', data: {} }]
  if (given.validation !== undefined) return [{ code: 'validation-given', data: {} }]
  return [{ code: 'validation-proposed', data: { strategy: validation?.strategy ?? '' } }]
}
