import * as v from 'valibot'

const share = v.pipe(v.number(), v.gtValue(0), v.ltValue(1))
const wholeFrom = (minimum: number) => v.pipe(v.number(), v.integer(), v.minValue(minimum))

const strategies = [
  v.strictObject({
    strategy: v.literal('random'),
    /** Share of the interactions that is held out. */
    ratio: v.optional(share, 0.2),
    per: v.optional(v.picklist(['user', 'global']), 'user'),
  }),
  v.strictObject({
    strategy: v.literal('leave-last-out'),
    /** Interactions held out of each user, the latest ones. */
    count: v.optional(wholeFrom(1), 1),
  }),
  v.strictObject({ strategy: v.literal('leave-one-out') }),
  v.strictObject({
    strategy: v.literal('temporal'),
    /** Share of the interactions that is kept for training: those before the global point in time that this implies. */
    quantile: v.optional(share, 0.8),
    /** The point in time itself, in seconds since 1970 or as an ISO date; interactions at or after it are held out. */
    at: v.optional(
      v.union(
        [v.number(), v.pipe(v.string(), v.isoTimestamp()), v.pipe(v.string(), v.isoDate())],
        'give seconds since 1970, or an ISO date such as 2020-01-31 or 2020-01-31T08:30:00Z.',
      ),
    ),
  }),
  v.strictObject({
    strategy: v.literal('user-holdout'),
    /** Share of the users that is held out. */
    ratio: v.optional(share, 0.1),
    /** Their number, in place of the share. */
    count: v.optional(wholeFrom(1)),
    /** Share of each held-out user's interactions that is known when they get their list; the rest is held out. */
    fold_in: v.optional(share, 0.8),
    /** Which of them are held out. */
    tested: v.optional(v.picklist(['random', 'latest']), 'random'),
  }),
  v.strictObject({
    strategy: v.literal('k-fold'),
    folds: v.optional(v.pipe(wholeFrom(2), v.maxValue(100)), 5),
    /** Which fold is held out, from 0. */
    fold: v.optional(wholeFrom(0), 0),
    per: v.optional(v.picklist(['user', 'global']), 'user'),
  }),
] as const
export const holdOutSchema = v.variant('strategy', [...strategies])
/** How one part is cut off another. */
export type HoldOut = v.InferOutput<typeof holdOutSchema>

const [random, leaveLastOut, leaveOneOut, temporal, userHoldout, kFold] = strategies
const validation = { validation: v.optional(holdOutSchema) }
export const splitSchema = v.variant('strategy', [
  v.strictObject({ ...random.entries, ...validation }),
  v.strictObject({ ...leaveLastOut.entries, ...validation }),
  v.strictObject({ ...leaveOneOut.entries, ...validation }),
  v.strictObject({ ...temporal.entries, ...validation }),
  v.strictObject({ ...userHoldout.entries, ...validation }),
  v.strictObject({ ...kFold.entries, ...validation }),
  v.strictObject({
    strategy: v.literal('predefined'),
    train: v.pipe(v.string(), v.minLength(1)),
    validation: v.optional(v.union([v.pipe(v.string(), v.minLength(1)), holdOutSchema])),
    /** The validation file is trained on too. */
    join_validation: v.optional(v.boolean()),
    test: v.pipe(v.string(), v.minLength(1)),
  }),
])
/** How the interactions are cut into train, validation and test. `validation` is cut off the training part. */
export type Split = v.InferOutput<typeof splitSchema>
