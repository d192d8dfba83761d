import type { PreparedData } from '../data/prepared'
import { readPrepared } from '../data/prepared-files'
import type { WorkspaceFolders } from './workspace'

/** Prepared data with the way from ids to indices. */
export interface IndexedData extends PreparedData {
  userIndex(id: string): number | undefined
}

/** Reads prepared data for screens; the most recently used stay in memory. */
export function createPreparedCache(folders: WorkspaceFolders, kept = 2): (hash: string) => Promise<IndexedData> {
  const cache = new Map<string, Promise<IndexedData>>()

  async function read(hash: string): Promise<IndexedData> {
    const data = await readPrepared(folders.prepared(hash))
    const users = new Map(data.userIds.map((id, index) => [id, index]))
    return { ...data, userIndex: (id) => users.get(id) }
  }

  return (hash) => {
    const found = cache.get(hash) ?? read(hash)
    cache.delete(hash)
    cache.set(hash, found)
    found.catch(() => cache.delete(hash))
    for (const oldest of [...cache.keys()].slice(0, Math.max(0, cache.size - kept))) cache.delete(oldest)
    return found
  }
}
