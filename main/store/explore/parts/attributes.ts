import type { DuckDBConnection, DuckDBValue } from '@duckdb/node-api'
import type { AttributeSummary } from '../../../contract/exploration'
import type { Subject } from '../../../contract/filters'
import type { Attribute } from '../../../contract/formats'
import { valueBins } from '../../../data/bins'
import { attributeValues } from '../../attribute-values'
import { identifier, rows } from '../../database'
import { columnOf, numberOf, valuesOf } from '../../filters'
import { countsIn, histogram } from '../histogram'
import type { Left } from '../left'

const mostValues = 20

/** What is known of the users and items that are left. */
export async function readAttributes(connection: DuckDBConnection, left: Left): Promise<AttributeSummary[]> {
  const summaries: AttributeSummary[] = []
  for (const of of ['users', 'items'] as const) {
    const table = left.base.attributeTables[of]
    if (table === null) continue
    const ids = columnOf[of]
    const known = (members: string) =>
      `(SELECT a.* FROM ${members} l JOIN ${left.base.members[of]} b USING (${ids}) JOIN ${table} a ON a.${ids} = b.id)`
    for (const attribute of left.base.attributes[of]) {
      summaries.push(await summarise(connection, { of, attribute, known, left }))
    }
  }
  return summaries
}

interface Request {
  of: Subject
  attribute: Attribute
  /** The attributes' rows of a table of members. */
  known(members: string): string
  left: Left
}

async function summarise(connection: DuckDBConnection, request: Request): Promise<AttributeSummary> {
  const { of, attribute, known, left } = request
  const parameters: DuckDBValue[] = []
  const holds = hasValue(attribute, (value) => `$${parameters.push(value)}`)
  const [row] = await rows(
    connection,
    `SELECT count(*) AS present, count(DISTINCT ${identifier(attribute.column)}) AS distinct_values
     FROM ${known(left.members[of])} WHERE ${holds}`,
    parameters,
  )
  const frequent = isListed(attribute) ? await frequentValues(connection, request) : null
  return {
    of,
    name: attribute.name,
    type: attribute.type,
    missing: left.amounts[of] - Number(row.present),
    distinct: frequent?.distinct ?? Number(row.distinct_values),
    values: frequent?.values ?? [],
    bins: attribute.type === 'number' || attribute.type === 'date' ? await numberBins(connection, request) : null,
  }
}

function hasValue(attribute: Attribute, bind: (value: DuckDBValue) => string): string {
  if (attribute.type === 'number' || attribute.type === 'date') return `${numberOf(attribute)} IS NOT NULL`
  if (attribute.type === 'multi-valued') return `len(${valuesOf(attribute, bind)}) > 0`
  return `trim(${identifier(attribute.column)}) <> ''`
}

function isListed({ type }: Attribute): boolean {
  return type === 'category' || type === 'multi-valued'
}

function frequentValues(connection: DuckDBConnection, { of, attribute, known, left }: Request) {
  return attributeValues(connection, attribute, known(left.members[of]), { contains: '', limit: mostValues })
}

/** Bars over the values of all users or items of the base, with the number of those that are left. */
async function numberBins(connection: DuckDBConnection, { of, attribute, known, left }: Request) {
  const number = numberOf(attribute)
  const [reach] = await rows(
    connection,
    `SELECT min(${number}) AS least, max(${number}) AS most, count(*) FILTER (${number} <> floor(${number})) = 0 AS whole
     FROM ${known(left.base.members[of])}`,
  )
  if (reach.least === null) return []
  const { bins } = valueBins({
    least: Number(reach.least),
    most: Number(reach.most),
    whole: reach.whole === true,
    few: null,
  })
  const [row] = await rows(connection, `SELECT ${histogram(bins, number)} AS counts FROM ${known(left.members[of])}`)
  const counts = countsIn(bins, row.counts)
  return bins.map((bin, at) => ({ ...bin, count: counts[at] }))
}
