import { join } from 'node:path'
import type { Feature } from '../contract/features'
import { findAttribute, summarise } from '../data/features/attributes'
import { type AttributeTables, encodeFeatures, type TextVectors } from '../data/features/encode'
import { alignRows, readAttributes, writeFeatures } from '../data/features/files'
import { previewFeatures } from '../data/features/preview'
import { textVectors } from '../data/features/text-vectors'
import { readPrepared } from '../data/prepared-files'
import { noProgress } from './progress'
import type { EncodeFeaturesTask, PreviewFeaturesTask, TaskContext, TaskResults } from './tasks'

/** Encodes the features of prepared data's users and items. */
export async function encodeFeaturesTask(
  task: EncodeFeaturesTask,
  context: TaskContext,
): Promise<TaskResults['encode-features']> {
  const { users, items } = await readAttributes(task.attributes)
  const { userIds, itemIds } = await readPrepared(task.prepared)
  const tables = { users: alignRows(users, userIds), items: alignRows(items, itemIds) }
  const vectors = await encodeTexts(task, tables, context)
  await writeFeatures(join(task.prepared, task.output), encodeFeatures(task.features, tables, vectors))
  return null
}

async function encodeTexts(
  { features, vectors: cache }: EncodeFeaturesTask,
  tables: AttributeTables,
  { signal, report }: TaskContext,
): Promise<TextVectors> {
  const vectors = new Map<Feature, (Float32Array | null)[]>()
  for (const feature of features) {
    if (feature.as !== 'encoder') continue
    const { cells: texts } = findAttribute(tables[feature.of], feature.column, feature.of)
    const left = secondsLeft()
    const tell = (fraction: number) => report({ ...noProgress, phase: 'prepare', secondsLeft: left(fraction) })
    vectors.set(feature, await textVectors({ folder: feature.path, texts, cache, signal, report: tell }))
  }
  return vectors
}

/** By how long the share that is done has taken. */
function secondsLeft(): (fraction: number) => number {
  const started = performance.now()
  return (fraction) => ((performance.now() - started) / 1000) * (1 / fraction - 1)
}

/** Says what the attributes are and what features of them would give, over all rows that their files have. */
export async function previewFeaturesTask(task: PreviewFeaturesTask): Promise<TaskResults['preview-features']> {
  const { users, items } = await readAttributes(task.attributes)
  const tables = { users: { rows: users.ids.length, ...users }, items: { rows: items.ids.length, ...items } }
  return {
    attributes: [...summarise('items', tables.items), ...summarise('users', tables.users)],
    features: previewFeatures(task.features, tables),
  }
}
