import { TopnError } from '../contract/errors'
import type { Anonymity } from '../contract/recipes'
import type { DatasetRecord } from '../contract/records'
import { identifier, rows, type WorkspaceDatabase } from './database'
import { tablesOf } from './dataset-tables'

const mostSizes = 50

/** How many users share their values of these attributes with how many others. Users of whom nothing is known are alike. */
export async function anonymityOf(
  database: WorkspaceDatabase,
  { id, userAttributes }: DatasetRecord,
  names: readonly string[],
): Promise<Anonymity> {
  const columns = names.map((name) => {
    const found = userAttributes.find((attribute) => attribute.name === name)
    if (found) return identifier(found.column)
    throw new TopnError('BAD_REQUEST', `attributes: users have no attribute ${name}.`, { field: 'attributes' })
  })
  const { interactions, users } = tablesOf(id)
  const found = await database.use((connection) =>
    rows(
      connection,
      `SELECT size, count(*) AS groups FROM (
         SELECT count(*) AS size FROM (SELECT DISTINCT "user" FROM ${interactions}) present
         LEFT JOIN ${users} known ON known."user" = present."user" GROUP BY ${columns.map((column) => `known.${column}`)}
       ) GROUP BY size ORDER BY size`,
    ),
  )
  const sizes = found.map((row) => {
    const [size, groups] = [Number(row.size), Number(row.groups)]
    return { size, groups, users: size * groups }
  })
  return {
    users: sizes.reduce((sum, each) => sum + each.users, 0),
    smallest: sizes[0]?.size ?? 0,
    groups: sizes.reduce((sum, each) => sum + each.groups, 0),
    sizes: sizes.slice(0, mostSizes),
    unique: sizes.find(({ size }) => size === 1)?.users ?? 0,
  }
}
