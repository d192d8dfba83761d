import type { ElsewhereFiles, ElsewhereFound } from '../contract/elsewhere'
import type { PreparedData } from '../data/prepared'
import type { Model, Tensors } from '../models/model'
import type { Brought } from './brought'
import type { ReadContext } from './lines'
import { readLists } from './lists'
import { readScorer } from './scorer'
import { readVectors } from './vectors'

export interface ReadElsewhere {
  model: Model
  tensors: Tensors
  found: ElsewhereFound
  seconds: number
  curve: []
}

/** Reads what other programs made for the users and items of prepared data. */
export async function readElsewhere(
  from: ElsewhereFiles,
  prepared: PreparedData,
  context: ReadContext,
): Promise<ReadElsewhere> {
  const started = performance.now()
  const { model, tensors, found, has } = await read(from, prepared, context)
  const { offsets } = prepared.test
  const withoutList = has.reduce((count, flag, user) => count + (!flag && offsets[user + 1] > offsets[user] ? 1 : 0), 0)
  return { model, tensors, found: { ...found, withoutList }, seconds: (performance.now() - started) / 1000, curve: [] }
}

function read(from: ElsewhereFiles, prepared: PreparedData, context: ReadContext): Promise<Brought> {
  if (from.kind === 'lists') return readLists(from.file, prepared, context)
  return from.kind === 'vectors' ? readVectors(from, prepared, context) : readScorer(from, prepared, context)
}
