import { between, type StepKind } from './step'

/** Ratings within both bounds, which belong to the range; rows without a rating pass none. */
export const ratingFilter: StepKind<'rating-filter'> = {
  needs: () => ['rating'],
  select: ({ min, max }, { table }) => `SELECT * FROM ${table} WHERE ${between('rating', min, max)}`,
}
