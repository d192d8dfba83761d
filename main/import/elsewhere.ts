import type { Elsewhere, ElsewhereFound } from '../contract/elsewhere'
import type { PreparedData } from '../data/prepared'
import type { Tensors } from '../models/model'
import { readLists } from './lists'
import { readVectors } from './vectors'

export interface ReadElsewhere {
  tensors: Tensors
  found: ElsewhereFound
  seconds: number
  curve: []
}

/** Reads what other programs made for the users and items of prepared data. */
export async function readElsewhere(
  from: Elsewhere,
  prepared: PreparedData,
  signal: AbortSignal,
): Promise<ReadElsewhere> {
  const started = performance.now()
  const { tensors, found, has } =
    from.kind === 'lists' ? await readLists(from.file, prepared, signal) : await readVectors(from, prepared, signal)
  const { offsets } = prepared.test
  const withoutList = has.reduce((count, flag, user) => count + (!flag && offsets[user + 1] > offsets[user] ? 1 : 0), 0)
  return { tensors, found: { ...found, withoutList }, seconds: (performance.now() - started) / 1000, curve: [] }
}
