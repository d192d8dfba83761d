import type { FileFormat } from '../contract/experiment'
import type { FilePreview } from '../contract/previews'
import type { Anonymity } from '../contract/recipes'
import { anonymityOf } from './anonymity'
import { type AttributeStore, createAttributeStore } from './attribute-rows'
import { sourceOf } from './clean/source'
import { type DatabaseOptions, openWorkspaceDatabase } from './database'
import { createDatasetStore, type DatasetStore } from './datasets'
import { createDeletedStore, type DeletedStore } from './deleted'
import { createExplorer, type Explorer } from './explore/explorer'
import { createListingStore, type ListingStore } from './listings'
import { type NamedLists, writeListsParquet } from './parquet'
import { createPerUserStore, type PerUserStore } from './per-user'
import { previewFile } from './preview'
import { createRecipeStore, type RecipeStore } from './recipes'
import { createRunStore, type RunStore } from './runs'
import { createSelectionStore, type SelectionStore, selectionsOf } from './selections'
import { createSettingsStore, type SettingsStore } from './settings'
import { createStudyStore, type StudyStore } from './studies'

/** The workspace's database: datasets, selections, runs and their results, settings. */
export interface Store
  extends DatasetStore,
    AttributeStore,
    RecipeStore,
    SelectionStore,
    RunStore,
    StudyStore,
    PerUserStore,
    ListingStore,
    DeletedStore,
    SettingsStore,
    Pick<Explorer, 'explore'> {
  /** How well the users of a dataset hide among others with the same values of some attributes. */
  anonymity(datasetId: string, attributes: readonly string[]): Promise<Anonymity>
  previewFile(path: string, format?: FileFormat): Promise<FilePreview>
  writeLists(path: string, lists: NamedLists): Promise<void>
  close(): Promise<void>
}

export async function openStore(folder: string, options?: DatabaseOptions): Promise<Store> {
  const database = await openWorkspaceDatabase(folder, options)
  const datasets = createDatasetStore(database)
  const explorer = createExplorer(database, {
    dataset: datasets.dataset,
    selectionsOf: (datasetId) => selectionsOf(database, datasetId),
  })
  return {
    ...datasets,
    anonymity: async (id, attributes) => anonymityOf(database, await datasets.dataset(id), attributes),
    ...createRecipeStore(database, async (id) => sourceOf(await datasets.dataset(id))),
    ...createAttributeStore(database),
    ...createSelectionStore(database, datasets.dataset, explorer),
    ...createRunStore(database),
    ...createStudyStore(database),
    ...createPerUserStore(database),
    ...createListingStore(database),
    ...createDeletedStore(database),
    ...createSettingsStore(database),
    explore: explorer.explore,
    previewFile,
    writeLists: writeListsParquet,
    async close() {
      await explorer.close()
      database.close()
    },
  }
}
