import { join } from 'node:path'
import { type Feature, type ImageFeature, type ImageGaps, isEncoder } from '../contract/features'
import { findAttribute, summarise } from '../data/features/attributes'
import { type AttributeTables, type EncodedVectors, encodeFeatures } from '../data/features/encode'
import { alignRows, readAttributes, writeFeatures } from '../data/features/files'
import { findGaps, imageVectors } from '../data/features/image-vectors'
import { previewFeatures } from '../data/features/preview'
import { textVectors } from '../data/features/text-vectors'
import { readPrepared } from '../data/prepared-files'
import { phaseReporter } from './progress'
import type { EncodeFeaturesTask, FeatureGaps, PreviewFeaturesTask, TaskContext, TaskResults } from './tasks'

/** Encodes the features of prepared data's users and items. */
export async function encodeFeaturesTask(
  task: EncodeFeaturesTask,
  context: TaskContext,
): Promise<TaskResults['encode-features']> {
  const { users, items } = await readAttributes(task.attributes)
  const { userIds, itemIds } = await readPrepared(task.prepared)
  const tables = { users: alignRows(users, userIds), items: alignRows(items, itemIds) }
  const { vectors, gaps } = await runEncoders(task, tables, context)
  await writeFeatures(join(task.prepared, task.output), encodeFeatures(task.features, tables, vectors))
  return { gaps }
}

/** Each encoder has as large a share of the progress as any other. */
async function runEncoders(
  { features, vectors: cache }: EncodeFeaturesTask,
  tables: AttributeTables,
  { signal, report }: TaskContext,
): Promise<{ vectors: EncodedVectors; gaps: FeatureGaps[] }> {
  const vectors = new Map<Feature, (Float32Array | null)[]>()
  const gaps: FeatureGaps[] = []
  const encoders = features.filter(isEncoder)
  for (const [at, feature] of encoders.entries()) {
    const { cells } = findAttribute(tables[feature.of], feature.column, feature.of)
    const tell = phaseReporter({ from: at / encoders.length, to: (at + 1) / encoders.length }, report)
    const request = {
      folder: feature.path,
      cache,
      signal,
      report: (fraction: number) => tell({ phase: 'encode', fraction }),
    }
    if (feature.as === 'encoder') vectors.set(feature, await textVectors({ ...request, texts: cells }))
    else {
      const found = await imageVectors({ ...request, images: imagesOf(feature), names: cells })
      vectors.set(feature, found.vectors)
      gaps.push({ column: feature.column, ...found.gaps })
    }
  }
  return { vectors, gaps }
}

/** Says what the attributes are and what features of them would give, over all rows that their files have. */
export async function previewFeaturesTask(
  task: PreviewFeaturesTask,
  { signal, report }: TaskContext,
): Promise<TaskResults['preview-features']> {
  const { users, items } = await readAttributes(task.attributes)
  const tables = { users: { rows: users.ids.length, ...users }, items: { rows: items.ids.length, ...items } }
  const gaps = new Map<Feature, ImageGaps>()
  for (const feature of task.features) {
    if (feature.as !== 'image-encoder' || feature.images === undefined) continue
    const names = tables[feature.of].columns.find(({ name }) => name === feature.column)?.cells ?? []
    const tell = phaseReporter({ from: 0, to: 1 }, report)
    const request = { images: feature.images, names, signal }
    gaps.set(feature, await findGaps({ ...request, report: (fraction) => tell({ phase: 'read', fraction }) }))
  }
  return {
    attributes: [...summarise('items', tables.items), ...summarise('users', tables.users)],
    features: previewFeatures(task.features, tables, gaps),
  }
}

/** The engine fills it in. */
function imagesOf({ images }: ImageFeature): string {
  if (images === undefined) throw new Error('the folder of pictures is not known')
  return images
}
