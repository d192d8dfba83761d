import type { DuckDBConnection, DuckDBValue } from '@duckdb/node-api'
import type { AttributeValues } from '../contract/exploration'
import type { Attribute } from '../contract/formats'
import { identifier, rows } from './database'
import { valuesOf } from './filters'

/** The most frequent values of an attribute in a table, of those with `contains` in them. */
export async function attributeValues(
  connection: DuckDBConnection,
  attribute: Attribute,
  table: string,
  { contains, limit }: { contains: string; limit: number },
): Promise<AttributeValues> {
  const parameters: DuckDBValue[] = []
  const bind = (value: DuckDBValue) => `$${parameters.push(value)}`
  const value =
    attribute.type === 'multi-valued'
      ? `unnest(${valuesOf(attribute, bind)})`
      : `nullif(trim(${identifier(attribute.column)}), '')`
  const found = await rows(
    connection,
    `SELECT value, count(*) AS count, count(*) OVER () AS distinct_values
     FROM (SELECT ${value} AS value FROM ${table})
     WHERE value IS NOT NULL AND contains(lower(value), lower(${bind(contains)}))
     GROUP BY value ORDER BY count DESC, value LIMIT ${limit}`,
    parameters,
  )
  return {
    distinct: Number(found[0]?.distinct_values ?? 0),
    values: found.map((row) => ({ value: String(row.value), count: Number(row.count) })),
  }
}
