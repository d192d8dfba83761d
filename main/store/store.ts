import type { FileFormat } from '../contract/experiment'
import type { FilePreview } from '../contract/records'
import { type AttributeStore, createAttributeStore } from './attribute-rows'
import { sourceOf } from './clean/source'
import { type DatabaseOptions, openWorkspaceDatabase } from './database'
import { createDatasetStore, type DatasetStore } from './datasets'
import { createDeletedStore, type DeletedStore } from './deleted'
import { type NamedLists, writeListsParquet } from './parquet'
import { previewFile } from './preview'
import { createRecipeStore, type RecipeStore } from './recipes'
import { createRunStore, type RunStore } from './runs'
import { createSettingsStore, type SettingsStore } from './settings'

/** The workspace's database: datasets, runs and their results, settings. */
export interface Store extends DatasetStore, AttributeStore, RecipeStore, RunStore, DeletedStore, SettingsStore {
  previewFile(path: string, format?: FileFormat): Promise<FilePreview>
  writeLists(path: string, lists: NamedLists): Promise<void>
  close(): Promise<void>
}

export async function openStore(folder: string, options?: DatabaseOptions): Promise<Store> {
  const database = await openWorkspaceDatabase(folder, options)
  const datasets = createDatasetStore(database)
  return {
    ...datasets,
    ...createRecipeStore(database, async (id) => sourceOf(await datasets.dataset(id))),
    ...createAttributeStore(database),
    ...createRunStore(database),
    ...createDeletedStore(database),
    ...createSettingsStore(database),
    previewFile,
    writeLists: writeListsParquet,
    async close() {
      database.close()
    },
  }
}
