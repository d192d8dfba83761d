import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { CheckedInput } from '../contract/calls'
import { TopnError } from '../contract/errors'
import type { NamedPoint, ProjectionRecord } from '../contract/projection'
import type { JobRecord, RunRecord } from '../contract/records'
import { writeFileAtomic } from '../files/atomic'
import { nearestOf } from '../projection/nearest-of'
import { procrustes } from '../projection/procrustes'
import type { Store } from '../store'
import type { TaskRunner } from '../training/processes'
import type { WarmProcess } from '../training/warm'
import type { Hub } from './hub'
import type { Jobs } from './jobs'
import type { IndexedData } from './prepared-cache'
import { createProjectionCache, type OpenMap, requirePoints } from './projection-cache'
import { createPointGroups } from './projection-groups'
import { pointValues } from './projection-values'
import type { Runs } from './runs'
import type { Selections } from './selections'
import type { Handlers } from './service'
import type { WorkspaceFolders } from './workspace'

const formatVersion = 1
const manifestName = 'manifest.json'

export interface ProjectionOptions {
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
  const { store, jobs, hub, runs, selections, folders } = options
  const openMap = createProjectionCache(folders, options.preparedOf)
  const groups = createPointGroups(store)
  /** Those that may still come back; opening the workspace has removed what was deleted before. */
  const deleted = new Set<string>()

  /** Throws NOT_FOUND, also for a deleted one. */
  async function find(id: string): Promise<ProjectionRecord> {
    if (deleted.has(id)) throw missing(id)
    return readRecord(folders, id)
  }

  function tell(record: ProjectionRecord): ProjectionRecord {
    hub.emit('projection', record.id, { id: record.id, record })
    return record
  }

  async function restore(id: string): Promise<ProjectionRecord> {
    const record = await readRecord(folders, id)
    await store.unmarkDeleted('projection', id)
    deleted.delete(id)
    return tell(record)
  }

  async function mapOf(id: string): Promise<OpenMap> {
    const record = await find(id)
    return openMap(record, runs.find(record.runId))
  }

  function start({ runId, of, settings }: CheckedInput<'projections.start'>): JobRecord {
    const run = runs.find(runId)
    if (run.state !== 'done' || run.prepared === null) {
      throw new TopnError('BAD_REQUEST', `${run.name} is not trained; its map comes once it is.`, { runId })
    }
    const prepared = folders.prepared(run.prepared)
    const id = hashOf(run, of, settings)
    return jobs.start({
      kind: 'project',
      title: run.name,
      subject: id,
      about: [run.id, run.datasetId],
      beforeRetry: async () => void runs.find(runId),
      async work(context) {
        if (await readRecord(folders, id).catch(() => null)) return (await restore(id)).id
        const started = performance.now()
        const output = folders.projection(id)
        const artifact = folders.artifact(run.id)
        const task = { kind: 'projection' as const, prepared, artifact, of, settings, threads: options.threads, output }
        const found = await options.runTask(task, context)
        const seconds = (performance.now() - started) / 1000
        const about = { id, runId, datasetId: run.datasetId, of, settings }
        const record = { ...about, ...found, createdAt: new Date().toISOString(), seconds }
        await writeRecord(folders, record)
        tell(record)
        return id
      },
    })
  }

  async function list(): Promise<ProjectionRecord[]> {
    const names = await readdir(folders.projections).catch(() => [])
    const records = await Promise.all(names.map((name) => readRecord(folders, name).catch(() => null)))
    const present = new Set(runs.list().map(({ id }) => id))
    return records
      .filter((record) => record !== null)
      .filter(({ id, runId }) => present.has(runId) && !deleted.has(id))
      .sort((a, b) => b.createdAt.localeCompare(a.createdAt))
  }

  return {
    'projections.start': start,
    'projections.list': list,
    async 'projections.delete'({ projectionId }) {
      const { id } = await find(projectionId)
      await store.markDeleted('projection', id)
      deleted.add(id)
      hub.emit('projection', id, { id, record: null })
      return null
    },
    'projections.restore': ({ projectionId }) => restore(projectionId),
    async 'projections.read'({ projectionId }) {
      const { record, positions } = await mapOf(projectionId)
      return { record, positions }
    },
    'projections.values': async ({ projectionId, value }) => pointValues(await mapOf(projectionId), value, options),
    async 'projections.names'({ projectionId, points }) {
      const map = await mapOf(projectionId)
      requirePoints(map, points)
      return points.map((point) => nameOf(map, point))
    },
    'projections.search': async ({ projectionId, query, limit }) => search(await mapOf(projectionId), query, limit),
    async 'projections.neighbours'({ projectionId, point, distance, limit }) {
      const map = await mapOf(projectionId)
      requirePoints(map, [point])
      return nearestOf(map.vectors, point, distance, limit).map((found) => ({
        ...nameOf(map, found.point),
        distance: found.distance,
      }))
    },
    'projections.clusters': async ({ projectionId, k }) => groups.clusters(await mapOf(projectionId), k),
    async 'projections.describe'({ projectionId, points }) {
      const map = await mapOf(projectionId)
      requirePoints(map, points)
      return groups.one(map, points)
    },
    async 'projections.select'({ projectionId, points, name }) {
      const map = await mapOf(projectionId)
      requirePoints(map, points)
      const ids = Array.from(new Set(points), (point) => nameOf(map, point).id)
      const { datasetId, of } = map.record
      return selections.handlers['selections.create']({ datasetId, of, name, clean: [], ids })
    },
    async 'projections.members'({ projectionId, selectionId }) {
      const map = await mapOf(projectionId)
      const selection = await store.selection(selectionId)
      if (selection.of !== map.record.of || selection.datasetId !== map.record.datasetId) {
        const { of } = map.record
        const message = `${selection.name} is of other things than the map. Choose a selection of its ${of}.`
        throw new TopnError('BAD_REQUEST', message, { field: 'selectionId' })
      }
      const places = (await store.selectionIds(selectionId)).map(map.placeOfId).filter((place) => place >= 0)
      return Uint32Array.from(places).sort()
    },
    async 'projections.align'({ first, second }) {
      const [target, moved] = [await mapOf(first), await mapOf(second)]
      const places = placesIn(target, moved)
      const own = Uint32Array.from(places.keys()).filter((at) => places[at] !== nowhere)
      if (own.length < 3) {
        const message = 'These maps have fewer than three points in common. Choose maps of the same data and side.'
        throw new TopnError('BAD_REQUEST', message, { field: 'second' })
      }
      const others = own.map((at) => places[at])
      const { layout, disparity } = procrustes(target.positions, others, moved.positions, own)
      return { positions: layout, disparity, shared: own.length, places }
    },
  }
}

const nowhere = 2 ** 32 - 1

/** For each point of `map` its place in `target`. */
function placesIn(target: OpenMap, map: OpenMap): Uint32Array {
  if (target.record.of !== map.record.of) return new Uint32Array(map.points.length).fill(nowhere)
  return Uint32Array.from(map.points, (_, point) => {
    const place = target.placeOfId(nameOf(map, point).id)
    return place < 0 ? nowhere : place
  })
}

function nameOf({ record, points, data }: OpenMap, point: number): NamedPoint {
  const index = points[point]
  if (record.of === 'users') return { point, id: data.userIds[index], title: null }
  return { point, id: data.itemIds[index], title: data.titles?.[index] || null }
}

function search(map: OpenMap, query: string, limit: number): NamedPoint[] {
  const wanted = query.trim().toLowerCase()
  if (wanted === '') return []
  const [first, later]: [NamedPoint[], NamedPoint[]] = [[], []]
  for (let point = 0; point < map.points.length && first.length < limit; point++) {
    const named = nameOf(map, point)
    const texts = [named.id.toLowerCase(), named.title?.toLowerCase() ?? '']
    if (texts.some((text) => text.startsWith(wanted))) first.push(named)
    else if (later.length < limit && texts.some((text) => text.includes(wanted))) later.push(named)
  }
  return [...first, ...later].slice(0, limit)
}

/** The same vectors, side and settings have the same hash; a copy of a run has maps of its own, which go with it. */
function hashOf({ id, prepared, createdAt }: RunRecord, of: string, settings: unknown): string {
  return createHash('sha256')
    .update(JSON.stringify([formatVersion, id, createdAt, prepared, of, settings]))
    .digest('hex')
    .slice(0, 32)
}

/** Written last: a folder without it holds no map. */
async function writeRecord(folders: WorkspaceFolders, record: ProjectionRecord): Promise<void> {
  const text = JSON.stringify({ format: formatVersion, ...record }, null, 2)
  await writeFileAtomic(join(folders.projection(record.id), manifestName), Buffer.from(text))
}

export async function readRecord(folders: WorkspaceFolders, id: string): Promise<ProjectionRecord> {
  if (!/^[0-9a-f]{32}$/.test(id)) throw missing(id)
  try {
    const text = await readFile(join(folders.projection(id), manifestName), 'utf8')
    const { format, ...record } = JSON.parse(text)
    if (format === formatVersion) return record
  } catch (cause) {
    throw missing(id, cause)
  }
  throw missing(id)
}

function missing(id: string, cause?: unknown): TopnError {
  const message = 'There is no such map; it may be of another version. Make it again.'
  return new TopnError('NOT_FOUND', message, { id }, { cause })
}
