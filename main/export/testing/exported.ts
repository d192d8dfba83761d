import { join } from 'node:path'
import type { ExportFormatId, ExportSettings } from '../../contract/exports'
import type { ParameterValue } from '../../contract/parameters'
import { writePrepared } from '../../data/prepared-files'
import type { Interactions, Model, Parameters } from '../../models/model'
import { findModel } from '../../models/registry'
import { interactionsOf, tastes } from '../../models/testing'
import { performTask } from '../../training/perform-task'
import type { TaskRunner } from '../../training/processes'
import { trainIn } from '../../training/testing/train'
import { type ExportJob, performExport } from '../perform'

export const testUsers = 120
export const testItems = 43

/** Ids that every format has to take care of. */
export const userIds = Array.from({ length: testUsers }, (_, user) => (user === 0 ? '=1+1' : `u "${user}"`))
export const itemIds = Array.from({ length: testItems }, (_, item) => (item === 0 ? '-名' : `i ${item}`))

/** Tastes with ratings; each user's last item is their test part. */
export async function prepareTastes(folder: string): Promise<{ train: Interactions; test: Interactions }> {
  const all = tastes(testUsers, testItems, 9)
  const rows = Array.from({ length: testUsers }, (_, user) => [
    ...all.itemIndices.subarray(all.offsets[user], all.offsets[user + 1]),
  ])
  const ratings = rows.map((row) => row.map((item) => 1 + (item % 5)))
  const split = (from: number, to?: number) =>
    interactionsOf(
      rows.map((row) => row.slice(from, to)),
      testItems,
      ratings.map((row) => row.slice(from, to)),
    )
  const parts = { train: split(0, -1), test: split(-1), foldIn: null, validation: null, candidates: null }
  await writePrepared(folder, { hash: 'tastes', userIds, itemIds, titles: null, ...parts })
  return parts
}

/** Few numbers and steps, for the models that have them; nothing that wants a validation part. */
export function shortParams({ parameters }: Pick<Model, 'parameters'>): Record<string, ParameterValue> {
  const short = { embedding_size: 8, hidden_size: 8, epochs: 3, weights: 'equal' }
  return Object.fromEntries(Object.entries(short).filter(([name]) => parameters.some((each) => each.name === name)))
}

const inThisProcess: TaskRunner = (task, context) => performTask(task, context) as never

export const usualSettings: Omit<ExportSettings, 'format'> = {
  k: 10,
  shape: 'personalize',
  from: 'run',
  language: 'en',
  originalIds: false,
  compression: { precision: 'float32', prune: 0 },
}

/** Trains a model once, in `folder`, and exports it as often as is asked for. */
export async function exporterOf(
  folder: string,
  model: string,
  params: Parameters = {},
  { name = model, members }: { name?: string; members?: readonly string[] | undefined } = {},
) {
  const [prepared, artifact] = [join(folder, 'prepared'), join(folder, `artifact-${name}`)]
  const trained = await trainIn(findModel(model), { prepared, artifact, params, ...(members && { members }) })
  const about = { run: 'My *run*', dataset: 'tastes', version: '0', pseudonymised: [], experiment: null }
  return {
    ...trained,
    write(format: ExportFormatId, path: string, more: Partial<ExportJob> = {}, runTask = inThisProcess) {
      const settings = { format, ...usualSettings }
      const job = { settings, about, artifact, prepared, chosen: null, excludeSeen: true, threads: 1 }
      const context = { report() {}, signal: new AbortController().signal }
      return performExport({ path, overwrite: false, ...job, ...more }, runTask, context)
    },
  }
}
