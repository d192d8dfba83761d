import type { CheckedInput } from '../contract/calls'
import { TopnError } from '../contract/errors'
import type { JobRecord, RunRecord } from '../contract/records'
import type { Store } from '../store'
import type { TaskRunner } from '../training/processes'
import type { WarmProcess } from '../training/warm'
import type { Hub } from './hub'
import type { JobContext, Jobs } from './jobs'
import { pointHandlers } from './point-calls'
import type { IndexedData } from './prepared-cache'
import { createProjectionCache, type OpenMap } from './projection-cache'
import { alignMaps } from './projection-points'
import { createProjectionRecords, type ProjectionRecords, projectionId } from './projection-records'
import type { Runs } from './runs'
import type { Selections } from './selections'
import type { Handlers } from './service'
import type { WorkspaceFolders } from './workspace'

interface ProjectionOptions {
  store: Store
  jobs: Jobs
  hub: Hub
  runs: Pick<Runs, 'find' | 'list'>
  selections: Selections
  folders: WorkspaceFolders
  preparedOf(hash: string): Promise<IndexedData>
  runTask: TaskRunner
  warm: Pick<WarmProcess, 'ask'>
  threads: number
}

type ProjectionCalls = Extract<keyof Handlers, `projections.${string}`>

/** Maps of the vectors of runs. */
export function projectionHandlers(options: ProjectionOptions): Pick<Handlers, ProjectionCalls> {
  const { jobs, runs, folders } = options
  const records = createProjectionRecords(folders, options)
  const openMap = createProjectionCache(folders, options.preparedOf)

  async function mapOf(id: string): Promise<OpenMap> {
    const record = await records.find(id)
    return openMap(record, runs.find(record.runId))
  }

  function start({ runId, of, settings }: CheckedInput<'projections.start'>): JobRecord {
    const run = runs.find(runId)
    if (run.state !== 'done' || run.prepared === null) {
      throw new TopnError('BAD_REQUEST', `${run.name} is not trained; its map comes once it is.`, { runId })
    }
    const layout = { run, prepared: run.prepared, of, settings, id: projectionId(run, of, settings) }
    return jobs.start({
      kind: 'project',
      title: run.name,
      subject: layout.id,
      about: [run.id, run.datasetId],
      beforeRetry: async () => void runs.find(runId),
      work: (context) => layOut(layout, records, options, context),
    })
  }

  return {
    'projections.start': start,
    async 'projections.list'() {
      const present = new Set(runs.list().map(({ id }) => id))
      return (await records.list()).filter(({ runId }) => present.has(runId))
    },
    'projections.delete': ({ projectionId: id }) => records.delete(id),
    'projections.restore': ({ projectionId: id }) => records.restore(id),
    async 'projections.read'({ projectionId: id }) {
      const { record, positions } = await mapOf(id)
      return { record, positions }
    },
    'projections.align': async ({ first, second }) => alignMaps(await mapOf(first), await mapOf(second)),
    ...pointHandlers({ ...options, mapOf }),
  }
}

interface Layout extends Pick<CheckedInput<'projections.start'>, 'of' | 'settings'> {
  id: string
  run: RunRecord
  prepared: string
}

/** Makes the map, unless it is there, and answers its id. */
async function layOut(
  { id, run, prepared, of, settings }: Layout,
  records: ProjectionRecords,
  { folders, threads, runTask }: ProjectionOptions,
  context: JobContext,
): Promise<string> {
  if (await records.exists(id)) return (await records.restore(id)).id
  const started = performance.now()
  const place = {
    artifact: folders.artifact(run.id),
    prepared: folders.prepared(prepared),
    output: folders.projection(id),
  }
  const found = await runTask({ kind: 'projection', ...place, of, settings, threads }, context)
  const seconds = (performance.now() - started) / 1000
  const about = { id, runId: run.id, datasetId: run.datasetId, of, settings }
  await records.add({ ...about, ...found, createdAt: new Date().toISOString(), seconds })
  return id
}
