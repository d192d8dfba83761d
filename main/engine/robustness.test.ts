import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test, vi } from 'vitest'
import type { RunRecord } from '../contract/records'
import type { Store } from '../store'
import { createHub } from './hub'
import { openLog } from './log'
import { createRunRecords } from './run-records'
import { openTestEngine } from './testing/open-engine'

const record = (id: string, state: RunRecord['state'] = 'queued') => ({ id, state }) as RunRecord

function recordsOn(saveRun: Store['saveRun']) {
  const store = { runs: async () => [], saveRun } as unknown as Store
  return createRunRecords({ store, hub: createHub() })
}

test('a log that cannot be written loses a line, not the process', () => {
  const folder = mkdtempSync(join(tmpdir(), 'topn-log-'))
  // A folder in the file's place fails every write, as a full disk does.
  mkdirSync(join(folder, 'topn.log'))
  const told = vi.spyOn(console, 'error').mockImplementation(() => {})
  openLog(folder).error('a call failed', new Error('why'))
  expect(told).toHaveBeenCalledWith(expect.stringContaining('topn.log'))
  told.mockRestore()
  rmSync(folder, { recursive: true })
})

test('an id is given once, before its run is there', async () => {
  const records = await recordsOn(async () => {})
  expect([records.nextId('ials'), records.nextId('ials'), records.nextId('bpr')]).toEqual(['ials-1', 'ials-2', 'bpr-1'])
})

test('what cannot be saved is not there: no new run, and the old record of one that was', async () => {
  let isFull = false
  const records = await recordsOn(async () => {
    if (isFull) throw new Error('ENOSPC')
  })
  await records.add(record('ials-1'))
  isFull = true
  await expect(records.add(record('ials-2'))).rejects.toThrow('ENOSPC')
  await expect(records.change('ials-1', { state: 'done' })).rejects.toThrow('ENOSPC')
  expect(records.list()).toEqual([record('ials-1')])
})

test('runs that are copied and started at once do not take the place of one another', async () => {
  const engine = await openTestEngine()
  const datasetId = (await engine.jobEnded((await engine.call('datasets.sample', {})).id)).subject as string
  const models = [{ model: 'popularity' }]
  const [first] = await engine.runsEnded(await engine.call('runs.start', { datasetId, models }))
  const [copy, other, [started]] = await Promise.all([
    engine.call('runs.duplicate', { runId: first.id }),
    engine.call('runs.duplicate', { runId: first.id }),
    engine.call('runs.start', { datasetId, models, seed: 7 }),
  ])
  expect(new Set([first, copy, other, started].map(({ id }) => id)).size).toBe(4)
  const [ended] = await engine.runsEnded([started])
  expect(ended).toMatchObject({ state: 'done', seed: 7, judgedUsers: 500 })
  await engine.close()
})

test('many lists that are asked for at once are made a few at a time', async () => {
  const engine = await openTestEngine()
  const datasetId = (await engine.jobEnded((await engine.call('datasets.sample', {})).id)).subject as string
  const [run] = await engine.runsEnded(
    await engine.call('runs.start', { datasetId, models: [{ model: 'popularity' }], evaluation: { cutoffs: [1] } }),
  )
  let running = 0
  let most = 0
  const before = engine.processes.length
  const push = engine.processes.push.bind(engine.processes)
  engine.processes.push = (...started) => {
    most = Math.max(most, ++running)
    for (const child of started) child.onExit(() => running--)
    return push(...started)
  }
  const users = ['person-001', 'person-002', 'person-003', 'person-004', 'person-005']
  await Promise.all(users.map((user) => engine.call('lists.forUser', { runId: run.id, user, limit: 5 })))
  expect(engine.processes.length - before).toBe(users.length)
  expect(most).toBeLessThanOrEqual(2)
  await engine.close()
})

test('a candidates file that judges only some users says how many', async () => {
  const engine = await openTestEngine()
  const folder = mkdtempSync(join(tmpdir(), 'topn-candidates-'))
  const rows = ['u,i,1', 'u,j,2', 'v,i,1', 'v,k,2', 'w,j,1', 'w,k,2']
  writeFileSync(join(folder, 'data.csv'), `user,item,timestamp\n${rows.join('\n')}\n`)
  writeFileSync(join(folder, 'candidates'), '(u,j)\tk\n')
  const job = await engine.jobEnded((await engine.call('datasets.open', { path: join(folder, 'data.csv') })).id)
  const start = (file: string) =>
    engine.call('runs.start', {
      datasetId: job.subject as string,
      models: [{ model: 'popularity' }],
      evaluation: { candidates: { file }, cutoffs: [1] },
    })
  const [run] = await engine.runsEnded(await start(join(folder, 'candidates')))
  expect(run).toMatchObject({ state: 'done', judgedUsers: 1, counts: { test: { users: 3 } } })
  const [wrong] = await engine.runsEnded(await start(folder))
  expect(wrong).toMatchObject({ state: 'failed', error: { code: 'BAD_DATA', data: { file: folder } } })
  rmSync(folder, { recursive: true })
  await engine.close()
})
