import * as v from 'valibot'

const number = v.pipe(v.number(), v.finite())
const count = v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(Number.MAX_SAFE_INTEGER))
const text = v.pipe(
  v.string(),
  v.check((value) => !value.includes('\0'), 'a text without the character 0'),
)
const seed = v.optional(v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(0xffffffff)), 42)
/** Seconds since 1970, or an ISO date: all of that day. UTC. */
const moment = v.union(
  [number, v.pipe(v.string(), v.isoTimestamp()), v.pipe(v.string(), v.isoDate())],
  'give seconds since 1970, or an ISO date such as 2020-01-31 or 2020-01-31T08:30:00Z.',
)

/** What an event of each name is worth; 0 leaves its rows out. */
export const eventWeightsSchema = v.record(text, v.pipe(number, v.minValue(0)))

const outliers = {
  /** Those with more interactions than this. */
  more_than: v.optional(count),
  /** Those with more interactions than this within any 60 seconds. */
  per_minute: v.optional(count),
}
const someBound = 'give more_than, per_minute, or both.'

export const droppableColumns = ['rating', 'timestamp', 'event'] as const
export type DroppableColumn = (typeof droppableColumns)[number]
export const timeUnits = ['hour', 'day', 'week', 'month'] as const

export const cleanStepSchema = v.variant('step', [
  /** The value of a row becomes the weight of its event; every event of the data must have one. */
  v.strictObject({ step: v.literal('event-weights'), weights: eventWeightsSchema }),
  v.variant('map', [
    /** From `threshold` up a rating becomes 1; others are dropped, or become 0. */
    v.strictObject({
      step: v.literal('rating-map'),
      map: v.literal('threshold'),
      threshold: number,
      others: v.optional(v.picklist(['drop', 'zero']), 'drop'),
    }),
    /** Ratings beyond a bound become the bound. */
    v.strictObject({
      step: v.literal('rating-map'),
      map: v.literal('clip'),
      min: v.optional(number),
      max: v.optional(number),
    }),
    /** log2(1 + r), or ln(1 + r), of counts. */
    v.strictObject({ step: v.literal('rating-map'), map: v.picklist(['log2', 'ln']) }),
  ]),
  v.strictObject({ step: v.literal('rating-filter'), min: v.optional(number), max: v.optional(number) }),
  /** One row of each pair of user and item; ratings may be put together. */
  v.strictObject({
    step: v.literal('duplicates'),
    keep: v.optional(v.picklist(['first', 'last', 'max', 'min', 'mean', 'sum']), 'last'),
  }),
  /** Both ends belong to it. */
  v.strictObject({ step: v.literal('date-range'), from: v.optional(moment), to: v.optional(moment) }),
  v.pipe(
    v.strictObject({ step: v.literal('user-outliers'), ...outliers }),
    v.check((step) => step.more_than !== undefined || step.per_minute !== undefined, someBound),
  ),
  v.pipe(
    v.strictObject({ step: v.literal('item-outliers'), ...outliers }),
    v.check((step) => step.more_than !== undefined || step.per_minute !== undefined, someBound),
  ),
  v.strictObject({ step: v.literal('k-core'), user: v.optional(count, 1), item: v.optional(count, 1) }),
  /** The same users whenever ids, size and seed are the same. */
  v.pipe(
    v.strictObject({
      step: v.literal('sample-users'),
      count: v.optional(count),
      share: v.optional(v.pipe(number, v.gtValue(0), v.maxValue(1))),
      seed,
    }),
    v.check((step) => (step.count === undefined) !== (step.share === undefined), 'give either count or share.'),
  ),
  /** Keeps, or drops, what has one of the values or lies in the range. */
  v.pipe(
    v.strictObject({
      step: v.literal('attribute-filter'),
      of: v.picklist(['users', 'items']),
      name: v.pipe(text, v.minLength(1)),
      values: v.optional(v.pipe(v.array(text), v.minLength(1))),
      from: v.optional(number),
      to: v.optional(number),
      keep: v.optional(v.boolean(), true),
    }),
    v.check(
      (step) => (step.values === undefined) === (step.from !== undefined || step.to !== undefined),
      'give either values, or from and to.',
    ),
  ),
  /** They are gone for all that comes after, models included. */
  v.strictObject({
    step: v.literal('drop-columns'),
    columns: v.optional(v.array(v.picklist(droppableColumns)), []),
    items: v.optional(v.array(text), []),
    users: v.optional(v.array(text), []),
  }),
  /** A timestamp becomes the beginning of its hour, day, week (Monday) or month, UTC. */
  v.strictObject({ step: v.literal('coarsen-time'), to: v.picklist(timeUnits) }),
  /** Laplace noise of scale sensitivity / epsilon on ratings. */
  v.strictObject({
    step: v.literal('noise'),
    epsilon: v.pipe(number, v.gtValue(0)),
    sensitivity: v.optional(v.pipe(number, v.gtValue(0)), 1),
    seed,
  }),
])
/** One step of the cleaning recipe; steps run in order, each on what the one before has left. */
export type CleanStep = v.InferOutput<typeof cleanStepSchema>
export type CleanStepId = CleanStep['step']
export type StepOf<S extends CleanStepId> = Extract<CleanStep, { step: S }>

/** Whether the rows that a recipe leaves have no times any more. */
export function dropsTimes(clean: readonly CleanStep[]): boolean {
  return clean.some((step) => step.step === 'drop-columns' && step.columns.includes('timestamp'))
}
