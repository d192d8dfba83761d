import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { BinaryRows } from '../../main/models/sparse'
import { measurePeer } from './python'

export interface PeerWork {
  threads: number
  epochs: number
  neighbors: number
  length: number
  sizes: readonly number[]
}

/** Seconds of the same work in implicit, by the names that the bench uses; a sentence where it cannot be had. */
export function measureImplicit(matrix: BinaryRows, work: PeerWork): Record<string, number> | string {
  const exchange = mkdtempSync(join(tmpdir(), 'topn-bench-'))
  try {
    writeFileSync(join(exchange, 'offsets.u32'), matrix.offsets)
    writeFileSync(join(exchange, 'items.u32'), matrix.indices)
    const { threads, epochs, neighbors, length, sizes } = work
    const numbers = [matrix.rows, matrix.columns, threads, epochs, neighbors, length, ...sizes]
    return measurePeer('measure_implicit.py', [exchange, ...numbers.map(String)])
  } finally {
    rmSync(exchange, { recursive: true })
  }
}
