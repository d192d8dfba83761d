import { numberLiteral, type StepKind, uniform } from './step'

/**
 * Adds Laplace noise of scale b = sensitivity / epsilon to every rating (Dwork et al. 2006), by the inverse of its
 * distribution function: b ln(2u) for u < 1/2 and -b ln(2 - 2u) above, u thrown for each row by the seed.
 */
export const noise: StepKind<'noise'> = {
  needs: () => ['rating'],
  select({ epsilon, sensitivity, seed }, { table }) {
    const scale = numberLiteral(Math.min(sensitivity / epsilon, Number.MAX_VALUE))
    const thrown = `CASE WHEN u < 0.5 THEN ln(2 * u) ELSE -ln(2 - 2 * u) END`
    return `SELECT * EXCLUDE (u) REPLACE (rating + ${scale} * (${thrown}) AS rating)
FROM (SELECT *, ${uniform(seed, 'row')} AS u FROM ${table})`
  },
}
