import { afterAll, beforeAll, expect, test } from 'vitest'
import { openTestEngine, type TestEngine } from '../engine/testing/open-engine'
import { startAgain } from './resume'

let engine: TestEngine
beforeAll(async () => {
  engine = await openTestEngine({ concurrentTrainings: 1 })
})
afterAll(() => engine.close())

test('what is trained stays, and the rest goes on as the same runs, an ensemble of them too', async () => {
  const datasetId = (await engine.jobEnded((await engine.call('datasets.sample', {})).id)).subject as string
  const gmf = { model: 'gmf', params: { embedding_size: 4, batch_size: 2048, epochs: 3 } }
  const ensemble = { model: 'ensemble', params: { weights: 'equal' } }
  const models = [{ model: 'popularity' }, gmf, { model: 'ials' }, { model: 'ease' }, ensemble]
  const started = await engine.call('runs.start', { datasetId, models })
  const [popularity, network, ials, ease] = started
  const cancelled = [ials, ease, started[4]].map(({ id }) => id)
  await engine.call('runs.pause', { runId: network.id })
  for (const { id, subject } of await engine.call('jobs.list', {}))
    if (cancelled.includes(subject ?? '')) await engine.call('jobs.cancel', { jobId: id })
  const [trained] = await engine.runsEnded([popularity])
  await engine.runsEnded(started)
  await engine.call('runs.delete', { runId: ease.id })

  const lines: string[] = []
  const ids = started.map(({ id }) => id)
  expect(await startAgain(engine, { workspace: engine.workspace, runs: ids }, (line) => lines.push(line))).toEqual(
    ids.filter((id) => id !== ease.id),
  )
  expect(lines).toEqual([
    'popularity-1 is trained and stays as it is.',
    'gmf-1 is trained from the beginning: it had not come to its first checkpoint.',
    'ials-1 is trained from the beginning: iALS saves no checkpoints.',
    'ease-1 is not in the workspace any more and is left out.',
    'ensemble-1 is trained from the beginning: Ensemble saves no checkpoints.',
  ])
  const left = started.filter(({ id }) => id !== ease.id)
  const ended = await engine.runsEnded(left)
  expect(ended[0]).toEqual(trained)
  expect(ended.map(({ id, state }) => [id, state])).toEqual(left.map(({ id }) => [id, 'done']))
})
