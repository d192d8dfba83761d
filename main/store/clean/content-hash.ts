import { createHash } from 'node:crypto'
import type { DuckDBConnection } from '@duckdb/node-api'
import { rows } from '../database'

/** A row as text from which all of its values can be read back: ids with their lengths in bytes in front. */
const rowText = `concat(strlen("user"), ':', "user", strlen(item), ':', item,
  'r', rating, 't', timestamp, 'p', part, 'e', event)`

/**
 * A fingerprint of a table's rows that does not depend on their order (Bellare & Micciancio 1997, AdHash): the MD5 of
 * each row's text, its two halves of 64 bits summed over all rows, and the sha-256 of `rows,sum,sum`. Tables with the
 * same rows, each as often, have the same; any others differ but for chance.
 */
export async function contentHash(connection: DuckDBConnection, table: string): Promise<string> {
  const half = (shift: string) => `coalesce(sum((${shift})::UBIGINT), 0)::VARCHAR`
  const [row] = await rows(
    connection,
    `SELECT count(*)::VARCHAR AS n, ${half('m >> 64')} AS high, ${half('m & 18446744073709551615')} AS low
     FROM (SELECT md5_number(${rowText}) AS m FROM ${table})`,
  )
  return createHash('sha256').update(`${row.n},${row.high},${row.low}`).digest('hex')
}
