import { TopnError } from '../contract/errors'
import type { ProjectionRecord } from '../contract/projection'
import type { RunRecord } from '../contract/records'
import { readProjection, type StoredProjection } from '../training/projection-files'
import type { IndexedData } from './prepared-cache'
import type { WorkspaceFolders } from './workspace'

/** A map with the data that it is of. */
export interface OpenMap extends StoredProjection {
  record: ProjectionRecord
  run: RunRecord
  data: IndexedData
  /** Of all items, or users, of the data: the place of their point, and -1 where there is none. */
  placeOf: Int32Array
  /** The place of the point of an id; -1 where there is none. */
  placeOfId(id: string): number
}

const kept = 3

/** Reads maps for screens; the most recently used stay in memory. */
export function createProjectionCache(
  folders: WorkspaceFolders,
  preparedOf: (hash: string) => Promise<IndexedData>,
): (record: ProjectionRecord, run: RunRecord) => Promise<OpenMap> {
  const cache = new Map<string, Promise<Omit<OpenMap, 'record' | 'run'>>>()

  async function open(record: ProjectionRecord, run: RunRecord) {
    const stored = await readProjection(folders.projection(record.id))
    const data = await preparedOf(run.prepared ?? '')
    const ids = record.of === 'users' ? data.userIds : data.itemIds
    const placeOf = new Int32Array(ids.length).fill(-1)
    stored.points.forEach((index, place) => {
      placeOf[index] = place
    })
    const places = new Map(ids.map((id, index) => [id, placeOf[index]]))
    return { ...stored, data, placeOf, placeOfId: (id: string) => places.get(id) ?? -1 }
  }

  return async (record, run) => {
    const found = cache.get(record.id) ?? open(record, run)
    cache.delete(record.id)
    cache.set(record.id, found)
    found.catch(() => cache.delete(record.id))
    for (const oldest of [...cache.keys()].slice(0, Math.max(0, cache.size - kept))) cache.delete(oldest)
    return { ...(await found), record, run }
  }
}

/** Throws BAD_REQUEST for a place that no point of the map has. */
export function requirePoints(map: Pick<OpenMap, 'points'>, places: ArrayLike<number>): void {
  for (let at = 0; at < places.length; at++) {
    if (places[at] < map.points.length) continue
    throw new TopnError('BAD_REQUEST', `The map has no point ${places[at]}.`, { field: 'points' })
  }
}
