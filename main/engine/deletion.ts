import type { TopnError } from '../contract/errors'
import type { Store } from '../store'
import type { DeletableRecords } from './deletable-records'

interface Options<R> {
  records: DeletableRecords<R>
  store: Pick<Store, 'dataset'>
  /** Ends what works on it before it is hidden. */
  cancel(id: string): Promise<void>
  /** What to do once it is. */
  afterwards?(): void
  /** Why one whose dataset is deleted does not come back. */
  refusal(id: string, cause: unknown): TopnError
}

/** Deleting and restoring of runs and studies, by themselves and with their dataset. */
export interface Deletion<R> {
  delete(id: string): Promise<null>
  /** Throws NOT_FOUND for one that is not deleted, and where its dataset is. */
  restore(id: string): Promise<R>
  deleteOfDataset(datasetId: string): Promise<void>
  /** Brings back those that went with their dataset. */
  restoreOfDataset(datasetId: string): Promise<void>
}

export function createDeletion<R extends { id: string; datasetId: string }>(options: Options<R>): Deletion<R> {
  const { records, store } = options

  async function remove(id: string, withDataset: boolean): Promise<null> {
    records.find(id)
    await options.cancel(id)
    await records.delete(id, withDataset)
    // What has begun while it was being hidden; from now on nothing does.
    await options.cancel(id)
    options.afterwards?.()
    return null
  }

  return {
    delete: (id) => remove(id, false),
    async restore(id) {
      await store.dataset(records.findDeleted(id).datasetId).catch((cause) => {
        throw options.refusal(id, cause)
      })
      return records.restore(id)
    },
    async deleteOfDataset(datasetId) {
      for (const record of records.list()) if (record.datasetId === datasetId) await remove(record.id, true)
    },
    async restoreOfDataset(datasetId) {
      for (const { id } of records.deletedWith(datasetId)) await records.restore(id)
    },
  }
}
