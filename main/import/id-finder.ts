import { mostUnknown } from '../contract/elsewhere'

/** Finds the place of ids that other programs wrote, and counts those that are not there. */
export interface IdFinder {
  /** Undefined where the data has no such id. */
  find(id: string): number | undefined
  /** Each of them once, up to `mostUnknown`. */
  unknown(): number
  /** The first few that were not found. */
  examples(): string[]
}

/** `plain`: what an id may have been written for, such as `a%20b` for `a b`; tried where the id itself is not there. */
export function createIdFinder(ids: readonly string[], plain: (id: string) => string = (id) => id): IdFinder {
  const places = new Map(ids.map((id, place) => [id, place]))
  const unknown = new Set<string>()
  return {
    find(id) {
      const place = places.get(id) ?? places.get(plain(id))
      if (place === undefined && unknown.size < mostUnknown) unknown.add(id)
      return place
    },
    unknown: () => unknown.size,
    examples: () => [...unknown].slice(0, 3),
  }
}
