import type { Elsewhere, ElsewhereFound } from '../contract/elsewhere'
import type { PreparedData } from '../data/prepared'
import type { Tensors } from '../models/model'
import { readLists } from './lists'

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
  const { tensors, found, hasList } = await readLists(from.file, prepared, signal)
  const { offsets } = prepared.test
  const withoutList = hasList.reduce(
    (count, has, user) => count + (!has && offsets[user + 1] > offsets[user] ? 1 : 0),
    0,
  )
  return { tensors, found: { ...found, withoutList }, seconds: (performance.now() - started) / 1000, curve: [] }
}
