import { numberLiteral, type StepKind } from './step'

const secondsOfDay = 86_400

/** From the first to the last moment, both in it; a date means all of its day, UTC. Rows without a time are in none. */
export const dateRange: StepKind<'date-range'> = {
  needs: () => ['timestamp'],
  select({ from, to }, { table }) {
    const bounds = [
      ...(from === undefined ? [] : [`timestamp >= ${numberLiteral(seconds(from))}`]),
      ...(to === undefined ? [] : [until(to)]),
    ]
    return `SELECT * FROM ${table} WHERE ${bounds.length > 0 ? bounds.join(' AND ') : 'true'}`
  },
}

function until(to: number | string): string {
  const isDay = typeof to === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(to)
  if (isDay) return `timestamp < ${numberLiteral(seconds(to) + secondsOfDay)}`
  return `timestamp <= ${numberLiteral(seconds(to))}`
}

function seconds(moment: number | string): number {
  return typeof moment === 'number' ? moment : Date.parse(moment) / 1000
}
