import { join } from 'node:path'
import { summarise } from '../data/features/attributes'
import { encodeFeatures } from '../data/features/encode'
import { alignRows, readAttributes, writeFeatures } from '../data/features/files'
import { previewFeatures } from '../data/features/preview'
import { readPrepared } from '../data/prepared-files'
import type { EncodeFeaturesTask, PreviewFeaturesTask, TaskResults } from './tasks'

/** Encodes the features of prepared data's users and items. */
export async function encodeFeaturesTask(task: EncodeFeaturesTask): Promise<TaskResults['encode-features']> {
  const { users, items } = await readAttributes(task.attributes)
  const { userIds, itemIds } = await readPrepared(task.prepared)
  const tables = { users: alignRows(users, userIds), items: alignRows(items, itemIds) }
  await writeFeatures(join(task.prepared, task.output), encodeFeatures(task.features, tables))
  return null
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
