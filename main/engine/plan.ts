import * as v from 'valibot'
import { type CleanStep, evaluationSchema, type ModelEntry, type Split } from '../contract/experiment'
import type { Plan, PlanReason } from '../contract/plan'
import type { DatasetRecord, Profile } from '../contract/records'
import { proposeFeatures } from '../data/features/propose'
import type { DataSize } from '../models/model'
import { checkParameters, models } from '../models/registry'
import type { Store } from '../store'
import { estimateCost, limitOf, type Machine } from './costs'
import { attributesOf } from './features'
import { chooseSplit } from './prepare'

/** All models of a plan together take no longer than this, by estimate. */
export const planSeconds = 600
const core = { step: 'k-core' as const, user: 5, item: 5 }

/** Good defaults for a dataset, with a reason for each choice and what they cost on this machine. */
export async function proposePlan(store: Store, datasetId: string, machine: Machine): Promise<Plan> {
  const dataset = await store.dataset(datasetId)
  const cleaning = await chooseCleaning(store, dataset)
  const split = chooseSplit(dataset, cleaning.clean, null)
  const features = proposeFeatures(attributesOf(dataset, cleaning.clean))
  const hasItemFeatures = features.some(({ of }) => of === 'items')
  // Without times the split is random, and the order of histories is that of the file.
  const isOrdered = split.strategy !== 'random'
  const chosen = chooseModels(cleaning.size, machine, hasItemFeatures, isOrdered)
  return {
    clean: cleaning.clean,
    split,
    evaluation: v.parse(evaluationSchema, {}),
    models: chosen.models,
    seconds: chosen.seconds,
    bytes: chosen.bytes,
    reasons: [
      ...cleaning.reasons,
      ...reasonsOf(split),
      { code: 'candidates-all', data: { items: cleaning.size.items } },
      ...chosen.reasons,
    ],
  }
}

interface Cleaning {
  clean: CleanStep[]
  size: DataSize
  reasons: PlanReason[]
}

export async function chooseCleaning(store: Store, { id, profile, parts }: DatasetRecord): Promise<Cleaning> {
  // A ready-made split is compared with what others measured on it, so it stays as it is.
  if (parts) return { clean: [], size: profile, reasons: [] }
  const { clean, reasons } = chooseFilters(profile)
  const signal = new AbortController().signal
  const steps = await store.tryCleaning({ datasetId: id, clean: [...clean, core], signal })
  const before = steps.at(-2)?.after ?? profile
  const after = steps[steps.length - 1].after
  const data = { user: core.user, item: core.item, interactions: after.interactions, before: before.interactions }
  if (after.interactions < before.interactions / 2) {
    return { clean, size: before, reasons: [...reasons, { code: 'no-k-core', data }] }
  }
  return { clean: [...clean, core], size: after, reasons: [...reasons, { code: 'k-core', data }] }
}

/** Of repeated ratings the last one, and of ratings those that say that an item was liked. */
function chooseFilters(profile: Profile): Pick<Cleaning, 'clean' | 'reasons'> {
  const min = likedFrom(profile.ratings)
  if (min === null) return { clean: [], reasons: [{ code: 'no-rating-filter', data: {} }] }
  const values = profile.ratings.map(({ value }) => value)
  const [lowest, highest] = [Math.min(...values), Math.max(...values)]
  const filter: CleanStep = { step: 'rating-filter', min }
  const reason: PlanReason = { code: 'rating-filter', data: { min, lowest, highest } }
  const { duplicates } = profile
  if (duplicates === 0) return { clean: [filter], reasons: [reason] }
  return {
    clean: [{ step: 'duplicates', keep: 'last' }, filter],
    reasons: [{ code: 'duplicates', data: { duplicates } }, reason],
  }
}

const mostLevels = 20
const highestLevel = 10

/**
 * The lowest rating that says that an item was liked: 4 on a scale that ends at 5, or else the first in the top 40 % of
 * the scale. Null where values are counts or all the same: counts have many levels, or no level at or below zero and
 * most of them the lowest.
 */
export function likedFrom(ratings: Profile['ratings']): number | null {
  const values = ratings.map(({ value }) => value)
  const [lowest, highest] = [Math.min(...values), Math.max(...values)]
  if (values.length < 2 || values.length > mostLevels || highest > highestLevel) return null
  const total = ratings.reduce((sum, { count }) => sum + count, 0)
  const ofLowest = ratings.find(({ value }) => value === lowest)?.count ?? 0
  if (lowest > 0 && ofLowest > total / 2) return null
  const bound = lowest > 0 && lowest <= 1 && highest === 5 ? 4 : lowest + 0.6 * (highest - lowest)
  return Math.min(...values.filter((value) => value >= bound))
}

function reasonsOf(split: Split): PlanReason[] {
  if (split.strategy === 'predefined') return [{ code: 'split-predefined', data: {} }]
  if (split.strategy === 'random') return [{ code: 'split-random', data: { ratio: split.ratio } }]
  return [{ code: 'split-leave-last-out', data: {} }]
}

const fromChoices = models.filter(({ feedback, memberWeights }) => feedback === 'implicit' && !memberWeights)
/** Of each family the first model that learns from choices, as lists are judged by them; none that is made of runs. */
export const plannedModels = fromChoices.filter(
  (model) => model === fromChoices.find(({ family }) => family === model.family),
)

/**
 * The planned models that fit into memory: the quickest first until the time is spent; in the order of the registry.
 * Models that need features of items only where there are any, and models that read histories in their order only where
 * that is known.
 */
export function chooseModels(size: DataSize, machine: Machine, hasItemFeatures: boolean, isOrdered = true) {
  const able = plannedModels.filter(
    ({ features, readsOrder }) => (features !== 'required' || hasItemFeatures) && (!readsOrder || isOrdered),
  )
  const costs = able.map((model) => {
    const params = checkParameters(model, {})
    const limit = limitOf(model, size, machine)
    return { model: model.id, limit, ...estimateCost(model, size, params, machine.threads) }
  })
  const chosen = new Set<string>()
  const reasons: PlanReason[] = []
  let seconds = 0
  for (const cost of costs.sort((a, b) => a.seconds - b.seconds)) {
    const { model, bytes, limit } = cost
    if (bytes > limit) {
      reasons.push({ code: 'model-too-large', data: { model, bytes, limit } })
    } else if (seconds + cost.seconds > planSeconds) {
      reasons.push({ code: 'model-too-slow', data: { model: cost.model, seconds: cost.seconds, limit: planSeconds } })
    } else {
      chosen.add(cost.model)
      seconds += cost.seconds
    }
  }
  const bytes = Math.max(0, ...costs.filter(({ model }) => chosen.has(model)).map((cost) => cost.bytes))
  const entries: ModelEntry[] = models.filter(({ id }) => chosen.has(id)).map(({ id }) => ({ model: id, params: {} }))
  const summary: PlanReason = { code: 'models', data: { models: chosen.size, seconds, bytes } }
  return { models: entries, seconds, bytes, reasons: [summary, ...reasons] }
}
