import { literal } from '../database'
import { numberLiteral, type StepKind } from './step'

/** The weight of its event becomes a row's rating; rows of weight 0 and rows without an event are left out. */
export const eventWeights: StepKind<'event-weights'> = {
  needs: () => ['event'],
  async refuse({ weights }, { table }, ask) {
    const events = await ask(`SELECT DISTINCT event FROM ${table} WHERE event IS NOT NULL ORDER BY event`)
    const missing = events.filter((event) => !Object.hasOwn(weights, event))
    if (missing.length === 0) return null
    return `gives no weight to ${missing.slice(0, 5).join(', ')}. Give each event of the data one; 0 leaves it out.`
  },
  select({ weights }, { table }) {
    const kept = Object.entries(weights).filter(([, weight]) => weight > 0)
    if (kept.length === 0) return `SELECT * FROM ${table} WHERE false`
    const cases = kept.map(([event, weight]) => `WHEN ${literal(event)} THEN ${numberLiteral(weight)}`)
    const events = kept.map(([event]) => literal(event))
    return `SELECT * REPLACE ((CASE event ${cases.join(' ')} END)::DOUBLE AS rating) FROM ${table}
WHERE event IN (${events.join(', ')})`
  },
}
