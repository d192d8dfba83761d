import { join } from 'node:path'
import type { CheckedInput } from '../contract/calls'
import { csvLine, toCsv } from '../contract/csv'
import { TopnError } from '../contract/errors'
import { type DatasetSpec, type InteractionsPath, pathsOf } from '../contract/experiment'
import type { DatasetRecord, JobRecord, RejectedRow } from '../contract/records'
import { createSample } from '../data/sample'
import { writeFileAtomic } from '../files/atomic'
import type { Store } from '../store'
import type { ExploreCalls } from './explore'
import type { FileAccess } from './files'
import type { Hub } from './hub'
import type { Jobs } from './jobs'
import type { PseudonymKeyFile } from './pseudonym-key'
import { changesOf, copyName } from './remarks'
import type { Runs } from './runs'
import type { Selections } from './selections'
import type { Handlers } from './service'
import type { Studies } from './studies'
import type { WorkspaceFolders } from './workspace'

type DatasetCalls = Exclude<Extract<keyof Handlers, `datasets.${string}`>, ExploreCalls>

const sampleName = 'sample'

/** Loads data files into the workspace, as jobs; the dataset appears whole or not at all. */
export function datasetHandlers(parts: {
  store: Store
  jobs: Jobs
  hub: Hub
  files: FileAccess
  folders: WorkspaceFolders
  pseudonymKey: PseudonymKeyFile
  runs: Pick<Runs, 'deleteOfDataset' | 'restoreOfDataset'>
  studies: Pick<Studies, 'deleteOfDataset' | 'restoreOfDataset'>
  selections: Pick<Selections, 'deleteOfDataset' | 'tellOfDataset'>
}): Pick<Handlers, DatasetCalls> {
  const { store, jobs, hub, files, folders, pseudonymKey, runs, studies, selections } = parts

  function tell(dataset: DatasetRecord): DatasetRecord {
    hub.emit('dataset', dataset.id, { id: dataset.id, record: dataset })
    return dataset
  }

  async function open(input: CheckedInput<'datasets.open'>): Promise<JobRecord> {
    const request = await checkPaths(input, files)
    const name = input.name ?? nameOf(pathsOf(request.source.interactions ?? request.parts?.train ?? '')[0])
    return jobs.start({
      kind: 'load',
      title: name,
      subject: null,
      async work(context) {
        const of = request.source.pseudonymise
        const pseudonyms = of && { of, key: await pseudonymKey.key() }
        return tell(await store.loadDataset({ ...request, name, pseudonyms, ...context })).id
      },
    })
  }

  function openSample(): JobRecord {
    return jobs.start({
      kind: 'load',
      title: sampleName,
      subject: null,
      async work() {
        const existing = (await store.datasets()).find(isSample)
        return tell(existing ?? (await store.insertDataset({ name: sampleName, ...createSample() }))).id
      },
    })
  }

  return {
    'datasets.open': open,
    'datasets.sample': openSample,
    'datasets.list': () => store.datasets(),
    async 'datasets.exportRejects'({ datasetId }) {
      const path = join(folders.exports, `rejected-${datasetId}.csv`)
      await writeFileAtomic(path, rejectsCsv(await store.rejects(datasetId, Number.MAX_SAFE_INTEGER)))
      return { path }
    },
    'datasets.rejects': ({ datasetId, limit, offset }) => store.rejects(datasetId, limit, offset),
    'datasets.change': async ({ datasetId, ...remarks }) =>
      tell(await store.changeDataset(datasetId, changesOf(remarks))),
    async 'datasets.duplicate'({ datasetId }) {
      const { name } = await store.dataset(datasetId)
      const copy = tell(await store.duplicateDataset(datasetId, copyName(name)))
      await selections.tellOfDataset(copy.id)
      return copy
    },
    async 'datasets.delete'({ datasetId }) {
      await store.dataset(datasetId)
      jobs.cancelAbout(datasetId)
      await selections.deleteOfDataset(datasetId)
      await store.markDeleted('dataset', datasetId)
      await runs.deleteOfDataset(datasetId)
      await studies.deleteOfDataset(datasetId)
      hub.emit('dataset', datasetId, { id: datasetId, record: null })
      return null
    },
    async 'datasets.restore'({ datasetId }) {
      await store.unmarkDeleted('dataset', datasetId)
      const record = tell(await store.dataset(datasetId))
      await selections.tellOfDataset(datasetId)
      await runs.restoreOfDataset(datasetId)
      await studies.restoreOfDataset(datasetId)
      return record
    },
  }
}

/** The sample is the one dataset that comes from no file. */
export function isSample({ source, parts }: DatasetRecord): boolean {
  return source.interactions === undefined && parts === null
}

async function checkPaths(
  { path, parts, columns, format, time, items, users, pseudonymise }: CheckedInput<'datasets.open'>,
  files: FileAccess,
) {
  if (path === undefined && parts === undefined) {
    throw new TopnError('BAD_REQUEST', 'path: name the interactions file, or the files of a predefined split.', {
      field: 'path',
    })
  }
  const source: DatasetSpec = {
    ...(path !== undefined && { interactions: await checkInteractions(path, files) }),
    ...(columns && { columns }),
    ...(format && { format }),
    ...(time && { time }),
    ...(items && { items: { ...items, path: await files.check(items.path) } }),
    ...(users && { users: { ...users, path: await files.check(users.path) } }),
    ...(pseudonymise && { pseudonymise }),
    clean: [],
  }
  if (!parts) return { source }
  const checked = { train: await files.check(parts.train), test: await files.check(parts.test) }
  if (parts.validation === undefined) return { source, parts: checked }
  return { source, parts: { ...checked, validation: await files.check(parts.validation) } }
}

async function checkInteractions(path: InteractionsPath, files: FileAccess): Promise<InteractionsPath> {
  return typeof path === 'string' ? files.check(path) : Promise.all(path.map(files.check))
}

async function* rejectsCsv(rejects: RejectedRow[]): AsyncIterable<Uint8Array> {
  yield Buffer.from(toCsv(['file', 'line', 'reason', 'row'], []))
  for (const { file, line, reason, text } of rejects) yield Buffer.from(csvLine([file, line, reason, text]))
}

/** The file's name without its folder and ending. */
function nameOf(path: string): string {
  const base = path.split(/[\\/]/).at(-1) ?? path
  return base.replace(/(.)\.[^.]*$/, '$1')
}
