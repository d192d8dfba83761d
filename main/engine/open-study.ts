import { TopnError } from '../contract/errors'
import type { Evaluation } from '../contract/experiment'
import type { StudyRecord } from '../contract/tuning'
import { findModel } from '../models/registry'
import type { EvaluateGoal } from '../training/tasks'
import type { Search } from '../tuning/next-step'
import { metricOf } from '../tuning/order'
import { rungsOf } from '../tuning/rungs'
import { searchSpace } from '../tuning/space'
import { encodeFeatures } from './features'
import { encodeItemAttribute } from './item-attribute'
import type { JobContext } from './jobs'
import type { Prepared } from './prepare'
import type { TunerOptions } from './tune-study'

export interface OpenStudy {
  id: string
  search: Search
  prepared: Prepared
  /** The file of encoded features beside the prepared data; null where no model takes any. */
  features: string | null
  /** What trials are judged by. */
  goal: EvaluateGoal
}

/** Prepares what trials read: the test part is not in it. */
export async function openStudy(study: StudyRecord, options: TunerOptions, context: JobContext): Promise<OpenStudy> {
  const { settings } = study
  const dataset = await options.store.dataset(study.datasetId)
  const { clean, split, seed } = settings
  const request = { dataset, clean, split, seed, candidatesFile: null, forTuning: true }
  const prepared = await options.preparer.prepare(request, context)
  const { picture: _, contentHash: __, ...counts } = prepared.inspection
  await options.records.change(study.id, { prepared: prepared.hash, counts })
  for (const part of ['train', 'test'] as const) {
    if (counts[part].interactions === 0) throw new TopnError('BAD_DATA', emptyParts[part])
  }
  const takesFeatures = settings.models.some(({ model }) => findModel(model).features)
  const encoded =
    settings.features && takesFeatures
      ? await encodeFeatures({ dataset, clean, features: settings.features, prepared }, options, context)
      : null
  const evaluation = evaluationOf(settings)
  const itemAttribute = await encodeItemAttribute({ dataset, clean, prepared, evaluation }, options, context)
  const { sampler, objectives } = settings
  const models = settings.models.map((entry) => {
    const model = findModel(entry.model)
    return { space: searchSpace(model, entry), rungs: rungsOf(model, settings.halving, counts.train.users) }
  })
  const search = { sampler, seed, objectives, models }
  return {
    id: study.id,
    search,
    prepared,
    features: encoded?.file ?? null,
    goal: { kind: 'evaluate', evaluation, itemAttribute },
  }
}

const emptyParts = {
  train: 'The train part is empty, so nothing can be trained. Choose another split.',
  test: 'The validation part is empty, so trials cannot be judged. Choose another validation part.',
}

/** On the validation part: the objectives alone. A file of candidates is for the test part, so all items compete. */
function evaluationOf({ evaluation, objectives }: StudyRecord['settings']): Evaluation {
  const metrics = objectives.map(metricOf)
  const cutoffs = [...new Set(metrics.flatMap(({ k }) => k ?? []))]
  const { candidates } = evaluation
  return {
    ...evaluation,
    candidates: typeof candidates === 'object' && 'file' in candidates ? 'all' : candidates,
    cutoffs: cutoffs.length > 0 ? cutoffs : [10],
    metrics: [...new Set(metrics.map(({ id }) => id))],
  }
}
