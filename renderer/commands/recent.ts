const storageKey = 'topn.commands'
const longest = 5

/** Ids of the entries run last, the latest first. */
export function readRecent(): string[] {
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(storageKey) ?? '[]')
    return Array.isArray(stored) ? stored.filter((id) => typeof id === 'string').slice(0, longest) : []
  } catch {
    return []
  }
}

export function rememberRecent(id: string): void {
  try {
    const ids = [id, ...readRecent().filter((each) => each !== id)].slice(0, longest)
    localStorage.setItem(storageKey, JSON.stringify(ids))
  } catch {
    // Storage is full or forbidden: nothing is recent.
  }
}
