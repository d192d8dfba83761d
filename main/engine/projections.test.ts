import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { CallInput, Event } from '../contract/calls'
import type { Subject } from '../contract/filters'
import type { ProjectionRecord } from '../contract/projection'
import type { RunRecord } from '../contract/records'
import { readPrepared } from '../data/prepared-files'
import { testFolder } from '../store/testing/folder'
import { openTestEngine, type TestEngine } from './testing/open-engine'

const { folder } = testFolder()
const workspace = join(folder, 'workspace')
let engine: TestEngine
let runs: RunRecord[]

type Settings = CallInput<'projections.start'>['settings']
const pca: Settings = { method: 'pca' }

beforeAll(async () => {
  engine = await openTestEngine({ workspace })
  const { id } = await engine.call('datasets.sample', {})
  const datasetId = (await engine.jobEnded(id)).subject as string
  const models = [
    { model: 'ials', params: { embedding_size: 8, epochs: 2 } },
    { model: 'popularity' },
    { model: 'content-knn' },
    { model: 'bias' },
  ]
  runs = await engine.runsEnded(await engine.call('runs.start', { datasetId, models, evaluation: { cutoffs: [10] } }))
})
afterAll(() => engine.close())

async function mapOf(run: RunRecord, of: Subject, settings = pca): Promise<ProjectionRecord> {
  const job = await engine.jobEnded((await engine.call('projections.start', { runId: run.id, of, settings })).id)
  expect(job.error).toBeNull()
  return (await engine.call('projections.read', { projectionId: String(job.subject) })).record
}

test('a map of every item that was trained on, by the vectors of the model', async () => {
  const [ials] = runs
  const record = await mapOf(ials, 'items', { method: 'umap', epochs: 50 })
  const { train } = await readPrepared(join(workspace, 'prepared', ials.prepared ?? ''))
  expect(record).toMatchObject({ source: 'model', dimensions: 8, points: new Set(train.itemIndices).size })
  expect(record.points + record.leftOut).toBe(train.items)
  expect(record.trustworthiness).toBeGreaterThan(0.8)
  expect(record.clusters.map(({ k }) => k)).toEqual([2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12])
  const { positions } = await engine.call('projections.read', { projectionId: record.id })
  expect(positions).toHaveLength(2 * record.points)
  expect(positions.every(Number.isFinite)).toBe(true)
})

test('the same settings are computed once, others again', async () => {
  const [ials] = runs
  const first = await mapOf(ials, 'items')
  expect((await mapOf(ials, 'items')).createdAt).toBe(first.createdAt)
  expect((await mapOf(ials, 'items', { method: 'pca', distance: 'euclidean' })).id).not.toBe(first.id)
  expect(first.explained?.[0]).toBeGreaterThan(first.explained?.[1] ?? 1)
})

test('models without vectors have maps too', async () => {
  const [, popularity, content] = runs
  expect((await mapOf(popularity, 'items')).source).toBe('co-occurrence')
  expect((await mapOf(popularity, 'users')).source).toBe('co-occurrence')
  expect((await mapOf(content, 'items')).source).toBe('model')
  expect((await mapOf(content, 'users')).source).toBe('history')
})

test('popularity and mean rating, counted independently', async () => {
  const [ials] = runs
  const { id } = await mapOf(ials, 'items')
  const { train, itemIds } = await readPrepared(join(workspace, 'prepared', ials.prepared ?? ''))
  const names = await engine.call('projections.names', { projectionId: id, points: [0, 5] })
  for (const by of ['popularity', 'rating'] as const) {
    const found = await engine.call('projections.values', { projectionId: id, value: { by } })
    const values = found.kind === 'number' ? found.values : []
    for (const { point, id: item } of names) {
      const own = [...train.values].filter((_, at) => itemIds[train.itemIndices[at]] === item)
      const sum = own.reduce((all, value) => all + value, 0)
      expect(values[point]).toBeCloseTo(by === 'popularity' ? own.length : sum / own.length, 4)
    }
  }
})

test('features, clusters and metrics as colours; what there is not is refused', async () => {
  const [ials] = runs
  const [items, users] = [await mapOf(ials, 'items'), await mapOf(ials, 'users')]
  const dataset = (await engine.call('datasets.list', {}))[0]
  const feature = dataset.itemAttributes.find(({ type }) => type === 'multi-valued' || type === 'category')
  const value = { by: 'feature', name: feature?.name ?? '' } as const
  const found = await engine.call('projections.values', { projectionId: items.id, value })
  expect(found.kind === 'category' && found.codes.length).toBe(items.points)
  const clusters = await engine.call('projections.values', { projectionId: items.id, value: { by: 'cluster', k: 3 } })
  expect(clusters).toMatchObject({ kind: 'category', names: ['1', '2', '3'] })
  const key = 'ndcg@10'
  const metric = await engine.call('projections.values', { projectionId: users.id, value: { by: 'metric', key } })
  const known = metric.kind === 'number' ? [...metric.values].filter(Number.isFinite) : []
  const [{ metrics }] = await engine.call('runs.list', {})
  const ofMap = known.reduce((sum, each) => sum + each, 0) / known.length
  expect(ofMap).toBeCloseTo(metrics[key], 1)
  const refused = engine.call('projections.values', { projectionId: items.id, value: { by: 'feature', name: 'none' } })
  await expect(refused).rejects.toThrow('The items have no attribute none')
})

test('hits of items, each as often as it is in the test part, add up to the recall', async () => {
  const [ials] = runs
  const { id, points } = await mapOf(ials, 'items')
  const found = await engine.call('projections.values', { projectionId: id, value: { by: 'metric', key: 'hits' } })
  const shares = found.kind === 'number' ? found.values : new Float32Array(0)
  const { test: held, itemIds } = await readPrepared(join(workspace, 'prepared', ials.prepared ?? ''))
  const all = Array.from({ length: points }, (_, point) => point)
  const named = await engine.call('projections.names', { projectionId: id, points: all })
  const wanted = new Map<string, number>()
  for (const item of held.itemIndices) wanted.set(itemIds[item], (wanted.get(itemIds[item]) ?? 0) + 1)
  const hits = named.reduce((sum, { point, id: item }) => sum + (wanted.get(item) ?? 0) * (shares[point] || 0), 0)
  const [{ metrics }] = await engine.call('runs.list', {})
  expect(hits / held.itemIndices.length).toBeCloseTo(metrics['recall@10'], 5)
})

test('what is frequent in each cluster, by counting', async () => {
  const [ials] = runs
  const { id, points } = await mapOf(ials, 'items')
  const clusters = await engine.call('projections.clusters', { projectionId: id, k: 2 })
  expect(clusters.reduce((sum, cluster) => sum + cluster.points, 0)).toBe(points)
  const all = await engine.call('projections.describe', {
    projectionId: id,
    points: Uint32Array.from({ length: points }, (_, at) => at),
  })
  // Nothing is more frequent among all than among all.
  expect(all.terms).toEqual([])
  expect(all.points).toBe(points)
  for (const { terms } of clusters) for (const { share, shareOfAll } of terms) expect(share).toBeGreaterThan(shareOfAll)
  const users = await mapOf(ials, 'users')
  const [profile] = await engine.call('projections.clusters', { projectionId: users.id, k: 2 })
  expect(profile.activity).toBeGreaterThan(1)
  expect(profile.items.length).toBeGreaterThan(0)
})

test('points become a selection, and its members points again', async () => {
  const [ials] = runs
  const { id, datasetId } = await mapOf(ials, 'users')
  const points = Uint32Array.of(3, 1, 8)
  const selection = await engine.call('projections.select', { projectionId: id, points, name: 'a corner' })
  expect(selection).toMatchObject({ of: 'users', count: 3, datasetId })
  expect([...(await engine.call('projections.members', { projectionId: id, selectionId: selection.id }))]).toEqual([
    1, 3, 8,
  ])
  const items = await mapOf(ials, 'items')
  const refused = engine.call('projections.members', { projectionId: items.id, selectionId: selection.id })
  await expect(refused).rejects.toThrow('is of other things')
})

test('neighbours by the vectors, and points by their titles', async () => {
  const [, , content] = runs
  const { id } = await mapOf(content, 'items')
  const [named] = await engine.call('projections.names', { projectionId: id, points: [4] })
  const found = await engine.call('projections.search', {
    projectionId: id,
    query: String(named.title).slice(0, 6).toUpperCase(),
  })
  expect(found.map(({ point }) => point)).toContain(4)
  const neighbours = await engine.call('projections.neighbours', { projectionId: id, point: 4, limit: 5 })
  expect(neighbours).toHaveLength(5)
  const far = neighbours.map(({ distance }) => distance)
  expect(far).toEqual([...far].sort((a, b) => a - b))
  await expect(engine.call('projections.neighbours', { projectionId: id, point: 1e6 })).rejects.toThrow('has no point')
})

test('another run is moved onto a map by the items of both', async () => {
  const [ials, popularity] = runs
  const [first, second] = [await mapOf(ials, 'items'), await mapOf(popularity, 'items')]
  const aligned = await engine.call('projections.align', { first: first.id, second: second.id })
  expect(aligned.shared).toBe(first.points)
  expect(aligned.disparity).toBeGreaterThan(0)
  const itself = await engine.call('projections.align', { first: first.id, second: first.id })
  expect(itself.disparity).toBeCloseTo(0, 5)
  const users = await mapOf(ials, 'users')
  await expect(engine.call('projections.align', { first: first.id, second: users.id })).rejects.toThrow('in common')
})

test('a cancelled map leaves nothing; a deleted run takes its maps with it', async () => {
  const [ials, popularity] = runs
  const { id } = await engine.call('projections.start', {
    runId: ials.id,
    of: 'items',
    settings: { method: 't-sne', iterations: 5000 },
  })
  await engine.call('jobs.cancel', { jobId: id })
  const job = await engine.jobEnded(id)
  expect(job.state).toBe('cancelled')
  const known = await engine.call('projections.list', {})
  expect(known.map((record) => record.id)).not.toContain(job.subject)
  await engine.call('runs.delete', { runId: popularity.id })
  const ofOthers = known.filter(({ runId }) => runId !== popularity.id)
  expect(await engine.call('projections.list', {})).toEqual(ofOthers)
  await engine.close()
  engine = await openTestEngine({ workspace })
  expect(await engine.call('projections.list', {})).toEqual(ofOthers)
  const left = readdirSync(join(workspace, 'projections')).sort()
  expect(left).toEqual(ofOthers.map((record) => record.id).sort())
  expect(existsSync(join(workspace, 'projections', String(job.subject)))).toBe(false)
})

test('errors of ratings of items, each as often as it is in the test part, add up to the mean absolute error', async () => {
  const bias = runs[3]
  const { id, points } = await mapOf(bias, 'items')
  const found = await engine.call('projections.values', { projectionId: id, value: { by: 'error' } })
  const errors = found.kind === 'number' ? found.values : new Float32Array(0)
  const { test: held, itemIds } = await readPrepared(join(workspace, 'prepared', bias.prepared ?? ''))
  const all = Array.from({ length: points }, (_, point) => point)
  const named = await engine.call('projections.names', { projectionId: id, points: all })
  const times = (item: string) => held.itemIndices.filter((index) => itemIds[index] === item).length
  const sum = named.reduce((total, { point, id: item }) => total + times(item) * (errors[point] || 0), 0)
  expect(sum / held.itemIndices.length).toBeCloseTo(bias.metrics.mae, 4)
  const map = await mapOf(runs[2], 'items')
  const refused = engine.call('projections.values', { projectionId: map.id, value: { by: 'error' } })
  await expect(refused).rejects.toThrow('content-knn-1 expects no ratings')
})

test('a deleted map comes back by undo, or by being asked for again; then it goes for good', async () => {
  const events: Event[] = []
  const stop = engine.subscribe((event) => event.name === 'projection' && events.push(event))
  const record = await mapOf(runs[2], 'items')
  const { id } = record
  const ids = async () => (await engine.call('projections.list', {})).map((each) => each.id)
  await engine.call('projections.delete', { projectionId: id })
  expect(events.at(-1)).toEqual({ name: 'projection', key: id, value: { id, record: null } })
  expect(await ids()).not.toContain(id)
  await expect(engine.call('projections.read', { projectionId: id })).rejects.toMatchObject({ code: 'NOT_FOUND' })
  await expect(engine.call('projections.delete', { projectionId: id })).rejects.toMatchObject({ code: 'NOT_FOUND' })
  expect(await engine.call('projections.restore', { projectionId: id })).toEqual(record)
  expect(events.at(-1)?.value).toEqual({ id, record })
  expect(await ids()).toContain(id)
  await engine.call('projections.delete', { projectionId: id })
  expect((await mapOf(runs[2], 'items')).createdAt).toBe(record.createdAt)
  await engine.call('projections.delete', { projectionId: id })
  stop()
  await engine.close()
  engine = await openTestEngine({ workspace })
  expect(existsSync(join(workspace, 'projections', id))).toBe(false)
  expect(await ids()).not.toContain(id)
})
