import { readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Event } from '../contract/calls'
import { TopnError } from '../contract/errors'
import type { RunRecord } from '../contract/records'
import { readPrepared } from '../data/prepared-files'
import { createSample } from '../data/sample'
import { readSafetensors } from '../files/safetensors'
import { testFolder } from '../store/testing/folder'
import { openTestEngine, type TestEngine } from './testing/open-engine'

const { folder } = testFolder()
const workspace = join(folder, 'workspace')
const sample = createSample()
let engine: TestEngine
let datasetId: string

beforeAll(async () => {
  engine = await openTestEngine({ workspace })
  const { id } = await engine.call('datasets.sample', {})
  datasetId = (await engine.jobEnded(id)).subject as string
})
afterAll(() => engine.close())

async function reopen(): Promise<void> {
  await engine.close()
  engine = await openTestEngine({ workspace })
}

const refusal = (call: Promise<unknown>): Promise<TopnError | undefined> =>
  call.then(
    () => undefined,
    (error) => (error instanceof TopnError ? error : Promise.reject(error)),
  )
const selectionIds = async () => (await engine.call('selections.list', {})).map(({ id }) => id)

/** The users with 60 interactions or more, counted in the sample itself. */
const numberOf = new Map<string, number>()
for (const user of sample.users) numberOf.set(user, (numberOf.get(user) ?? 0) + 1)
const active = [...numberOf].filter(([, number]) => number >= 60).sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1))
const filters = [{ by: 'user-interactions' as const, from: 60 }]

test('what filters leave gets a name, and its members can be paged and searched', async () => {
  const events: Event[] = []
  const stop = engine.subscribe((event) => event.name === 'selection' && events.push(event))
  const made = await engine.call('selections.create', { datasetId, of: 'users', name: ' active ', filters })
  stop()
  expect(made).toMatchObject({ name: 'active', datasetId, of: 'users', count: active.length, filters })
  expect(events).toEqual([{ name: 'selection', key: made.id, value: { id: made.id, record: made } }])
  expect(await engine.call('selections.list', {})).toEqual([made])
  const page = await engine.call('selections.members', { selectionId: made.id, limit: 3, offset: 2 })
  expect(page).toEqual(active.slice(2, 5).map(([id, interactions]) => ({ id, title: null, interactions })))
  const [[someone]] = active
  const found = await engine.call('selections.members', { selectionId: made.id, query: someone.toUpperCase() })
  expect(found.map(({ id }) => id)).toEqual([someone])
  const renamed = await engine.call('selections.change', { selectionId: made.id, name: 'busy' })
  expect(renamed).toEqual({ ...made, name: 'busy' })
})

test('named one by one: each once, in the data, at least one', async () => {
  const [first, second] = sample.catalogue
  const ids = [first.id, second.id, first.id]
  const made = await engine.call('selections.create', { datasetId, of: 'items', name: 'two', ids })
  expect(made).toMatchObject({ count: 2, filters: null })
  const members = await engine.call('selections.members', { selectionId: made.id, query: second.title.toLowerCase() })
  expect(members.map(({ id, title }) => ({ id, title }))).toEqual([{ id: second.id, title: second.title }])
  const create = (more: object) =>
    refusal(engine.call('selections.create', { datasetId, of: 'items', name: 'x', ...more }))
  expect(await create({ ids: ['<b>nobody</b>'] })).toMatchObject({ code: 'BAD_REQUEST', data: { field: 'ids' } })
  expect((await create({ filters: [{ by: 'rating', from: 99 }] }))?.message).toMatch(/leave no items/)
  expect(await create({})).toMatchObject({ code: 'BAD_REQUEST' })
  expect(await create({ filters: [], ids: ['1'] })).toMatchObject({ code: 'BAD_REQUEST' })
  expect(await create({ ids: [first.id], datasetId: 'none' })).toMatchObject({ code: 'NOT_FOUND' })
  expect((await selectionIds()).length).toBe(2)
})

test('a selection is a filter like any other', async () => {
  const [{ id: selectionId }] = await engine.call('selections.list', {})
  const byName = await engine.call('datasets.explore', { datasetId, filters: [{ by: 'selection', selectionId }] })
  const byNumber = await engine.call('datasets.explore', { datasetId, filters })
  expect(byName.left).toEqual(byNumber.left)
  expect(byName.left.users).toBe(active.length)
})

test('its members as a table for spreadsheets', async () => {
  const [users, items] = await engine.call('selections.list', {})
  const { path } = await engine.call('selections.export', { selectionId: users.id })
  expect(dirname(path)).toBe(join(workspace, 'exports'))
  const lines = active.map(([id, interactions]) => `${id},${interactions}\r\n`)
  expect(readFileSync(path, 'utf8')).toBe(`\ufeffuser,interactions\r\n${lines.join('')}`)
  const ofItems = await engine.call('selections.export', { selectionId: items.id })
  const [header, ...rows] = readFileSync(ofItems.path, 'utf8').trim().split('\r\n')
  expect(header).toMatch(/^item,title,interactions,genres/)
  const [{ id, title, genres }] = sample.catalogue
  expect(rows.find((row) => row.startsWith(`${id},`))).toMatch(new RegExp(`^${id},${title},\\d+,${genres.join('\\|')}`))
})

test('what the file of users says of them stands beside them, and nothing where it does not know them', async () => {
  const [path, about] = ['choices.csv', 'people.csv'].map((name) => join(folder, name))
  writeFileSync(path, 'user,item\na,1\na,2\nb,1\nc,2\n')
  writeFileSync(about, 'user,town,job\nb,"Ulm, old",cook\na,Bonn,\n')
  const { id } = await engine.call('datasets.open', { path, users: { path: about } })
  const own = String((await engine.jobEnded(id)).subject)
  const made = { datasetId: own, of: 'users' as const, name: 'all', filters: [] }
  const { id: selectionId } = await engine.call('selections.create', made)
  const file = await engine.call('selections.export', { selectionId })
  const lines = ['user,interactions,town,job', 'a,2,Bonn,', 'b,1,"Ulm, old",cook', 'c,1,,', '']
  expect(readFileSync(file.path, 'utf8')).toBe(`\ufeff${lines.join('\r\n')}`)
  await engine.call('datasets.delete', { datasetId: own })
})

test('a run is judged over the users of a selection', async () => {
  const [users, items] = await engine.call('selections.list', {})
  const started = await engine.call('runs.start', { datasetId, models: [{ model: 'popularity' }] })
  const waiting = await refusal(engine.call('runs.metrics', { runId: started[0].id, selectionId: users.id }))
  const [run] = (await engine.runsEnded(started)) as [RunRecord]
  expect(waiting).toMatchObject({ code: 'BAD_REQUEST' })

  const values = await readSafetensors(join(workspace, 'artifacts', run.id, 'users.safetensors'))
  const judged = values.users.data as Uint32Array
  const { userIds } = await readPrepared(join(workspace, 'prepared', run.prepared as string))
  const chosen = new Set(active.map(([id]) => id))
  const places = [...judged.keys()].filter((at) => chosen.has(userIds[judged[at]]))
  const found = await engine.call('runs.metrics', { runId: run.id, selectionId: users.id })
  expect(found.users).toBe(places.length)
  expect(places.length).toBeGreaterThan(5)
  const keys = Object.keys(run.metrics).filter((key) => key in values)
  expect(keys).toContain('ndcg@10')
  expect(Object.keys(found.metrics).sort()).toEqual(keys.sort())
  for (const key of keys) {
    const mean = places.reduce((sum, at) => sum + Number(values[key].data[at]), 0) / places.length
    expect(found.metrics[key]).toBeCloseTo(mean, 12)
  }
  const everyone = await engine.call('selections.create', { datasetId, of: 'users', name: 'all', filters: [] })
  const whole = await engine.call('runs.metrics', { runId: run.id, selectionId: everyone.id })
  expect(whole.users).toBe(run.judgedUsers)
  for (const key of keys) expect(whole.metrics[key]).toBeCloseTo(run.metrics[key], 12)
  expect((await refusal(engine.call('runs.metrics', { runId: run.id, selectionId: items.id })))?.message).toMatch(
    /items/,
  )
})

test('deleted ones can be restored, until the workspace is opened again', async () => {
  const before = await engine.call('selections.list', {})
  const [, gone] = before
  await engine.call('selections.delete', { selectionId: gone.id })
  expect(await refusal(engine.call('selections.members', { selectionId: gone.id }))).toMatchObject({
    code: 'NOT_FOUND',
  })
  const filter = { by: 'selection' as const, selectionId: gone.id }
  expect(await refusal(engine.call('datasets.explore', { datasetId, filters: [filter] }))).toMatchObject({
    code: 'NOT_FOUND',
  })
  expect(await engine.call('selections.restore', { selectionId: gone.id })).toEqual(gone)
  expect(await engine.call('selections.list', {})).toEqual(before)
  await engine.call('selections.delete', { selectionId: gone.id })
  await reopen()
  expect(await selectionIds()).toEqual(before.filter(({ id }) => id !== gone.id).map(({ id }) => id))
  expect(await refusal(engine.call('selections.restore', { selectionId: gone.id }))).toMatchObject({
    code: 'NOT_FOUND',
  })
})

test('they go with their dataset, come back with it, and are copied with it', async () => {
  const before = await engine.call('selections.list', {})
  const told: Event['value'][] = []
  engine.subscribe((event) => event.name === 'selection' && told.push(event.value))
  await engine.call('datasets.delete', { datasetId })
  expect(told).toEqual(before.map(({ id }) => ({ id, record: null })))
  expect(await selectionIds()).toEqual([])
  await engine.call('datasets.restore', { datasetId })
  expect(told.slice(before.length)).toEqual(before.map((record) => ({ id: record.id, record })))
  const copy = await engine.call('datasets.duplicate', { datasetId })
  const copies = (await engine.call('selections.list', {})).filter((selection) => selection.datasetId === copy.id)
  expect(copies.map(({ name, count }) => [name, count])).toEqual(before.map(({ name, count }) => [name, count]))
  await engine.call('datasets.delete', { datasetId })
  await reopen()
  expect(await selectionIds()).toEqual(copies.map(({ id }) => id))
  const [{ count }] = copies
  expect((await engine.call('selections.members', { selectionId: copies[0].id, limit: 1000 })).length).toBe(count)
})
