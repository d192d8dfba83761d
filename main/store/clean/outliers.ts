import type { StepOf } from '../../contract/clean'
import type { Stage, StepKind } from './step'

type Bounds = Pick<StepOf<'user-outliers'>, 'more_than' | 'per_minute'>

/** Users with more interactions than people have. */
export const userOutliers: StepKind<'user-outliers'> = outliers('"user"')
/** Items with more interactions than say anything of who likes them. */
export const itemOutliers: StepKind<'item-outliers'> = outliers('item')

/**
 * Takes away all interactions of those with more than a number of them, or with more than a number within less than 60
 * seconds from the first to the last of these.
 */
function outliers(column: string) {
  return {
    needs: ({ per_minute }: Bounds) => (per_minute === undefined ? [] : ['timestamp' as const]),
    select({ more_than, per_minute }: Bounds, { table }: Stage) {
      const conditions = [
        ...(more_than === undefined ? [] : [notIn(column, tooMany(table, column, more_than))]),
        ...(per_minute === undefined ? [] : [notIn(column, tooFast(table, column, per_minute))]),
      ]
      return `SELECT * FROM ${table}\nWHERE ${conditions.join('\n  AND ')}`
    },
  }
}

function notIn(column: string, query: string): string {
  return `${column} NOT IN (${query})`
}

function tooMany(table: string, column: string, most: number): string {
  return `SELECT ${column} FROM ${table} GROUP BY ${column} HAVING count(*) > ${most}`
}

function tooFast(table: string, column: string, most: number): string {
  const span = `lead(timestamp, ${most}) OVER (PARTITION BY ${column} ORDER BY timestamp) - timestamp`
  return `SELECT ${column} FROM (SELECT ${column}, ${span} AS span FROM ${table} WHERE timestamp IS NOT NULL) WHERE span < 60`
}
