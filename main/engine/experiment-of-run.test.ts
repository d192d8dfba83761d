import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { isAbsolute, join } from 'node:path'
import { afterAll, afterEach, expect, test } from 'vitest'
import type { CallInput } from '../contract/calls'
import { type ExperimentFile, pathsOf } from '../contract/experiment'
import type { DatasetRecord, RunRecord } from '../contract/records'
import { createRandom } from '../models/random'
import { checkExperiment } from './experiment'
import { experimentOf } from './experiment-of-run'
import { openTestEngine, type TestEngine } from './testing/open-engine'

const folder = mkdtempSync(join(tmpdir(), 'topn-test-'))
afterAll(() => rmSync(folder, { recursive: true }))
let engine: TestEngine | null = null
afterEach(() => engine?.close())

/** Forty users with twelve ratings each, without times. */
function writeRatings(name: string): string {
  const random = createRandom(5)
  const lines = ['who;what;stars']
  for (let user = 0; user < 40; user++) {
    for (let at = 0; at < 12; at++) lines.push(`u${user};i${random.integer(30)};${1 + random.integer(5)}`)
  }
  const path = join(folder, name)
  writeFileSync(path, `${lines.join('\n')}\n`)
  return path
}

/** What `topn run` does with an experiment file, in a workspace of its own. */
async function repeat(file: ExperimentFile): Promise<RunRecord> {
  const { dataset, split = null, evaluation, models, seed } = checkExperiment(JSON.parse(JSON.stringify(file)))
  const { interactions: path = '', columns, format, items, clean } = dataset
  const other = await openTestEngine()
  try {
    const source = { path, ...(columns && { columns }), ...(format && { format }), ...(items && { items }) }
    const { subject } = await other.jobEnded((await other.call('datasets.open', source)).id)
    const settings = { datasetId: subject as string, clean, split, evaluation, models, seed }
    const [run] = await other.runsEnded(await other.call('runs.start', settings))
    return run
  } finally {
    await other.close()
  }
}

async function trainOn(open: CallInput<'datasets.open'>, settings: Omit<CallInput<'runs.start'>, 'datasetId'>) {
  engine = await openTestEngine()
  const { subject } = await engine.jobEnded((await engine.call('datasets.open', open)).id)
  const started = await engine.call('runs.start', { datasetId: subject as string, ...settings })
  const [run] = await engine.runsEnded(started)
  return { run, file: await engine.call('runs.experiment', { runId: run.id }) }
}

test('the file of a run with settings of its own repeats it to the same numbers', async () => {
  const path = writeRatings('ratings.csv')
  const { run, file } = await trainOn(
    { path, columns: { user: 'who', item: 'what', rating: 'stars' } },
    {
      clean: [{ step: 'duplicates' }, { step: 'rating-filter', min: 2 }, { step: 'k-core', user: 2 }],
      split: { strategy: 'random', ratio: 0.3, validation: { strategy: 'leave-one-out' } },
      evaluation: { cutoffs: [3, 7], candidates: { sampled: 9 } },
      models: [{ model: 'ials', params: { embedding_size: 8, epochs: 15 } }],
      seed: 7,
    },
  )
  expect(run.state).toBe('done')
  expect(file).toEqual({
    dataset: {
      interactions: path,
      columns: { user: 'who', item: 'what', rating: 'stars' },
      clean: [{ step: 'duplicates' }, { step: 'rating-filter', min: 2 }, { step: 'k-core', user: 2 }],
    },
    split: { strategy: 'random', ratio: 0.3, validation: { strategy: 'leave-one-out' } },
    evaluation: { cutoffs: [3, 7], candidates: { sampled: 9 } },
    models: [{ model: 'ials', params: { embedding_size: 8 } }],
    seed: 7,
  })
  const repeated = await repeat(file)
  expect(repeated.metrics).toEqual(run.metrics)
  expect(repeated.counts).toEqual(run.counts)
  expect(repeated.prepared).toBe(run.prepared)
})

test('the file of a run with defaults says no more than it must', async () => {
  const path = writeRatings('defaults.csv')
  const columns = { user: 'who', item: 'what' }
  const { file } = await trainOn({ path, columns }, { models: [{ model: 'popularity' }] })
  expect(file).toEqual({ dataset: { interactions: path, columns }, models: [{ model: 'popularity' }] })
})

test('the built-in sample is written as files, which give the same numbers', async () => {
  engine = await openTestEngine()
  const { subject } = await engine.jobEnded((await engine.call('datasets.sample', {})).id)
  const models = [{ model: 'item-knn' }]
  const [run] = await engine.runsEnded(await engine.call('runs.start', { datasetId: subject as string, models }))
  const file = await engine.call('runs.experiment', { runId: run.id })
  for (const path of [...pathsOf(file.dataset.interactions ?? ''), file.dataset.items?.path ?? '']) {
    expect(isAbsolute(path) && existsSync(path)).toBe(true)
  }
  const repeated = await repeat(file)
  expect(repeated.metrics).toEqual(run.metrics)
  expect(repeated.counts).toEqual(run.counts)
})

const parts = { train: '/data/train.csv', test: '/data/test.csv' }
const readyMade = { source: { clean: [] }, parts } as unknown as DatasetRecord
const run = {
  name: 'ials-1',
  model: 'popularity',
  params: {},
  clean: [],
  evaluation: {},
  seed: 42,
  split: { strategy: 'predefined', ...parts },
} as unknown as RunRecord

test('a ready-made split is named by its files', () => {
  const short = { dataset: {}, split: { strategy: 'predefined', ...parts }, models: [{ model: 'popularity' }] }
  expect(experimentOf(run, readyMade)).toEqual(short)
  const validation = { strategy: 'leave-one-out' as const }
  const cut = { ...run, split: { strategy: 'predefined' as const, ...parts, validation } }
  expect(experimentOf(cut, readyMade).split).toEqual({ strategy: 'predefined', ...parts, validation })
})

test('what an experiment file cannot say is refused', () => {
  const other = { ...run, split: { strategy: 'leave-last-out' as const, count: 1 } }
  expect(() => experimentOf(other, readyMade)).toThrow(/ready-made split/)
})
