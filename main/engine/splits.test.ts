import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, afterEach, describe, expect, test } from 'vitest'
import type { CallInput } from '../contract/calls'
import { popularity } from '../models/baselines/popularity'
import { requireFoldIn } from './splits'
import { openTestEngine, type TestEngine } from './testing/open-engine'

const data = process.env.TOPN_DATA ?? resolve(import.meta.dirname, '../../../shared/data')
const folder = mkdtempSync(join(tmpdir(), 'topn-splits-'))
afterAll(() => rmSync(folder, { recursive: true }))
let engine: TestEngine
afterEach(() => engine?.close())

async function open(input: CallInput<'datasets.open'>): Promise<string> {
  engine = await openTestEngine()
  const { subject, error } = await engine.jobEnded((await engine.call('datasets.open', input)).id)
  expect(error).toBe(null)
  return subject as string
}

function write(name: string, lines: string[]): string {
  const path = join(folder, name)
  writeFileSync(path, `${lines.join('\n')}\n`)
  return path
}

const ratings = join(data, 'ml-latest-small', 'ratings.csv')
const base = join(data, 'ml-100k', 'u1.base')
const isAbsent = !existsSync(ratings) || !existsSync(base)

describe.skipIf(isAbsent)('on published data (skipped where neither TOPN_DATA nor ../shared/data is)', () => {
  test('leave-last-out on ml-latest-small tests what happened before the end of training', async () => {
    const datasetId = await open({ path: ratings })
    const preview = await engine.call('splits.preview', { datasetId })
    // By hand: the last line of each user by time, equal times in the order of the file.
    const rows = readFileSync(ratings, 'utf8').trim().split(/\r?\n/).slice(1)
    const lastOf = new Map<string, { row: number; time: number }>()
    const times = rows.map((line) => Number(line.split(',')[3]))
    rows.forEach((line, row) => {
      const [user] = line.split(',')
      const last = lastOf.get(user)
      if (!last || times[row] >= last.time) lastOf.set(user, { row, time: times[row] })
    })
    const tested = new Set([...lastOf.values()].map(({ row }) => row))
    const trained = times.filter((_, row) => !tested.has(row))
    const end = trained.reduce((latest, time) => Math.max(latest, time), 0)
    const early = [...lastOf.values()].filter(({ time }) => time < end).length
    expect(preview.test.interactions).toBe(lastOf.size)
    expect(preview.picture.beforeLastTraining).toBe(early)
    expect(preview.picture.spans.train?.last).toBe(end)
    expect(early / lastOf.size).toBeGreaterThan(0.9)
    expect(preview.warnings.find(({ code }) => code === 'future-leak')).toEqual({
      code: 'future-leak',
      level: 'warn',
      data: { found: early, share: early / lastOf.size, last: end },
    })
    const timeline = preview.picture.timeline
    const sum = (counts: number[] = []) => counts.reduce((total, count) => total + count, 0)
    expect([sum(timeline?.counts.train), sum(timeline?.counts.test)]).toEqual([trained.length, lastOf.size])

    const temporal = await engine.call('splits.preview', {
      datasetId,
      split: { strategy: 'temporal', at: '2010-01-01' },
    })
    const cut = Date.UTC(2010, 0, 1) / 1000
    expect(temporal.test.interactions).toBe(times.filter((time) => time >= cut).length)
    expect(temporal.picture.beforeLastTraining).toBe(0)
    expect(temporal.picture.cuts).toEqual([{ part: 'test', at: Math.min(...times.filter((time) => time >= cut)) }])
    expect(temporal.warnings.map(({ code }) => code)).not.toContain('future-leak')
  })

  test('u1.base and u1.test overlap in users and items, and in no pair', async () => {
    const parts = { train: base, test: base.replace('base', 'test') }
    const datasetId = await open({ parts, columns: { user: 0, item: 1, rating: 2, timestamp: 3 } })
    const preview = await engine.call('splits.preview', { datasetId })
    const cells = (path: string) =>
      readFileSync(path, 'utf8')
        .trim()
        .split('\n')
        .map((line) => line.split('\t'))
    const [trained, tested] = [cells(parts.train), cells(parts.test)]
    const region = (column: number) => {
      const [train, held] = [trained, tested].map((rows) => new Set(rows.map((row) => row[column])))
      return {
        train: [...train].filter((id) => !held.has(id)).length,
        test: [...held].filter((id) => !train.has(id)).length,
        both: [...held].filter((id) => train.has(id)).length,
      }
    }
    const [users, items] = [region(0), region(1)]
    const pairs = new Set(trained.map(([user, item]) => `${user} ${item}`))
    expect(tested.filter(([user, item]) => pairs.has(`${user} ${item}`))).toEqual([])
    expect(preview.picture.overlap).toEqual(
      [
        { parts: ['train'], users: users.train, items: items.train },
        { parts: ['test'], users: users.test, items: items.test },
        { parts: ['train', 'test'], users: users.both, items: items.both },
      ].filter((row) => row.users + row.items > 0),
    )
    expect([preview.coldUsers, preview.coldItems]).toEqual([users.test, items.test])
    expect(preview.picture.usersWithoutTest).toBe(users.train)
    expect(preview.picture.repeatedAcross).toBe(0)
    expect(preview.warnings.map(({ code }) => code)).not.toContain('parts-overlap')
  })
})

test('files that overlap are said to', async () => {
  const train = write('train.csv', ['user,item', 'a,1', 'a,2', 'b,1'])
  const held = write('test.csv', ['user,item', 'a,2', 'b,3'])
  const datasetId = await open({ parts: { train, test: held } })
  const { warnings } = await engine.call('splits.preview', { datasetId })
  expect(warnings.find(({ code }) => code === 'parts-overlap')).toEqual({
    code: 'parts-overlap',
    level: 'warn',
    data: { found: 1, share: 0.5 },
  })
})

test('the default split needs no times where the recipe has dropped them', async () => {
  const rows = ['a', 'b', 'c'].flatMap((user) => [1, 2, 3, 4, 5].map((item) => `${user},${item},${1e9 + item}`))
  const datasetId = await open({ path: write('timed.csv', ['user,item,timestamp', ...rows]) })
  const clean = [{ step: 'drop-columns' as const, columns: ['timestamp' as const] }]
  const preview = await engine.call('splits.preview', { datasetId, clean })
  expect([preview.train.interactions, preview.test.interactions]).toEqual([12, 3])
  const models = [{ model: 'popularity' }]
  const [run] = await engine.runsEnded(await engine.call('runs.start', { datasetId, clean, models }))
  expect(run).toMatchObject({ state: 'done', split: { strategy: 'random', ratio: 0.2, per: 'user' } })
  expect(await engine.call('runs.experiment', { runId: run.id })).not.toHaveProperty('split')
})

test('files read as parts are other data than the same files read as one', async () => {
  const [train, held] = [write('part-1.csv', ['user,item', 'a,1', 'b,1']), write('part-2.csv', ['user,item', 'a,2'])]
  const whole = await open({ path: [train, held], name: 'both' })
  const { subject } = await engine.jobEnded(
    (await engine.call('datasets.open', { parts: { train, test: held }, name: 'both' })).id,
  )
  expect(subject).not.toBe(whole)
  const preview = await engine.call('splits.preview', { datasetId: subject as string })
  expect([preview.train.interactions, preview.test.interactions]).toEqual([2, 1])
})

test('a split that leaves nothing to judge by is said before training, and refused by it', async () => {
  const path = write('once.csv', ['user,item', 'a,1', 'b,2', 'c,3'])
  const datasetId = await open({ path })
  const split = { strategy: 'leave-one-out' } as const
  const { warnings } = await engine.call('splits.preview', { datasetId, split })
  expect(warnings).toEqual([{ code: 'empty-part', level: 'block', data: { part: 'test' } }])
  const [run] = await engine.runsEnded(
    await engine.call('runs.start', { datasetId, split, models: [{ model: 'popularity' }] }),
  )
  expect(run.error).toMatchObject({
    code: 'BAD_DATA',
    message: 'The test part is empty, so nothing can be judged. Choose another split.',
  })
  expect(run.fitSeconds).toBe(null)
})

test('held-out users are judged by their known history, and their lists can be asked for', async () => {
  engine = await openTestEngine()
  const datasetId = (await engine.jobEnded((await engine.call('datasets.sample', {})).id)).subject as string
  const split = { strategy: 'user-holdout', count: 12, tested: 'latest' } as const
  const assumed = await engine.call('splits.preview', { datasetId, split })
  expect(assumed.foldIn?.users).toBe(12)
  expect(assumed.power).toMatchObject({ metric: 'ndcg@10', comparisons: 0, users: 12 })
  const runs = await engine.runsEnded(
    await engine.call('runs.start', { datasetId, split, models: [{ model: 'popularity' }, { model: 'ials' }] }),
  )
  expect(runs.map(({ state, error }) => error ?? state)).toEqual(['done', 'done'])
  expect(runs[0]).toMatchObject({ judgedUsers: 12, counts: { foldIn: { users: 12 }, coldUsers: 0 } })

  const users = await engine.call('users.search', { datasetId, query: '', limit: 1000 })
  const held: string[] = []
  for (const { user } of users) {
    const history = await engine.call('users.history', { runId: 'ials-1', user })
    const parts = new Set(history.map(({ part }) => part))
    expect([['train'], ['fold-in', 'test']]).toContainEqual([...parts].sort())
    if (parts.has('test')) held.push(user)
  }
  expect(held).toHaveLength(12)
  const seen = await engine.call('users.history', { runId: 'ials-1', user: held[0] })
  const known = seen.filter(({ part }) => part === 'fold-in').map(({ item }) => item)
  for (const limit of [10, 30]) {
    const list = await engine.call('lists.forUser', { runId: 'ials-1', user: held[0], limit })
    expect(list).toHaveLength(limit)
    expect(list.filter(({ item }) => known.includes(item))).toEqual([])
  }

  // Now the spread is that of the two runs.
  const measured = await engine.call('splits.preview', { datasetId, split })
  expect(measured.power).toMatchObject({ comparisons: 1, users: 12 })
  expect({ ...measured, power: null }).toEqual({ ...assumed, power: null })
})

test('a newer look at a split ends an older one, and the same look is not taken twice', async () => {
  engine = await openTestEngine()
  const datasetId = (await engine.jobEnded((await engine.call('datasets.sample', {})).id)).subject as string
  const older = engine.call('splits.preview', { datasetId })
  const newer = engine.call('splits.preview', { datasetId, split: { strategy: 'k-fold' } })
  await expect(older).rejects.toMatchObject({ code: 'CANCELLED' })
  const found = await newer
  const processes = engine.processes.length
  expect(await engine.call('splits.preview', { datasetId, split: { strategy: 'k-fold' } })).toEqual(found)
  expect(engine.processes).toHaveLength(processes)
})

test('a model that cannot fold in is refused by its name', () => {
  const { foldIn: _, ...model } = popularity
  expect(() => requireFoldIn(model, 'models[1].model')).toThrow(
    expect.objectContaining({
      code: 'BAD_REQUEST',
      data: { field: 'models[1].model' },
      message: expect.stringMatching(/^models\[1\]\.model: Popularity cannot make lists for users/),
    }),
  )
  expect(() => requireFoldIn(popularity, 'models[0].model')).not.toThrow()
})
