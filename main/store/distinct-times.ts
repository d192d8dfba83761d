import type { DuckDBConnection } from '@duckdb/node-api'
import { readChunks } from './arrays'
import { count } from './database'

/** About what a hash table takes for one time. */
const hashedBits = 128
const mostBits = 2 ** 31

/** The times of a table: how many there are, the least and the greatest, and how many are no whole seconds. */
export interface Times {
  count: number
  first: number
  last: number
  fractions: number
}

/** How many different times a table has; whole seconds that lie dense enough are marked in one bit each. */
export async function distinctTimes(connection: DuckDBConnection, table: string, times: Times): Promise<number> {
  const span = times.last - times.first + 1
  if (times.fractions > 0 || span > mostBits || span > times.count * hashedBits) {
    return count(connection, `SELECT count(DISTINCT timestamp) FROM ${table}`)
  }
  const seen = new Uint32Array(Math.ceil(span / 32))
  let distinct = 0
  const sql = `SELECT timestamp FROM ${table} WHERE timestamp IS NOT NULL`
  for await (const [seconds] of readChunks(connection, sql)) {
    for (let at = 0; at < seconds.length; at++) {
      const place = seconds[at] - times.first
      const bit = 1 << (place & 31)
      const word = place >>> 5
      if ((seen[word] & bit) !== 0) continue
      seen[word] |= bit
      distinct++
    }
  }
  return distinct
}
