import * as v from 'valibot'

export const repeatSchema = v.variant('kind', [
  /** `count` runs, the first with the experiment's seed, each next one with one more; a random split is drawn anew too. */
  v.strictObject({ kind: v.literal('seeds'), count: v.pipe(v.number(), v.integer(), v.minValue(2), v.maxValue(100)) }),
  /** A run for each fold of a `k-fold` split. */
  v.strictObject({ kind: v.literal('folds') }),
])
/** Over what each model is trained several times, to see how much its metrics vary. */
export type Repeat = v.InferOutput<typeof repeatSchema>

/** The place of a run among those that repeat one another. */
export interface Series {
  /** The id of its first run. */
  id: string
  kind: Repeat['kind']
  /** From 0. */
  index: number
  count: number
}

/** Mean and sample standard deviation (divided by n - 1; null of a single value). */
export function spreadOf(values: readonly number[]): { mean: number; deviation: number | null } {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length
  if (values.length < 2) return { mean, deviation: null }
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0)
  return { mean, deviation: Math.sqrt(squares / (values.length - 1)) }
}

/** Runs that repeat one another together, in the order of the first of each; a run of its own is a group of one. */
export function groupSeries<R extends { id: string; series: Series | null }>(runs: Iterable<R>): R[][] {
  const groups = new Map<string, R[]>()
  for (const run of runs) {
    const key = run.series?.id ?? run.id
    groups.set(key, [...(groups.get(key) ?? []), run])
  }
  return [...groups.values()]
}
