import { join } from 'node:path'
import type { MovedProblem } from '../contract/elsewhere'
import { TopnError } from '../contract/errors'
import type { Attribute } from '../contract/experiment'
import { type Feature, groupOf, isEncoder } from '../contract/features'
import type { DatasetRecord, RunRecord } from '../contract/records'
import type { Model } from '../models/model'
import { findModel } from '../models/registry'
import { readManifest } from '../training/artifact'
import type { MovedTask } from '../training/tasks'
import { attributesOf, encodeFeatures, type FeatureOptions } from './features'
import type { JobContext } from './jobs'
import { chooseSplit, type Prepared, type Preparer } from './prepare'
import type { RunRecords } from './run-records'
import { candidatesFileOf } from './train-run'

/** Throws BAD_REQUEST where a run's model cannot score other data. */
export function checkMovable(run: RunRecord, datasetId: string): void {
  const refuse = (message: string) => new TopnError('BAD_REQUEST', message, { runId: run.id })
  if (run.state !== 'done') throw refuse(`${run.name} is not trained. Choose trained runs.`)
  if (run.datasetId === datasetId) throw refuse(`${run.name} was trained on this data. Choose a run of other data.`)
  const model = findModel(run.model)
  if (!model.transfer) throw refuse(cannotMove(model))
  if (run.elsewhere || !run.features?.some(({ of }) => of === 'items'))
    throw refuse(`${run.name} has learned no features of items, so it knows nothing of other data.`)
}

function cannotMove({ name, features }: Model): string {
  if (!features) return `${name} learns no features, so it knows nothing of the items of other data.`
  return `${name} makes no lists for users that it was not trained on, so it cannot score other data.`
}

interface MoveOptions extends FeatureOptions {
  preparer: Preparer
  records: RunRecords
}

/** A run's trained model for other data, as work for a job: both sides' features are encoded as the run says. */
export async function movedTask(
  run: Pick<RunRecord, 'clean'>,
  fromId: string,
  { dataset, prepared }: { dataset: DatasetRecord; prepared: Prepared },
  options: MoveOptions,
  context: JobContext,
): Promise<MovedTask> {
  const source = options.records.find(fromId)
  checkMovable(source, dataset.id)
  const learnedOn = await options.store.dataset(source.datasetId)
  const features = source.features ?? []
  const split = source.split ?? chooseSplit(learnedOn, source.clean, null)
  const candidatesFile = candidatesFileOf(source)
  const before = await options.preparer.prepare({ ...source, dataset: learnedOn, split, candidatesFile }, context)
  const learned = await encodeFeatures(
    { dataset: learnedOn, clean: source.clean, features, prepared: before },
    options,
    context,
  )
  await refuseOtherFeatures(source, options.folders.artifact(source.id), learned.file)
  const attributes = { learned: attributesOf(learnedOn, source.clean), own: attributesOf(dataset, run.clean) }
  const problems = features.map((feature) => problemOf(feature, attributes))
  const usable = features.filter((_, at) => problems[at] === null)
  const own =
    usable.length > 0 &&
    (await encodeFeatures({ dataset, clean: run.clean, features: usable, prepared }, options, context))
  return {
    artifact: options.folders.artifact(source.id),
    run: source.name,
    dataset: learnedOn.name,
    learned: join(before.folder, learned.file),
    own: own ? join(prepared.folder, own.file) : null,
    features: features.map((feature, at) => ({ name: groupOf(feature), problem: problems[at] })),
  }
}

/** Throws BAD_DATA where what is encoded now, such as by another encoder in the same folder, is not what was learned. */
async function refuseOtherFeatures({ id, name }: RunRecord, artifact: string, encoded: string): Promise<void> {
  const { features } = await readManifest(artifact)
  if (features === null || features === encoded) return
  const message = `${name}: its features are not what it learned any more. Train it again.`
  throw new TopnError('BAD_DATA', message, { runId: id })
}

function problemOf(
  feature: Feature,
  attributes: Record<'learned' | 'own', ReturnType<typeof attributesOf>>,
): MovedProblem | null {
  if (feature.of === 'users') return 'of-users'
  if ((isEncoder(feature) || feature.as === 'vector') && feature.dimensions !== undefined) return 'components'
  const kinds = ('columns' in feature ? feature.columns : [feature.column]).map((column) =>
    [attributes.own, attributes.learned].map((all) => all.items.find(({ name }) => name === column)),
  )
  if (kinds.some(([own]) => own === undefined)) return 'missing'
  return kinds.some(([own, learned]) => learned && kindOf(own) !== kindOf(learned)) ? 'other-kind' : null
}

/** Texts, categories and lists of them are alike: their values are matched. */
function kindOf(attribute: Attribute | undefined): string {
  const type = attribute?.type ?? ''
  if (type === 'number' || type === 'date') return 'number'
  return type === 'vector' ? type : 'values'
}
