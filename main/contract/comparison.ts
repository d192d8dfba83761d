import * as v from 'valibot'
import type { RunRecord } from './records'

/** Tests of the differences between two runs on the same users. */
export const pairedTests = ['t', 'wilcoxon', 'randomisation'] as const
export type PairedTest = (typeof pairedTests)[number]

const id = v.pipe(v.string(), v.minLength(1), v.maxLength(200))

/** Runs that were judged on the same users, and by what they are compared. */
export const comparedSchema = {
  runIds: v.pipe(
    v.array(id),
    v.minLength(2, 'choose two runs or more.'),
    v.maxLength(50, 'choose 50 runs at most.'),
    v.check((runIds) => new Set(runIds).size === runIds.length, 'name each run once.'),
  ),
  /** A metric's key, such as `ndcg@10`, of single lists. */
  metric: id,
  test: v.optional(v.picklist(pairedTests), 't'),
  seed: v.optional(v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(2 ** 32 - 1)), 42),
  /** Of the bootstrap, and of the randomisation test where not all signs are tried. */
  resamples: v.optional(v.pipe(v.number(), v.integer(), v.minValue(100), v.maxValue(100_000)), 2000),
}

/** How intervals are made. */
export const levelSchema = v.optional(v.pipe(v.number(), v.minValue(0.5), v.maxValue(0.999)), 0.95)

/** From one number to another. */
export interface Interval {
  from: number
  to: number
}

/** How sure one may be that runs differ from a reference. */
export interface Significance extends SignificanceSettings {
  metric: string
  /** Whether more of the metric is better. */
  direction: 'higher' | 'lower'
  reference: string
  /** Users that all of the runs have a value of; only they count. */
  users: number
  /** In the order in which they were asked for. */
  runs: (RunMean & { runId: string })[]
  /** Each other run against the reference, in the same order. */
  pairs: (PairedComparison & { runId: string })[]
}

export interface SignificanceSettings {
  test: PairedTest
  level: number
  resamples: number
  seed: number
}

export interface RunMean {
  mean: number
  interval: Interval
}

/** A run against the reference, user by user. */
export interface PairedComparison {
  /** Mean over users of the run's value less the reference's. */
  difference: number
  interval: Interval
  /** Of the test: t, W, or the mean difference. */
  statistic: number
  /** On both sides. */
  p: number
  /** After Holm's correction over all pairs. */
  corrected: number
  /** Cohen's d_z: the mean difference over its standard deviation; null where all differences are equal. */
  effect: number | null
  /** Users for whom the run is better, equally good, and worse. */
  better: number
  equal: number
  worse: number
}

/** How alike the lists of two runs are: means over users. */
export interface ListOverlap {
  /** The items of each list that are looked at. */
  k: number
  /** With a list in either run. */
  users: number
  /** 0 to 1: shared items over all items of both lists (Jaccard). */
  jaccard: number
  /** 0 to 1: rank-biased overlap, in which the first items count more. */
  rbo: number
}

/** What of a run decides which items were ranked for a user, as a text: runs of one text ranked the same ones. A sample depends on the seed. */
export function rankedItems({ evaluation, seed }: Pick<RunRecord, 'evaluation' | 'seed'>): string {
  const { candidates, exclude_seen: excludeSeen } = evaluation
  return JSON.stringify([
    candidates,
    excludeSeen,
    typeof candidates === 'object' && 'sampled' in candidates ? seed : null,
  ])
}
