import * as v from 'valibot'
import type { PairedTest } from './comparison'
import { type Subject, subjectSchema } from './filters'
import type { MetricId } from './metrics'

const name = v.pipe(v.string(), v.minLength(1), v.maxLength(10_000))

/** The metrics that count hits, so that they can be taken of hits on some items alone. */
export const hitMetrics: readonly MetricId[] = [
  'precision',
  'recall',
  'capped-recall',
  'f1',
  'hit-rate',
  'ndcg',
  'graded-ndcg',
  'map',
  'mrr',
]

/** By what users or items are told apart. */
export const segmentationSchema = v.variant('by', [
  /** Users with up to `most` interactions that models know of, and the others. */
  v.strictObject({
    by: v.literal('warmth'),
    most: v.optional(v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(1_000_000)), 5),
  }),
  /** Users by their number of interactions that models know of, in three parts of about the same size. */
  v.strictObject({ by: v.literal('activity') }),
  /** Items by their training interactions: head, torso and tail as in a dataset's profile. */
  v.strictObject({ by: v.literal('popularity') }),
  v.strictObject({ by: v.literal('attribute'), of: subjectSchema, name }),
  v.strictObject({ by: v.literal('selection'), selectionId: v.pipe(v.string(), v.minLength(1), v.maxLength(200)) }),
])
export type Segmentation = v.InferOutput<typeof segmentationSchema>

export const segmentLevels = ['cold', 'warm', 'light', 'middle', 'heavy', 'unseen', 'tail', 'torso', 'head'] as const
export type SegmentLevel = (typeof segmentLevels)[number]

/** What makes a user or item one of a segment. Ranges include both ends. */
export type SegmentName =
  /** By the number of interactions. `unseen`: items without training interactions. */
  | { kind: 'level'; level: SegmentLevel; from: number; to: number }
  /** A value of an attribute. */
  | { kind: 'value'; value: string }
  /** Numbers of an attribute; dates in seconds since 1970. */
  | { kind: 'range'; from: number; to: number; isDate: boolean }
  /** Values of an attribute that fewer have than those that are segments of their own. */
  | { kind: 'others'; values: number }
  /** Without a value of the attribute. */
  | { kind: 'missing' }
  /** In the selection, and not in it. */
  | { kind: 'inside' | 'outside' }

/** One run's mean over a segment against another one's. */
export interface SegmentTest {
  /** Places of both runs among those asked about, the better one first. */
  better: number
  worse: number
  /** Mean over users of the better run's value less the worse one's; negative where less is better. */
  difference: number
  p: number
  /** After Holm's correction over all segments. */
  corrected: number
}

export interface SegmentResult {
  name: SegmentName
  /** Users or items of the data that belong to it. */
  members: number
  /** Users that the means are over: of a segment of items those with test items of it. */
  users: number
  /** Of each run asked about; null where nobody was judged. */
  means: (number | null)[]
  /** The place of the best run; null where nobody was judged. */
  best: number | null
  /** The best run against the second best; null with fewer than two users. */
  lead: SegmentTest | null
  /** The best run against the overall winner, where that is another one. */
  upset: SegmentTest | null
}

/** How far a run's means over the segments of one segmentation are apart. */
export interface SegmentGap {
  gap: number
  /** Places of segments. */
  highest: number
  lowest: number
}

export interface SegmentGroup {
  segmentation: Segmentation
  of: Subject
  segments: SegmentResult[]
  /** Of each run asked about; null where fewer than two segments have a mean. */
  gaps: (SegmentGap | null)[]
}

/** Which run wins for whom. */
export interface SegmentMap {
  metric: string
  direction: 'higher' | 'lower'
  test: PairedTest
  runIds: string[]
  /** Users that all runs have a value of. */
  users: number
  /** Over all of them, of each run. */
  means: number[]
  /** The place of the run with the best mean over all users. */
  winner: number
  groups: SegmentGroup[]
}

/** A user of a segment with the values that two runs have there. */
export interface SegmentUser {
  user: string
  /** Of each run asked about. */
  values: number[]
}

/** Who makes up a segment, those first for whom the first run asked about falls behind the second one the most. */
export interface SegmentUsers {
  /** Users that were judged. */
  total: number
  users: SegmentUser[]
}
