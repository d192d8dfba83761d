import { numberLiteral, type StepKind } from './step'

/** Ratings on another scale. Rows without a rating pass no threshold, and stay as they are under the other maps. */
export const ratingMap: StepKind<'rating-map'> = {
  needs: () => ['rating'],
  async refuse(step, { table }, ask) {
    if (step.map !== 'log2' && step.map !== 'ln') return null
    const [lowest] = await ask(`SELECT min(rating) FROM ${table} HAVING min(rating) <= -1`)
    return lowest === undefined ? null : `takes the logarithm of 1 + rating, and ratings go down to ${lowest}.`
  },
  select(step, { table }) {
    switch (step.map) {
      case 'threshold': {
        const passes = `rating >= ${numberLiteral(step.threshold)}`
        if (step.others === 'drop') return `SELECT * REPLACE (1::DOUBLE AS rating) FROM ${table} WHERE ${passes}`
        return `SELECT * REPLACE ((CASE WHEN ${passes} THEN 1 ELSE 0 END)::DOUBLE AS rating) FROM ${table}`
      }
      case 'clip': {
        const raised = step.min === undefined ? 'rating' : `greatest(rating, ${numberLiteral(step.min)})`
        const clipped = step.max === undefined ? raised : `least(${raised}, ${numberLiteral(step.max)})`
        // greatest() and least() pass over NULL.
        const value = `CASE WHEN rating IS NOT NULL THEN ${clipped} END`
        return `SELECT * REPLACE ((${value})::DOUBLE AS rating) FROM ${table}`
      }
      case 'log2':
      case 'ln':
        return `SELECT * REPLACE (${step.map}(1 + rating) AS rating) FROM ${table}`
    }
  },
}
