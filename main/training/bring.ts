import { basename } from 'node:path'
import { getHeapStatistics } from 'node:v8'
import { type ElsewhereFiles, filesOf } from '../contract/elsewhere'
import type { PreparedData } from '../data/prepared'
import { broughtSize } from '../import/brought-size'
import { type ReadElsewhere, readElsewhere } from '../import/elsewhere'
import type { DataSize, FitProgress } from '../models/model'
import { planTooLarge } from './memory'
import type { TrainTask } from './tasks'

/** Reads what was made elsewhere. Throws OUT_OF_MEMORY, before it is read, where it would not fit. */
export async function bring(
  from: ElsewhereFiles,
  prepared: PreparedData,
  { memoryLimitBytes }: Pick<TrainTask, 'memoryLimitBytes'>,
  { signal, report }: { signal: AbortSignal; report(progress: FitProgress): void },
): Promise<ReadElsewhere> {
  await checkSize(from, prepared.train, memoryLimitBytes)
  return readElsewhere(from, prepared, { signal, report: (fraction) => report({ phase: 'read', fraction }) })
}

async function checkSize(
  from: ElsewhereFiles,
  data: Pick<DataSize, 'users' | 'items'>,
  memoryLimitBytes: number,
): Promise<void> {
  const held = process.memoryUsage.rss()
  const { bytes, leastBytes, rows } = await broughtSize(from, data)
  // Lists are objects until they are sorted, and JavaScript's heap has a limit of its own.
  const { heap_size_limit, used_heap_size } = getHeapStatistics()
  const heap = rows === null ? Number.POSITIVE_INFINITY : held + heap_size_limit - used_heap_size
  const limit = Math.min(memoryLimitBytes, heap)
  if (held + leastBytes <= limit) return
  const otherwise = adviceFor(rows, heap < memoryLimitBytes)
  throw planTooLarge(basename(filesOf(from)[0]), { bytes: held + bytes, limit, offer: null, otherwise })
}

function adviceFor(rows: number | null, isOfHeap: boolean): string {
  if (rows === null) return 'Bring in a smaller file, or use a machine with more memory.'
  const next = isOfHeap
    ? "The limit is that of JavaScript's heap, whatever memory the machine has. Bring in shorter lists, or lists of fewer users."
    : 'Bring in shorter lists, or lists of fewer users, or use a machine with more memory.'
  return `It has about ${rows} rows. ${next}`
}
