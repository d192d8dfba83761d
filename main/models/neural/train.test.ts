import { afterAll, beforeAll, expect, test } from 'vitest'
import { createCompute } from '../../compute/create'
import type { Checkpoint } from '../checkpoint'
import type { FitProgress } from '../model'
import { type FitOptions, fitModel, keptCheckpoints, tastes } from '../testing'
import { gmf } from './gmf'

const train = tastes(60, 40, 8)
let compute: Awaited<ReturnType<typeof createCompute>>
beforeAll(async () => {
  compute = await createCompute({ threads: 1 })
})
afterAll(() => compute.close())

const small = { embedding_size: 4, batch_size: 128, learning_rate: 0.01 }
const trained = (params: object, options: FitOptions = {}) =>
  fitModel(gmf, train, compute, { ...options, params: { ...small, ...params } })

/** A judge that finds these values, one after the other. */
function scripted(values: number[]) {
  let at = 0
  return async () => ({ 'ndcg@10': values[at++] })
}

test('it stops when the metric has not grown for as long as patience lasts, and keeps the best weights', async () => {
  const judge = scripted([0.1, 0.3, 0.3, 0.2, 0.9])
  const reports: FitProgress[] = []
  const saved: Checkpoint[] = []
  const checkpoints = keptCheckpoints(saved, { isDue: () => false })
  const options = { judge, checkpoints, report: (progress: FitProgress) => reports.push(progress) }
  const stopped = await trained({ epochs: 20, early_stopping: 'ndcg@10', patience: 2 }, options)
  expect(stopped.tensors).toEqual((await trained({ epochs: 2 })).tensors)
  expect(saved).toHaveLength(1)
  expect(saved[0].state).toMatchObject({ epoch: 4, step: 0, stale: 2, best: { epoch: 2, value: 0.3 } })
  expect(saved[0].state.curve.map(({ values }) => values['ndcg@10'])).toEqual([0.1, 0.3, 0.3, 0.2])
  expect(reports.at(-1)).toMatchObject({ fraction: 1, epoch: 4, epochs: 20 })
})

test('with more patience it goes on from there as if it had never stopped', async () => {
  const values = [0.1, 0.3, 0.3, 0.2, 0.9, 0.8]
  const saved: Checkpoint[] = []
  const checkpoints = keptCheckpoints(saved, { isDue: () => false })
  const stopping = { early_stopping: 'ndcg@10', epochs: 6 }
  await trained({ ...stopping, patience: 2 }, { judge: scripted(values), checkpoints })
  const resumed = await trained(
    { ...stopping, patience: 9 },
    { judge: scripted(values.slice(4)), checkpoints: keptCheckpoints(saved, { last: saved[0], isDue: () => false }) },
  )
  const whole = await trained({ ...stopping, patience: 9 }, { judge: scripted(values), checkpoints })
  expect(resumed.tensors).toEqual(whole.tensors)
  expect(saved[1]).toEqual(saved[2])
  expect(saved[2].state.best).toEqual({ epoch: 5, value: 0.9 })
})

test('without early stopping the metric is told and the last weights are kept', async () => {
  const reports: FitProgress[] = []
  const judge = scripted([0.5, 0.4])
  const report = (progress: FitProgress) => reports.push(progress)
  const watched = await trained({ epochs: 4, validate_every: 2 }, { judge, report })
  expect(watched.tensors).toEqual((await trained({ epochs: 4 })).tensors)
  const told = reports.flatMap(({ epoch, values }) => (values ? [[epoch, Object.keys(values)]] : []))
  expect(told).toEqual([
    [1, ['loss']],
    [2, ['loss', 'ndcg@10']],
    [3, ['loss']],
    [4, ['loss', 'ndcg@10']],
  ])
})

test('a model that is trained for more epochs is the one that was trained for all of them', async () => {
  const saved: Checkpoint[] = []
  const checkpoints = keptCheckpoints(saved, { isDue: () => false })
  const cosine = { schedule: 'cosine', cycle_epochs: 2, warmup_steps: 3 }
  await trained({ ...cosine, epochs: 2 }, { checkpoints })
  const last = saved[0]
  const more = await trained({ ...cosine, epochs: 5 }, { checkpoints: keptCheckpoints(saved, { last }) })
  expect(more.tensors).toEqual((await trained({ ...cosine, epochs: 5 })).tensors)
})

test('its rate is that of the schedule, and its pace is told', async () => {
  const reports: FitProgress[] = []
  const report = (progress: FitProgress) => reports.push(progress)
  await trained({ epochs: 2, schedule: 'cosine', learning_rate: 0.02 }, { report })
  const rates = reports.flatMap(({ pace }) => (pace ? [pace.learningRate] : []))
  expect(rates[0]).toBe(0.02)
  expect(rates).toEqual(rates.toSorted((a, b) => b - a))
  expect(reports.at(-1)?.pace?.examplesPerSecond).toBeGreaterThan(0)
})

test('a loss that is lost ends training at its step, with what to try', async () => {
  const lost = trained({ epochs: 50, learning_rate: 1, weight_decay: 10 })
  await expect(lost).rejects.toThrow(
    /^Training diverged at step \d+ of epoch \d+: the loss .*\. Choose a smaller learning_rate/,
  )
})
