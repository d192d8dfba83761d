import * as v from 'valibot'
import type { Explanation } from '../explanations'
import type { JobRecord } from '../records'
import {
  type Audience,
  type ColdAudience,
  type FoundItem,
  type ItemPage,
  type LosingUser,
  listRulesSchema,
  ownInteractionSchema,
  type RuleCost,
  type ShownItem,
  type ShownList,
} from '../sandbox'
import { id, limit } from './fields'

const runIds = v.pipe(v.array(id), v.minLength(1), v.maxLength(16))
const item = v.pipe(v.string(), v.maxLength(10_000))
const length = v.optional(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(100)), 10)

/** A user of the data, or a history of one's own; with both, the history in the place of the user's. */
const whom = {
  user: v.optional(v.nullable(v.string()), null),
  history: v.optional(v.nullable(v.pipe(v.array(ownInteractionSchema), v.maxLength(5000))), null),
}

/** Why items are listed, and what would be listed otherwise. */
export const sandboxCalls = {
  'explanations.ofItem': v.strictObject({ runId: id, item, k: length, ...whom }),
  'sandbox.lists': v.strictObject({ runIds, ...whom, rules: v.optional(listRulesSchema, {}), k: length }),
  'sandbox.retrain': v.strictObject({
    runId: id,
    user: v.optional(v.nullable(v.string()), null),
    history: v.pipe(v.array(ownInteractionSchema), v.minLength(1), v.maxLength(5000)),
  }),
  'sandbox.retrained': v.strictObject({ retrainingId: id, rules: v.optional(listRulesSchema, {}), k: length }),
  'sandbox.categories': v.strictObject({ runId: id }),
  'sandbox.ruleCost': v.strictObject({ runId: id, rules: listRulesSchema, k: length }),
  'sandbox.coldAudience': v.strictObject({
    runId: id,
    /** Names of columns of the run's features. */
    columns: v.pipe(v.array(v.string()), v.maxLength(1000)),
    limit,
  }),
  'items.search': v.strictObject({ runId: id, query: v.pipe(v.string(), v.maxLength(10_000)), limit }),
  'items.page': v.strictObject({ runId: id, item }),
  'items.similar': v.strictObject({ runId: id, item, limit }),
  'items.audience': v.strictObject({ runId: id, item, limit }),
  'users.losers': v.strictObject({ first: id, second: id, key: v.string(), limit }),
} as const

export interface SandboxOutputs {
  'explanations.ofItem': Explanation
  /** Of each run, in their order. Refused with BAD_REQUEST for runs on other data than the first. */
  'sandbox.lists': ShownList[]
  /**
   * Trains a copy of a run, with its settings and on its data, but for the history of one user, or with one user more. The
   * run stays as it is, and of the copy the one user's list is kept until the workspace is closed. The job's subject is the
   * retraining's id. Refused with BAD_REQUEST for what was made elsewhere or trained on other data, and for a user that the split holds out.
   */
  'sandbox.retrain': JobRecord
  /** Null where it is not done, or its list is no longer kept. */
  'sandbox.retrained': ShownItem[] | null
  /** The categories of items that rules may name, the most frequent first; empty where items have none. */
  'sandbox.categories': string[]
  /** What rules cost, over a sample of the users that the run was judged on. */
  'sandbox.ruleCost': RuleCost
  /** To whom a run would show a new item with some features. */
  'sandbox.coldAudience': ColdAudience
  /** Items whose title or id contains the query, the most popular first. */
  'items.search': FoundItem[]
  'items.page': ItemPage
  /** Null where the model has neither vectors of items nor takes new histories. */
  'items.similar': { by: 'vectors' | 'history'; items: (FoundItem & { score: number })[] } | null
  'items.audience': Audience
  /** The users whose value falls the most from the first run to the second one. */
  'users.losers': LosingUser[]
}
