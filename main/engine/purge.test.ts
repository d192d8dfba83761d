import { randomUUID } from 'node:crypto'
import { existsSync, mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { expect, test } from 'vitest'
import { openTestEngine } from './testing/open-engine'

test('an upload stays for as long as a dataset was read from it; what was never opened goes', async () => {
  const workspace = mkdtempSync(join(tmpdir(), 'topn-inbox-'))
  const inbox = join(workspace, 'inbox')
  const [opened, forgotten, partial] = ['opened.csv', 'forgotten.csv', 'cut.csv.part'].map((name) =>
    join(inbox, randomUUID(), name),
  )
  const there = () => [opened, forgotten, partial].map(existsSync)
  const upload = () => {
    for (const path of [opened, forgotten, partial]) {
      mkdirSync(dirname(path), { recursive: true })
      writeFileSync(path, 'user,item\na,x\nb,y\n')
    }
  }
  upload()

  const first = await openTestEngine({ workspace })
  expect(there()).toEqual([false, false, false])
  upload()
  const { subject } = await first.jobEnded((await first.call('datasets.open', { path: opened })).id)
  await first.close()

  const second = await openTestEngine({ workspace })
  expect(there()).toEqual([true, false, false])
  await second.call('datasets.delete', { datasetId: subject as string })
  await second.close()

  await (await openTestEngine({ workspace })).close()
  expect(there()).toEqual([false, false, false])
  rmSync(workspace, { recursive: true })
})

test('vectors of texts go when nobody has asked for them in 30 days', async () => {
  const workspace = mkdtempSync(join(tmpdir(), 'topn-vectors-'))
  const [old, used] = ['old', 'used'].map((name) => join(workspace, 'vectors', `${name}.safetensors`))
  mkdirSync(dirname(old))
  const days = (count: number) => new Date(Date.now() - count * 24 * 60 * 60 * 1000)
  for (const [path, age] of [
    [old, 31],
    [used, 29],
  ] as const) {
    writeFileSync(path, '')
    utimesSync(path, days(age), days(age))
  }
  await (await openTestEngine({ workspace })).close()
  expect([old, used].map(existsSync)).toEqual([false, true])
  rmSync(workspace, { recursive: true })
})

test('a deleted study goes with its trials and what they read, once the workspace is opened again', async () => {
  const workspace = mkdtempSync(join(tmpdir(), 'topn-study-'))
  const first = await openTestEngine({ workspace })
  const datasetId = (await first.jobEnded((await first.call('datasets.sample', {})).id)).subject as string
  const split = { strategy: 'leave-last-out', validation: { strategy: 'leave-last-out' } } as const
  const models = [{ model: 'popularity' }]
  const { id } = await first.call('studies.create', { datasetId, split, models })
  const study = await first.until(async () =>
    (await first.call('studies.list', {})).find(({ state }) => state === 'done'),
  )
  const prepared = join(workspace, 'prepared', String(study.prepared))
  await first.call('studies.delete', { studyId: id })
  expect(existsSync(prepared)).toBe(true)
  await first.close()

  const second = await openTestEngine({ workspace })
  expect(existsSync(prepared)).toBe(false)
  await expect(second.call('studies.restore', { studyId: id })).rejects.toMatchObject({ code: 'NOT_FOUND' })
  expect(await second.call('studies.list', {})).toEqual([])
  await second.close()
  rmSync(workspace, { recursive: true })
})

test('features that an older workspace kept beside prepared data go with their run', async () => {
  const workspace = mkdtempSync(join(tmpdir(), 'topn-features-'))
  const first = await openTestEngine({ workspace })
  const datasetId = (await first.jobEnded((await first.call('datasets.sample', {})).id)).subject as string
  const models = [{ model: 'popularity' }, { model: 'popularity' }]
  const [gone, kept] = await first.runsEnded(await first.call('runs.start', { datasetId, models }))
  const prepared = join(workspace, 'prepared', String(kept.prepared))
  const files = [gone, kept].map(({ id }) => join(prepared, `features-of-${id}.safetensors`))
  for (const file of files) writeFileSync(file, '')
  await first.call('runs.delete', { runId: gone.id })
  await first.close()

  await (await openTestEngine({ workspace })).close()
  expect(files.map(existsSync)).toEqual([false, true])
  rmSync(workspace, { recursive: true })
})
