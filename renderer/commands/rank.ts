import type { GroupId } from './command'
import { fuzzyScore } from './fuzzy'

/** What the palette searches in. */
export interface Candidate {
  id: string
  group: GroupId
  /** For a command on one thing: the entry that asks for the thing; null otherwise. */
  asker: string | null
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
 * matches title and keywords, the best first, each group where its best entry stands; at most `limit`. Commands on one
 * thing show where the query says something of the thing; else the one that asks for it stands for all.
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
  const scores = new Map(scored.map(({ entry, score }) => [entry.id, score]))
  const shown = scored.filter(({ entry, score }) => score > (scores.get(entry.asker ?? '') ?? -Infinity) + recentBonus)
  return bySection(shown.slice(0, limit).map(({ entry }) => entry))
}

function unasked<T extends Candidate>(candidates: readonly T[], recent: readonly string[]): Section<T>[] {
  const last = recent.flatMap((id) => candidates.find((entry) => entry.id === id) ?? [])
  const others = candidates.filter((entry) => entry.asker === null && !last.includes(entry))
  return [...(last.length > 0 ? [{ group: null, entries: last }] : []), ...bySection(others)]
}

function scoreOf({ title, keywords }: Candidate, query: string): number | null {
  const inTitle = fuzzyScore(query, title)
  if (inTitle !== null) return inTitle
  const anywhere = fuzzyScore(query, `${title} ${keywords}`, true)
  return anywhere === null ? null : anywhere - keywordsOnly
}

function bySection<T extends Candidate>(entries: readonly T[]): Section<T>[] {
  const sections = new Map<GroupId, T[]>()
  for (const entry of entries) sections.set(entry.group, [...(sections.get(entry.group) ?? []), entry])
  return [...sections].map(([group, entries]) => ({ group, entries }))
}
