/** The mean of a metric over the users, or items, of one group; null where it has none. */
export interface GroupMean {
  readonly group: string
  readonly mean: number | null
}

/** The largest difference between the means of two groups. */
export interface GroupGap {
  readonly gap: number
  readonly highest: string
  readonly lowest: string
}

/** How far the groups of a segment are apart; of equal means the first group. Null where fewer than two have a mean. */
export function groupGap(groups: readonly GroupMean[]): GroupGap | null {
  const known = groups.flatMap(({ group, mean }) => (mean === null || Number.isNaN(mean) ? [] : [{ group, mean }]))
  if (known.length < 2) return null
  const highest = known.reduce((best, each) => (each.mean > best.mean ? each : best))
  const lowest = known.reduce((worst, each) => (each.mean < worst.mean ? each : worst))
  return { gap: highest.mean - lowest.mean, highest: highest.group, lowest: lowest.group }
}
