import type { StepKind } from './step'

/** Takes users and items with too few interactions away until all that are left have enough. */
export const kCore: StepKind<'k-core'> = {
  select: (_, { table }) => `SELECT * FROM ${table}`,
  *refine({ user, item }, table) {
    const users = tooFew(table, '"user"', user)
    const items = tooFew(table, 'item', item)
    if (user > 1) yield users
    if (item === 1) return
    while ((yield items) > 0 && user > 1) if ((yield users) === 0) return
  },
}

function tooFew(table: string, column: string, minimum: number): string {
  return `DELETE FROM ${table} WHERE ${column} IN
  (SELECT ${column} FROM ${table} GROUP BY ${column} HAVING count(*) < ${minimum})`
}
