import type { DuckDBConnection } from '@duckdb/node-api'
import type { Subject } from '../contract/filters'

export interface Pseudonyms {
  of: readonly Subject[]
  /** 32 bytes that nobody else knows. */
  key: Uint8Array
}

/** SHA-256 works on blocks of so many bytes. */
const blockBytes = 64

/** Makes the key known to the connection, so that it stands in no statement and in no message about one. */
export async function setPseudonymKey(connection: DuckDBConnection, key: Uint8Array): Promise<void> {
  await connection.run('SET VARIABLE pseudonym_inner = unhex($1)', [pad(key, 0x36)])
  await connection.run('SET VARIABLE pseudonym_outer = unhex($1)', [pad(key, 0x5c)])
}

/**
 * SQL for the pseudonym of an id: the first 128 bits of its HMAC-SHA-256 (RFC 2104), in hexadecimal, the same for the
 * same id in all tables. Without the key nobody can tell whose it is, nor try ids out.
 */
export function pseudonymOf(cell: string): string {
  const inner = `unhex(sha256(getvariable('pseudonym_inner') || encode(${cell})))`
  return `left(sha256(getvariable('pseudonym_outer') || ${inner}), 32)`
}

/** The key, filled up to a block, with each byte turned; in hexadecimal. */
function pad(key: Uint8Array, turn: number): string {
  const block = new Uint8Array(blockBytes)
  block.set(key)
  return Buffer.from(block.map((byte) => byte ^ turn)).toString('hex')
}
