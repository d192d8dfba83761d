import * as v from 'valibot'

const finite = v.pipe(v.number(), v.finite())
const count = v.pipe(v.number(), v.integer(), v.minValue(0))
const text = v.pipe(v.string(), v.maxLength(10_000))
const values = v.pipe(v.array(text), v.minLength(1), v.maxLength(1000))
const ends = (end: typeof finite | typeof count) => ({ from: v.optional(end), to: v.optional(end) })
const of = v.picklist(['users', 'items'])

/**
 * A condition on interactions. Ranges include both ends, an end that is left out is open, and what has no value (no
 * rating, no time, no such attribute) passes no condition on it.
 */
export const filterSchema = v.variant('by', [
  v.strictObject({ by: v.literal('rating'), ...ends(finite) }),
  /** Seconds since 1970. */
  v.strictObject({ by: v.literal('time'), ...ends(finite) }),
  /** Days of the week, 1 for Monday to 7, and hours of the day, in UTC. */
  v.strictObject({
    by: v.literal('calendar'),
    weekdays: v.optional(v.pipe(v.array(v.pipe(count, v.minValue(1), v.maxValue(7))), v.minLength(1))),
    hours: v.optional(v.pipe(v.array(v.pipe(count, v.maxValue(23))), v.minLength(1))),
  }),
  v.strictObject({ by: v.literal('event'), values }),
  /** All interactions of their user, or item, before any filter. */
  v.strictObject({ by: v.literal('user-interactions'), ...ends(count) }),
  v.strictObject({ by: v.literal('item-interactions'), ...ends(count) }),
  /** One of `values` (of a multi-valued attribute, any), a number or a date (seconds since 1970) in the range. */
  v.strictObject({ by: v.literal('attribute'), of, name: text, values: v.optional(values), ...ends(finite) }),
  v.strictObject({ by: v.literal('selection'), selectionId: v.pipe(v.string(), v.minLength(1), v.maxLength(200)) }),
  /** A part of the user's or item's id, or of the item's title, in small or capital letters. */
  v.strictObject({ by: v.literal('text'), of, contains: v.pipe(text, v.minLength(1)) }),
])
export type Filter = v.InferOutput<typeof filterSchema>

/** Conditions that hold together. */
export const filtersSchema = v.pipe(v.array(filterSchema), v.maxLength(100))

/** Whose ids a selection or an attribute is about. */
export const subjectSchema = of
export type Subject = v.InferOutput<typeof of>
