import * as v from 'valibot'
import { subjectSchema } from '../filters'
import {
  type AlignedMap,
  distances,
  type NamedPoint,
  type PointGroup,
  type PointValues,
  type ProjectionRecord,
  pointValueSchema,
  projectionSettingsSchema,
} from '../projection'
import type { JobRecord } from '../records'
import type { SelectionRecord } from '../selections'
import { id, limit, name, nothing } from './fields'

const point = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(2 ** 32 - 2))
const of = { projectionId: id }
/** As few bytes as there can be: a lasso may hold a million points. */
const points = v.pipe(
  v.custom<Uint32Array>((given) => given instanceof Uint32Array, 'give points as an array of 32-bit numbers.'),
  v.check((given) => given.length > 0, 'choose one point or more.'),
  v.check((given) => given.length <= 1_000_000, 'choose a million points at most.'),
)

/** Maps of vectors. Points are named by their places in a map. */
export const projectionsCalls = {
  'projections.start': v.strictObject({ runId: id, of: subjectSchema, settings: projectionSettingsSchema }),
  'projections.list': nothing,
  'projections.delete': v.strictObject(of),
  'projections.restore': v.strictObject(of),
  'projections.read': v.strictObject(of),
  'projections.values': v.strictObject({ ...of, value: pointValueSchema }),
  'projections.names': v.strictObject({ ...of, points: v.pipe(v.array(point), v.maxLength(1000)) }),
  'projections.search': v.strictObject({ ...of, query: v.pipe(v.string(), v.maxLength(10_000)), limit }),
  'projections.neighbours': v.strictObject({
    ...of,
    point,
    distance: v.optional(v.picklist(distances), 'cosine'),
    limit,
  }),
  'projections.clusters': v.strictObject({ ...of, k: v.pipe(v.number(), v.integer(), v.minValue(2), v.maxValue(50)) }),
  'projections.describe': v.strictObject({ ...of, points }),
  'projections.select': v.strictObject({ ...of, points, name }),
  'projections.members': v.strictObject({ ...of, selectionId: id }),
  'projections.align': v.strictObject({ first: id, second: id }),
} as const

export interface ProjectionsOutputs {
  /** The job's subject is the map's id. The same run, side and settings give the same map, which is computed once. */
  'projections.start': JobRecord
  /** The newest first, without those of runs that are deleted. */
  'projections.list': ProjectionRecord[]
  /** Its files stay until the workspace is opened again. */
  'projections.delete': null
  'projections.restore': ProjectionRecord
  /** x, y of each point. */
  'projections.read': { record: ProjectionRecord; positions: Float32Array }
  'projections.values': PointValues
  'projections.names': NamedPoint[]
  /** Points whose id or title contains the query; those that begin with it first. */
  'projections.search': NamedPoint[]
  /** By the vectors themselves, the nearest first. */
  'projections.neighbours': (NamedPoint & { distance: number })[]
  /** The largest cluster first. */
  'projections.clusters': PointGroup[]
  'projections.describe': PointGroup
  'projections.select': SelectionRecord
  /** The points whose users, or items, are in a selection; refused with BAD_REQUEST for one of other things. */
  'projections.members': Uint32Array
  /** Refused with BAD_REQUEST where the maps have fewer than three points in common. */
  'projections.align': AlignedMap
}
