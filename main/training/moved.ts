import type { Compute } from '../compute/compute'
import type { NamedArray } from '../compute/tensorflow/tensorflow'
import type { ElsewhereFound } from '../contract/elsewhere'
import { TopnError } from '../contract/errors'
import { joinBlocks } from '../data/features/assemble'
import type { EncodedFeature } from '../data/features/encode'
import { readFeatures } from '../data/features/files'
import { matchColumns } from '../data/features/match-columns'
import type { PreparedData } from '../data/prepared'
import type { Model, Tensors, TransferInput } from '../models/model'
import { findModel } from '../models/registry'
import { readArtifactFile, readManifest } from './artifact'
import type { MovedTask } from './tasks'

interface MovedModel {
  model: Model
  tensors: Tensors
  found: ElsewhereFound
  /** What this data has in the columns that were learned. */
  features: EncodedFeature[]
  params: Parameters<NonNullable<Model['transfer']>>[0]['params']
  seconds: number
  curve: []
}

/** A model that was trained on other data, for the items and users of prepared data. Throws BAD_DATA where they share nothing. */
export async function moveModel(
  task: MovedTask,
  { train, test }: PreparedData,
  compute: Compute,
  tools: Pick<TransferInput, 'report' | 'signal'>,
): Promise<MovedModel> {
  const started = performance.now()
  const manifest = await readManifest(task.artifact)
  const [model, params] = [findModel(manifest.model), manifest.params]
  const learned = (await readFeatures(task.learned)).filter(({ of }) => of === 'items')
  const { features: moved, matched } = matchColumns(learned, await ownFeatures(task), train.items)
  const items = joinBlocks(moved, train.items)
  const sharing = countRows(items.offsets)
  const stored = { tensors: await readArtifactFile(task.artifact, manifest, 'model'), params, compute }
  const tensors = sharing > 0 ? await model.transfer?.(stored, { train, items, ...tools }) : undefined
  if (!tensors) throw new TopnError('BAD_DATA', nothingShared(task, sharing))
  // Where a model knows none of an item's columns, it does not know the item.
  const itemsWithFeatures = tensors.item_known ? countFlags(tensors.item_known) : sharing
  if (itemsWithFeatures === 0) throw new TopnError('BAD_DATA', nothingTaught(task))
  let place = 0
  const described = task.features.map(({ name, problem }) => {
    const columns = problem === 'of-users' ? nothing : matched[place++]
    return { name, problem: problem ?? null, ...columns }
  })
  const values = matched.reduce((sum, each) => sum + each.values, 0)
  const lost = matched.reduce((sum, each) => sum + each.lost, 0)
  const users = countRows(train.offsets)
  const withoutList = countRows(test.offsets, (user) => train.offsets[user + 1] === train.offsets[user])
  const found: ElsewhereFound = {
    rows: values,
    leftOut: lost,
    unknownUsers: 0,
    unknownItems: 0,
    users,
    withoutList,
    longest: null,
    ranksStandIn: false,
    withoutScore: train.items - itemsWithFeatures,
    moved: { run: task.run, dataset: task.dataset, features: described, items: train.items, itemsWithFeatures },
  }
  return { model, tensors, params, found, features: moved, seconds: (performance.now() - started) / 1000, curve: [] }
}

const nothing = { learned: 0, shared: 0, unknown: 0, examples: [], values: 0, lost: 0 }

/** Of each learned feature of items the one of this data, or null. */
async function ownFeatures({ own, features }: MovedTask): Promise<(EncodedFeature | null)[]> {
  const encoded = own === null ? [] : await readFeatures(own)
  let place = 0
  return features
    .filter(({ problem }) => problem !== 'of-users')
    .map(({ problem }) => (problem === null ? encoded[place++] : null))
}

function nothingShared({ run, dataset, features }: MovedTask, items: number): string {
  const missing = features.filter(({ problem }) => problem === 'missing').map(({ name }) => name)
  if (items > 0)
    return `${run} has learned nothing of the features of ${dataset} that other data could use, or an older version trained it. Train it again.`
  const lacking = missing.length > 0 ? missing.join(', ') : 'the values of its attributes'
  return `No item of this data has a feature that ${run} has learned on ${dataset}; it lacks ${lacking}. Name the attributes alike.`
}

function nothingTaught({ run, dataset }: MovedTask): string {
  return `The items of this data share with ${dataset} only features that ${run} has learned nothing of, since it saw nobody choose such items. Choose another run.`
}

const countFlags = ({ data }: NamedArray) => (data as Uint8Array).reduce((sum, flag) => sum + flag, 0)

function countRows(offsets: Uint32Array, isCounted: (row: number) => boolean = () => true): number {
  let count = 0
  for (let row = 0; row + 1 < offsets.length; row++) if (offsets[row + 1] > offsets[row] && isCounted(row)) count++
  return count
}
