import { type Block, blockOf } from './block'

/** 1 for each value that a row has, one column for each value of at least `minimumCount` rows, in the order of their texts. */
export function categories(prefix: string, rows: readonly (readonly string[])[], minimumCount: number): Block {
  const counts = new Map<string, number>()
  for (const row of rows) for (const value of row) counts.set(value, (counts.get(value) ?? 0) + 1)
  const kept = [...counts.keys()].filter((value) => (counts.get(value) ?? 0) >= minimumCount).sort()
  const place = new Map(kept.map((value, at) => [value, at]))
  const entries = rows.map((row) => {
    const known = row.map((value) => place.get(value)).filter((at) => at !== undefined)
    return new Map(known.map((at) => [at, 1]))
  })
  return blockOf(
    kept.map((value) => `${prefix}: ${value}`),
    entries,
  )
}

/** Every combination of one value from each column, of each row. */
export function combinations(columns: readonly (readonly (readonly string[])[])[]): string[][] {
  const [first, ...others] = columns
  return others.reduce<string[][]>(
    (joined, column) => joined.map((row, at) => row.flatMap((left) => column[at].map((right) => `${left} x ${right}`))),
    first.map((row) => [...row]),
  )
}
