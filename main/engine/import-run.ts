import { basename, dirname, join } from 'node:path'
import type { CheckedInput } from '../contract/calls'
import { type Elsewhere, filesOf, mapFiles } from '../contract/elsewhere'
import type { RunRecord } from '../contract/records'
import { external } from '../models/elsewhere/external'
import type { Store } from '../store'
import type { FileAccess } from './files'
import { chooseItemAttribute } from './item-attribute'
import { checkMovable } from './move-run'
import { newRun } from './new-run'
import { chooseSplit } from './prepare'
import type { RunRecords } from './run-records'
import { candidatesFileOf } from './train-run'

interface ImportOptions {
  store: Store
  files: FileAccess
  threads: number
  records: RunRecords
  /** Queues the reading and judging of a run. */
  enqueue(id: string, record: () => Promise<RunRecord>): Promise<RunRecord>
}

/** Makes a run of what other programs made, or of a model that was trained on other data. */
export function importer({ store, files, threads, records, enqueue }: ImportOptions) {
  return async (input: CheckedInput<'runs.import'>): Promise<RunRecord> => {
    const dataset = await store.dataset(input.datasetId)
    const { clean, evaluation, seed } = input
    const split = chooseSplit(dataset, clean, input.split)
    const candidatesFile = candidatesFileOf(input)
    if (candidatesFile !== null) await files.check(candidatesFile)
    chooseItemAttribute(dataset, clean, evaluation)
    const from = await besideIt(await mapFiles(input.from, files.check), files)
    const source = from.kind === 'run' ? records.find(from.runId) : null
    if (source) checkMovable(source, dataset.id)
    const { model: modelId, params } = source ?? { model: external.id, params: {} }
    const model = { model: modelId, params, features: null, members: null, deviceChoice: null }
    const id = records.nextId(modelId)
    const run = newRun(
      id,
      dataset,
      { ...model, clean, evaluation, seed, split, elsewhere: { from, found: null } },
      threads,
    )
    return enqueue(run.id, () =>
      records.add({ ...run, name: input.name ?? source?.name ?? basename(filesOf(from)[0]) }),
    )
  }
}

/** Ids that are not named are looked for beside a graph, as TopN exports them. */
async function besideIt(from: Elsewhere, files: FileAccess): Promise<Elsewhere> {
  if (from.kind !== 'scorer') return from
  const beside = (name: string) => files.check(join(dirname(from.file), name)).catch(() => null)
  return {
    ...from,
    userIds: from.userIds ?? (await beside('user_ids.json')),
    itemIds: from.itemIds ?? (await beside('item_ids.json')),
  }
}
