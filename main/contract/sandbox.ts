import * as v from 'valibot'
import type { ListedItem } from './records'

/** An interaction of a history that somebody has put together. */
export const ownInteractionSchema = v.strictObject({
  item: v.string(),
  value: v.optional(v.pipe(v.number(), v.finite()), 1),
})
export type OwnInteraction = v.InferOutput<typeof ownInteractionSchema>

const share = v.optional(v.pipe(v.number(), v.minValue(0), v.maxValue(1)), 0)

/** How a list is made of what a model lists: business rules, then order. */
export const listRulesSchema = v.strictObject({
  excludeSeen: v.optional(v.boolean(), true),
  /** Only items of this category; null: of any. */
  only: v.optional(v.nullable(v.string()), null),
  /** So many items of each category at most; null: any number. */
  mostOfCategory: v.optional(v.nullable(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(1000))), null),
  /** Users who have the item in training, at least. */
  leastPopularity: v.optional(v.pipe(v.number(), v.integer(), v.minValue(0)), 0),
  /** Maximal marginal relevance; 0 leaves the order as it is. */
  diversity: share,
  /** Calibration to the categories of the history; 0 leaves the order as it is. */
  calibration: share,
})
export type ListRules = v.InferOutput<typeof listRulesSchema>

export interface ShownItem extends ListedItem {
  /** Of the attribute that lists are judged by; empty where there is none. */
  categories: string[]
  /** Users who have it in training. */
  popularity: number
}

export interface ShownList {
  runId: string
  /** Null where the model takes no new histories: it must be trained again with this one. */
  list: ShownItem[] | null
  /** From the question to its answer. */
  milliseconds: number
}

export interface RuleCost {
  /** Users of the sample. */
  users: number
  /** Mean NDCG of their lists, cut at `k`, without the rules and with them. */
  before: number
  after: number
  k: number
}

export interface FoundItem {
  item: string
  title: string | null
  /** Users who have it in training. */
  popularity: number
}

export interface ItemPage extends FoundItem {
  attributes: { name: string; value: string }[]
  /** Training interactions in equal periods; empty without times. */
  overTime: { from: number; count: number }[]
}

/** Who gets an item. */
export interface Audience {
  /** Stored lists of the run, and how many of them have the item. */
  lists: number
  times: number
  /** Lists that have it at each rank, from rank 1. */
  ranks: number[]
  users: { user: string; rank: number }[]
}

export interface ColdAudience {
  runId: string
  /** What the columns of the features are called, in their order; null where the model cannot place a new item. */
  columns: string[] | null
  users: { user: string; score: number }[]
}

export interface LosingUser {
  user: string
  first: number
  second: number
}
