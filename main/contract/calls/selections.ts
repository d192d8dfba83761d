import * as v from 'valibot'
import { cleanStepSchema } from '../experiment'
import { filtersSchema, subjectSchema } from '../filters'
import type { SelectionMember, SelectionRecord } from '../selections'
import { id, limit, name, nothing, offset } from './fields'

/** Named sets of users or items. */
export const selectionsCalls = {
  'selections.list': nothing,
  'selections.create': v.pipe(
    v.strictObject({
      datasetId: id,
      of: subjectSchema,
      name,
      clean: v.optional(v.array(cleanStepSchema), []),
      filters: v.optional(filtersSchema),
      ids: v.optional(v.pipe(v.array(v.string()), v.minLength(1), v.maxLength(1_000_000))),
    }),
    v.check(({ filters, ids }) => (filters === undefined) !== (ids === undefined), 'give either filters or ids.'),
  ),
  'selections.change': v.strictObject({ selectionId: id, name }),
  'selections.delete': v.strictObject({ selectionId: id }),
  'selections.restore': v.strictObject({ selectionId: id }),
  'selections.members': v.strictObject({
    selectionId: id,
    query: v.optional(v.pipe(v.string(), v.maxLength(10_000)), ''),
    limit,
    offset,
  }),
  'selections.export': v.strictObject({ selectionId: id }),
} as const

export interface SelectionsOutputs {
  'selections.list': SelectionRecord[]
  /** Refused with BAD_REQUEST where nobody is left, or an id is not in the data. */
  'selections.create': SelectionRecord
  'selections.change': SelectionRecord
  /** It can be restored until the workspace is opened again. */
  'selections.delete': null
  'selections.restore': SelectionRecord
  /** Those with the most interactions first. */
  'selections.members': SelectionMember[]
  /** Writes the members as CSV into the workspace's exports and answers the file's path. */
  'selections.export': { path: string }
}
