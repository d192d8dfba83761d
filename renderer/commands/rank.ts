import type { GroupId } from './command'
import { fuzzyScore } from './fuzzy'

/** What the palette searches in. */
export interface Candidate {
  id: string
  group: GroupId
  /** Whether it is a command on one thing. */
  hasTarget: boolean
  title: string
  keywords: string
}

export interface Section<T> {
  /** Null: those run last. */
  group: GroupId | null
  entries: T[]
}

/** A word found among the keywords only counts this much less. */
const keywordsOnly = 4
const recentBonus = 0.5

/**
 * What the palette shows, in sections. Without a query: those run last, then every command once. With one: what
 * matches title and keywords, the best first, each group where its best entry stands; at most `limit`.
 */
export function rank<T extends Candidate>(
  candidates: readonly T[],
  query: string,
  recent: readonly string[],
  limit: number,
): Section<T>[] {
  if (query.trim() === '') return unasked(candidates, recent)
  const scored = candidates.flatMap((entry) => {
    const score = scoreOf(entry, query)
    return score === null ? [] : [{ entry, score: score + (recent.includes(entry.id) ? recentBonus : 0) }]
  })
  scored.sort((a, b) => b.score - a.score)
  return bySection(scored.slice(0, limit).map(({ entry }) => entry))
}

function unasked<T extends Candidate>(candidates: readonly T[], recent: readonly string[]): Section<T>[] {
  const last = recent.flatMap((id) => candidates.find((entry) => entry.id === id) ?? [])
  const others = candidates.filter((entry) => !entry.hasTarget && !last.includes(entry))
  return [...(last.length > 0 ? [{ group: null, entries: last }] : []), ...bySection(others)]
}

function scoreOf({ title, keywords }: Candidate, query: string): number | null {
  const inTitle = fuzzyScore(query, title)
  if (inTitle !== null) return inTitle
  const anywhere = fuzzyScore(query, `${title} ${keywords}`)
  return anywhere === null ? null : anywhere - keywordsOnly
}

function bySection<T extends Candidate>(entries: readonly T[]): Section<T>[] {
  const sections = new Map<GroupId, T[]>()
  for (const entry of entries) sections.set(entry.group, [...(sections.get(entry.group) ?? []), entry])
  return [...sections].map(([group, entries]) => ({ group, entries }))
}
