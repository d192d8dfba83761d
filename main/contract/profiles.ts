import * as v from 'valibot'
import type { MetricId } from './metrics'

/** Whose definitions of the metrics hold. */
export const profileIds = ['topn', 'recbole', 'lenskit', 'rectools', 'trec-eval', 'implicit', 'elliot'] as const
export type ProfileId = (typeof profileIds)[number]

/** The metrics that libraries define differently; each can be computed from stored lists. */
export const definedMetrics = ['precision', 'recall', 'hit-rate', 'ndcg', 'map', 'mrr'] as const satisfies MetricId[]
export type DefinedMetric = (typeof definedMetrics)[number]

/** Formulas that a profile is put together from: see `evaluation/profiles/definitions.ts`. */
export const definitionIds = [
  'hits-by-k',
  'hits-by-length',
  'hits-by-relevant',
  'hits-by-possible',
  'all-hits-by-all-possible',
  'any-hit',
  'gain-by-possible',
  'gain-by-places',
  'precisions-by-possible',
  'precisions-by-relevant',
  'precisions-by-length',
  'precisions-of-all-places',
  'reciprocal-rank',
] as const
export type DefinitionId = (typeof definitionIds)[number]

/** What each metric is under a profile; null where the library has none, or one that lists do not say. */
export type Definitions = Record<DefinedMetric, DefinitionId | null>

const id = v.pipe(v.string(), v.minLength(1), v.maxLength(200))

export const redefineSchema = {
  runIds: v.pipe(v.array(id), v.minLength(1), v.maxLength(500, 'choose 500 runs at most.')),
  profile: v.picklist(profileIds),
}

/** Stored lists, judged again under other definitions. */
export interface Redefinition {
  profile: ProfileId
  definitions: Definitions
  /** TopN's own. */
  usual: Definitions
  /** In the order in which they were asked for. */
  runs: RedefinedRun[]
}

export interface RedefinedRun {
  runId: string
  /** Judged users. */
  users: number
  /** Keys are `id@k`. */
  metrics: Record<string, number>
  /** The same under TopN's definitions. */
  usual: Record<string, number>
}

/** Values nearer than this are equal: the same number may come of two orders of summation. */
const equal = 1e-12

/** The rank of each value, from 1 for the highest; equal values have the same. NaN has none and counts for nobody. */
export function ranksOf(values: readonly number[]): (number | null)[] {
  return values.map((value) =>
    Number.isNaN(value) ? null : 1 + values.reduce((count, other) => count + (other - value > equal ? 1 : 0), 0),
  )
}
