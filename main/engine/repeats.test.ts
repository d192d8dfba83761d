import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { repetitionsOf } from './repeats'
import { openTestEngine, type TestEngine } from './testing/open-engine'

const folder = mkdtempSync(join(tmpdir(), 'topn-repeats-'))
let engine: TestEngine
let datasetId: string
beforeAll(async () => {
  const path = join(folder, 'data.csv')
  const rows = Array.from({ length: 60 }, (_, row) => `u${row % 10},i${(row * 7) % 13}`)
  writeFileSync(path, ['user,item', ...rows, ''].join('\n'))
  engine = await openTestEngine()
  datasetId = (await engine.jobEnded((await engine.call('datasets.open', { path })).id)).subject as string
})
afterAll(async () => {
  await engine.close()
  rmSync(folder, { recursive: true })
})

test('every interaction is tested in exactly one fold', async () => {
  const split = { strategy: 'k-fold', folds: 3, per: 'global' } as const
  const models = [{ model: 'popularity' }, { model: 'random' }]
  const started = await engine.call('runs.start', { datasetId, split, models, repeat: { kind: 'folds' } })
  const ids = started.slice(0, 3).map(({ id }) => id)
  expect(started.map(({ model }) => model)).toEqual([...Array(3).fill('popularity'), ...Array(3).fill('random')])
  expect(started.slice(0, 3).map(({ series }) => series)).toEqual(
    ids.map((_, index) => ({ id: ids[0], kind: 'folds', index, count: 3 })),
  )
  const runs = await engine.runsEnded(started)
  expect(runs.map(({ split }) => split?.strategy === 'k-fold' && split.fold)).toEqual([0, 1, 2, 0, 1, 2])
  for (const model of ['popularity', 'random']) {
    const ofModel = runs.filter((run) => run.model === model)
    expect(ofModel.reduce((sum, { counts }) => sum + (counts?.test.interactions ?? 0), 0)).toBe(60)
  }
  expect(new Set(runs.map(({ prepared }) => prepared)).size, 'the folds are shared by the models').toBe(3)

  const again = await engine.call('runs.again', { runId: runs[1].id })
  expect(again, 'a repetition that is run again is a run of its own').toMatchObject({
    series: null,
    split: runs[1].split,
  })
  await engine.runsEnded([again])
})

test('seeds differ, and with them a random split', async () => {
  const request = { datasetId, split: { strategy: 'random' }, models: [{ model: 'random' }], seed: 7 } as const
  const runs = await engine.runsEnded(
    await engine.call('runs.start', {
      ...request,
      models: [...request.models],
      repeat: { kind: 'seeds', count: 2 },
    }),
  )
  expect(runs.map(({ seed }) => seed)).toEqual([7, 8])
  expect(runs[0].prepared).not.toBe(runs[1].prepared)
})

test('seeds start again from 0 after the last one', () => {
  const split = { strategy: 'leave-one-out' } as const
  const seeds = repetitionsOf({ kind: 'seeds', count: 3 }, { seed: 2 ** 32 - 2, split }).map(({ seed }) => seed)
  expect(seeds).toEqual([2 ** 32 - 2, 2 ** 32 - 1, 0])
})

test('a split without folds is refused before anything is started', async () => {
  const before = (await engine.call('runs.list', {})).length
  const start = engine.call('runs.start', { datasetId, models: [{ model: 'popularity' }], repeat: { kind: 'folds' } })
  await expect(start).rejects.toMatchObject({ code: 'BAD_REQUEST', data: { field: 'repeat' } })
  expect((await engine.call('runs.list', {})).length).toBe(before)
})
