import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { CallInput } from '../contract/calls'
import { TopnError } from '../contract/errors'
import type { RunRecord } from '../contract/records'
import { readPrepared } from '../data/prepared-files'
import { readSafetensors } from '../files/safetensors'
import { testFolder } from '../store/testing/folder'
import { openTestEngine, type TestEngine } from './testing/open-engine'

const { folder } = testFolder()
const workspace = join(folder, 'workspace')
let engine: TestEngine
let datasetId: string
let runs: RunRecord[]

beforeAll(async () => {
  engine = await openTestEngine({ workspace })
  const { id } = await engine.call('datasets.sample', {})
  datasetId = (await engine.jobEnded(id)).subject as string
  const models = [{ model: 'popularity' }, { model: 'item-knn' }, { model: 'random' }]
  runs = await engine.runsEnded(await engine.call('runs.start', { datasetId, models }))
})
afterAll(() => engine.close())

const refusal = (call: Promise<unknown>): Promise<TopnError | undefined> =>
  call.then(
    () => undefined,
    (error) => (error instanceof TopnError ? error : Promise.reject(error)),
  )

async function valuesOf(run: RunRecord, key: string): Promise<number[]> {
  const tensors = await readSafetensors(join(workspace, 'artifacts', run.id, 'users.safetensors'))
  return [...tensors[key].data]
}

test('runs are compared over the users that they were judged on', async () => {
  const runIds = runs.map(({ id }) => id)
  const [reference, knn] = runIds
  const input = { runIds, reference, metric: 'ndcg@10', resamples: 500 }
  const found = await engine.call('comparison.significance', input)
  expect(found).toMatchObject({ metric: 'ndcg@10', direction: 'higher', reference, test: 't', level: 0.95, seed: 42 })
  expect(found.users).toBe(runs[0].judgedUsers)
  found.runs.forEach(({ runId, mean, interval }, at) => {
    expect([runId, mean]).toEqual([runIds[at], expect.closeTo(runs[at].metrics['ndcg@10'], 12)])
    expect(interval.from).toBeLessThan(mean)
    expect(interval.to).toBeGreaterThan(mean)
  })
  expect(found.pairs.map(({ runId }) => runId)).toEqual(runIds.slice(1))
  const [own, other] = [await valuesOf(runs[1], 'ndcg@10'), await valuesOf(runs[0], 'ndcg@10')]
  const differences = own.map((value, at) => value - other[at])
  const mean = differences.reduce((sum, value) => sum + value, 0) / differences.length
  const variance = differences.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (differences.length - 1)
  const pair = found.pairs.find(({ runId }) => runId === knn)
  expect(pair).toMatchObject({
    difference: expect.closeTo(mean, 12),
    statistic: expect.closeTo(mean / Math.sqrt(variance / differences.length), 10),
    effect: expect.closeTo(mean / Math.sqrt(variance), 10),
    better: differences.filter((value) => value > 0).length,
    equal: differences.filter((value) => value === 0).length,
    worse: differences.filter((value) => value < 0).length,
  })
  expect(await engine.call('comparison.significance', input)).toEqual(found)
  const randomised = await engine.call('comparison.significance', { ...input, test: 'randomisation' })
  expect(randomised.pairs[0].interval).toEqual(found.pairs[0].interval)
  expect(Math.abs(randomised.pairs[0].p - found.pairs[0].p)).toBeLessThan(0.05)
})

test('what cannot be compared is refused', async () => {
  const [first, second] = runs
  const compare = (more: object) =>
    refusal(
      engine.call('comparison.significance', {
        runIds: [first.id, second.id],
        reference: first.id,
        metric: 'ndcg@10',
        ...more,
      }),
    )
  expect((await compare({ metric: 'coverage@10' }))?.message).toMatch(/user by user/)
  expect((await compare({ metric: 'ndcg@7' }))?.message).toMatch(/has no ndcg@7/)
  expect((await compare({ reference: 'x' }))?.data).toEqual({ field: 'reference' })
  expect(await compare({ runIds: [first.id] })).toMatchObject({ code: 'BAD_REQUEST' })
  expect(await compare({ runIds: [first.id, first.id] })).toMatchObject({ code: 'BAD_REQUEST' })
  expect(await compare({ runIds: [first.id, 'none'] })).toMatchObject({ code: 'NOT_FOUND' })
  const start = async (more: object) =>
    (
      await engine.runsEnded(await engine.call('runs.start', { datasetId, models: [{ model: 'popularity' }], ...more }))
    )[0].id
  const otherSplit = await start({ split: { strategy: 'random', ratio: 0.3, per: 'user' } })
  expect((await compare({ runIds: [first.id, otherSplit] }))?.message).toMatch(/different data or splits/)
  const sampled = await start({ evaluation: { candidates: { sampled: 20 } } })
  expect((await compare({ runIds: [first.id, sampled] }))?.message).toMatch(/different candidates/)
  const otherSample = await start({ evaluation: { candidates: { sampled: 20 } }, seed: 43 })
  expect((await compare({ runIds: [sampled, otherSample], reference: sampled }))?.message).toMatch(
    /different candidates/,
  )
})

test('the lists of two runs are laid beside one another', async () => {
  const [first, second] = runs
  const about = { first: first.id, second: second.id, k: 5 }
  const found = await engine.call('comparison.overlap', about)
  const itemsOf = async ({ id }: RunRecord, user: string) =>
    (await engine.call('lists.forUser', { runId: id, user, limit: 5 })).map(({ item }) => item)
  const { userIds } = await readPrepared(join(workspace, 'prepared', first.prepared as string))
  const shares: number[] = []
  for (const user of userIds) {
    const [a, b] = [await itemsOf(first, user), await itemsOf(second, user)]
    const shared = a.filter((item) => b.includes(item)).length
    shares.push(shared / (a.length + b.length - shared))
  }
  expect(found).toMatchObject({ k: 5, users: first.judgedUsers })
  expect(found.jaccard).toBeCloseTo(shares.reduce((sum, share) => sum + share, 0) / shares.length, 12)
  expect(found.rbo).toBeGreaterThan(0)
  expect(await engine.call('comparison.overlap', { ...about, second: first.id })).toMatchObject({ jaccard: 1 })
  expect((await refusal(engine.call('comparison.overlap', { ...about, k: 999 })))?.data).toEqual({ field: 'k' })
})

test('of one place the newest question counts', async () => {
  const input = { runIds: runs.map(({ id }) => id), reference: runs[0].id, view: 'screen' }
  const older = refusal(engine.call('comparison.significance', { ...input, metric: 'recall@10' }))
  const newer = engine.call('comparison.significance', { ...input, metric: 'ndcg@10' })
  expect(await older).toMatchObject({ code: 'CANCELLED' })
  expect((await newer).metric).toBe('ndcg@10')
  const stopped = refusal(engine.call('comparison.significance', { ...input, metric: 'map@10' }))
  await engine.call('comparison.stop', { view: 'screen' })
  expect(await stopped).toMatchObject({ code: 'CANCELLED' })
})

test('segments of users, items and selections are judged', async () => {
  const runIds = runs.map(({ id }) => id)
  const filters = [{ by: 'user-interactions' as const, from: 60 }]
  const { id: selectionId } = await engine.call('selections.create', {
    datasetId,
    of: 'users',
    name: 'active',
    filters,
  })
  const [attribute] = (await engine.call('datasets.list', {}))[0].itemAttributes
  const segmentations = [
    { by: 'warmth' as const },
    { by: 'activity' as const },
    { by: 'popularity' as const },
    { by: 'attribute' as const, of: 'items' as const, name: attribute.name },
    { by: 'selection' as const, selectionId },
  ]
  const map = await engine.call('comparison.segments', { runIds, metric: 'recall@10', segmentations })
  expect(map.users).toBe(runs[0].judgedUsers)
  expect(map.means).toEqual(runs.map(({ metrics }) => expect.closeTo(metrics['recall@10'], 12)))
  expect(map.means[map.winner]).toBe(Math.max(...map.means))
  const [, activity, popularity, genres, selected] = map.groups
  expect(activity.segments.reduce((sum, { users }) => sum + users, 0)).toBe(map.users)
  expect(genres.segments.length).toBeGreaterThan(1)

  const inside = await engine.call('runs.metrics', { runId: runIds[1], selectionId })
  expect(selected.segments[0]).toMatchObject({ name: { kind: 'inside' }, users: inside.users })
  expect(selected.segments[0].means[1]).toBeCloseTo(inside.metrics['recall@10'], 12)

  const { test: held, train, itemIds } = await readPrepared(join(workspace, 'prepared', runs[0].prepared as string))
  const lists = await readSafetensors(join(workspace, 'artifacts', runIds[1], 'lists.safetensors'))
  const head = await engine.call('comparison.segmentMembers', {
    runIds,
    metric: 'recall@10',
    segmentation: { by: 'popularity' },
    segment: 0,
  })
  expect(head.of).toBe('items')
  const headItems = new Set(head.ids.map((id) => itemIds.indexOf(id)))
  const inHead = train.itemIndices.reduce((sum, item) => sum + (headItems.has(item) ? 1 : 0), 0)
  expect(inHead / train.itemIndices.length).toBeGreaterThanOrEqual(0.2)
  expect(inHead / train.itemIndices.length).toBeLessThan(0.3)
  const recalls = Array.from(lists.users.data, (user, row) => {
    const own = new Set(held.itemIndices.subarray(held.offsets[user], held.offsets[user + 1]))
    const relevant = [...own].filter((item) => headItems.has(item))
    const listed = Array.from(lists.items.data).slice(row * lists.items.shape[1], row * lists.items.shape[1] + 10)
    return relevant.length === 0 ? null : relevant.filter((item) => listed.includes(item)).length / relevant.length
  }).filter((recall) => recall !== null)
  expect(popularity.segments[0].users).toBe(recalls.length)
  expect(popularity.segments[0].means[1]).toBeCloseTo(recalls.reduce((sum, one) => sum + one, 0) / recalls.length, 12)

  const asked = {
    runIds: runIds.slice(0, 2),
    metric: 'recall@10',
    segmentation: { by: 'activity' as const },
    segment: 0,
  }
  const worst = await engine.call('comparison.segmentUsers', { ...asked, limit: 3 })
  expect(worst.total).toBe(activity.segments[0].users)
  const behind = worst.users.map(({ values: [first, second] }) => first - second)
  expect(behind).toEqual(behind.toSorted((a, b) => a - b))
})

test('segments that cannot be judged are refused', async () => {
  const runIds = runs.map(({ id }) => id)
  const map = (segmentation: CallInput<'comparison.segments'>['segmentations'][number], more: object = {}) =>
    refusal(engine.call('comparison.segments', { runIds, metric: 'ndcg@10', segmentations: [segmentation], ...more }))
  expect((await map({ by: 'attribute', of: 'items', name: 'none' }))?.message).toMatch(/no attribute none/)
  expect((await map({ by: 'attribute', of: 'items', name: 'title' }))?.message).toMatch(/makes no segments/)
  expect((await map({ by: 'selection', selectionId: 'none' }))?.code).toBe('NOT_FOUND')
  const gone = { runIds, metric: 'ndcg@10', segmentation: { by: 'warmth' as const }, segment: 9 }
  expect((await refusal(engine.call('comparison.segmentMembers', gone)))?.data).toEqual({ field: 'segment' })
})
