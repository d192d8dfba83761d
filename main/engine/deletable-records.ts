import type { TopnError } from '../contract/errors'
import type { Store } from '../store'

/** Records of one kind that belong to datasets. Every change is saved before it is told; deleted ones can come back. */
export interface DeletableRecords<R> {
  /** In the order of their creation, without the deleted ones. */
  list(): R[]
  /** Throws NOT_FOUND, also for a deleted one. */
  find(id: string): R
  /** Of any, a deleted one too; throws NOT_FOUND. */
  findAny(id: string): R
  /** Throws NOT_FOUND for one that is not deleted. */
  findDeleted(id: string): R
  /** Changes one, also a deleted one: what was under way when it was deleted still ends. */
  change(id: string, changes: Partial<R>): Promise<R>
  add(record: R): Promise<R>
  /** Takes a record as it is now, without saving it; `isTold` where clients should hear of it. */
  put(record: R, isTold: boolean): void
  isDeleted(id: string): boolean
  /** `ials-3`: readable, unique within the workspace, and given once, though its record come later or never. */
  nextId(prefix: string): string
  /** Hides a record until it is restored; `withDataset` where it goes with its dataset. */
  delete(id: string, withDataset: boolean): Promise<void>
  restore(id: string): Promise<R>
  deletedWith(datasetId: string): R[]
}

interface Options<R> {
  kind: 'run' | 'study'
  known: Iterable<R>
  store: Pick<Store, 'markDeleted' | 'unmarkDeleted'>
  save(record: R): Promise<void>
  /** The NOT_FOUND of an id. */
  missing(id: string): TopnError
  /** Null: it was deleted. */
  tell(id: string, record: R | null): void
}

export function createDeletableRecords<R extends { id: string; datasetId: string }>(
  options: Options<R>,
): DeletableRecords<R> {
  const { kind, store, tell } = options
  const records = new Map([...options.known].map((record) => [record.id, record]))
  const deleted = new Map<string, { withDataset: boolean }>()
  const given = new Set<string>()

  function get(id: string, isWanted: boolean): R {
    const record = records.get(id)
    if (record && isWanted) return record
    throw options.missing(id)
  }

  async function save(record: R): Promise<R> {
    const before = records.get(record.id)
    records.set(record.id, record)
    try {
      await options.save(record)
    } catch (error) {
      if (before) records.set(record.id, before)
      else records.delete(record.id)
      throw error
    }
    if (!deleted.has(record.id)) tell(record.id, record)
    return record
  }

  return {
    list: () => [...records.values()].filter(({ id }) => !deleted.has(id)),
    find: (id) => get(id, !deleted.has(id)),
    findAny: (id) => get(id, true),
    findDeleted: (id) => get(id, deleted.has(id)),
    change: (id, changes) => save({ ...get(id, true), ...changes }),
    add: save,
    put(record, isTold) {
      records.set(record.id, record)
      if (isTold && !deleted.has(record.id)) tell(record.id, record)
    },
    isDeleted: (id) => deleted.has(id),
    nextId(prefix) {
      let number = 1
      while (records.has(`${prefix}-${number}`) || given.has(`${prefix}-${number}`)) number++
      const id = `${prefix}-${number}`
      given.add(id)
      return id
    },
    async delete(id, withDataset) {
      await store.markDeleted(kind, id)
      deleted.set(id, { withDataset })
      tell(id, null)
    },
    async restore(id) {
      const record = get(id, deleted.has(id))
      await store.unmarkDeleted(kind, id)
      deleted.delete(id)
      tell(id, record)
      return record
    },
    deletedWith: (datasetId) =>
      [...records.values()].filter((record) => record.datasetId === datasetId && deleted.get(record.id)?.withDataset),
  }
}
