import * as v from 'valibot'
import { comparedSchema, type ListOverlap, levelSchema, type Significance } from '../comparison'
import type { Subject } from '../filters'
import type { ValuePairs, ValueSpread } from '../per-user'
import { type Redefinition, redefineSchema } from '../profiles'
import { type SegmentMap, type SegmentUsers, segmentationSchema } from '../segments'
import { id, limit, view } from './fields'

/** As in a run's record: `id@k`, or `id` where there is no k. */
const metricKey = v.pipe(v.string(), v.minLength(1), v.maxLength(100))

const twoRuns = { first: id, second: id, key: metricKey }

/** A segment of a segmentation, by its place in the answer of `comparison.segments`. */
const segmentOf = { segmentation: segmentationSchema, segment: v.pipe(v.number(), v.integer(), v.minValue(0)) }

/** Runs beside one another. */
export const comparisonCalls = {
  'comparison.significance': v.strictObject({ ...comparedSchema, reference: id, level: levelSchema, view }),
  'comparison.segments': v.strictObject({
    ...comparedSchema,
    segmentations: v.pipe(v.array(segmentationSchema), v.minLength(1), v.maxLength(20)),
    view,
  }),
  'comparison.stop': v.strictObject({ view: id }),
  'comparison.segmentUsers': v.strictObject({ ...comparedSchema, ...segmentOf, limit }),
  'comparison.segmentMembers': v.strictObject({
    runIds: comparedSchema.runIds,
    metric: comparedSchema.metric,
    ...segmentOf,
  }),
  'comparison.redefine': v.strictObject({ ...redefineSchema, view }),
  'comparison.overlap': v.strictObject({
    first: id,
    second: id,
    /** Of each list, at most as long as both runs' are. */
    k: v.pipe(v.number(), v.integer(), v.minValue(1)),
    view,
  }),
  'perUser.spread': v.strictObject({
    runIds: v.pipe(v.array(id), v.minLength(1), v.maxLength(32)),
    key: metricKey,
  }),
  'perUser.pairs': v.strictObject(twoRuns),
  'perUser.ids': v.strictObject({
    ...twoRuns,
    /** What names a dot of `perUser.pairs`: the cell in the first run, in the second one, and the sign. */
    dots: v.pipe(v.array(v.tuple([v.number(), v.number(), v.picklist([-1, 0, 1])])), v.maxLength(100_000)),
  }),
} as const

export interface ComparisonOutputs {
  /**
   * How sure it is that runs differ from one of them. Refused with BAD_REQUEST where they were not judged on the same
   * users, or the metric has no values of single users. A newer one of the same place ends an older one with CANCELLED.
   */
  'comparison.significance': Significance
  /** Which run wins for whom. Refused as above, and where a metric or candidates do not allow segments of items. */
  'comparison.segments': SegmentMap
  /** Ends the comparison, or the map of segments, of a place. */
  'comparison.stop': null
  /** The users of a segment with their values in the runs, those that the first run serves worst beside the second. */
  'comparison.segmentUsers': SegmentUsers
  /** All ids of a segment, those without test items too. */
  'comparison.segmentMembers': { of: Subject; ids: string[] }
  /**
   * Metrics of stored lists under the definitions of another library. Refused with BAD_REQUEST for runs that were not
   * judged on the same data and candidates. A newer one of the same place ends an older one with CANCELLED.
   */
  'comparison.redefine': Redefinition
  /** How alike the stored lists of two runs are; refused, and ended, as above. */
  'comparison.overlap': ListOverlap
  /** How the users' values of a metric of single lists are spread; refused where none of the runs has such values. */
  'perUser.spread': ValueSpread
  /** Users by their values in two runs on the same prepared data. */
  'perUser.pairs': ValuePairs
  /** The ids of the users of some dots; refused with BAD_REQUEST where they are too many for one selection. */
  'perUser.ids': string[]
}
