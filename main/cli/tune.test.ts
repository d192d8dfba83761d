import { execFile } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { TopnError } from '../contract/errors'
import { checkExperiment } from '../engine/experiment'
import { openTestEngine } from '../engine/testing/open-engine'

/** Built by scripts/vitest-setup.mjs. */
const cli = resolve(import.meta.dirname, '../../out/test/cli.js')
const folder = mkdtempSync(join(tmpdir(), 'topn-tune-'))
afterAll(() => rmSync(folder, { recursive: true }))

interface Ended {
  code: number
  out: string
  err: string
}

function run(name: string, experiment: object, ...words: string[]): Promise<Ended> {
  const file = join(folder, `${name}.json`)
  writeFileSync(file, JSON.stringify(experiment))
  return new Promise((done) => {
    execFile(process.execPath, [cli, 'run', file, '--out', name, ...words], { cwd: folder }, (error, out, err) => {
      done({ code: error ? Number(error.code) : 0, out, err })
    })
  })
}

const experiment = {
  dataset: { interactions: 'data.csv' },
  evaluation: { cutoffs: [3], metrics: ['ndcg', 'hit-rate'] },
  models: [
    { model: 'item-knn', params: { shrinkage: 2 } },
    { model: 'ials', params: { epochs: 4 } },
  ],
  tuning: {
    objectives: ['ndcg@3'],
    budget: { trials: 6 },
    halving: false,
    sampler: 'random',
    retrain: 'each-model',
    spaces: { ials: { embedding_size: [4, 8], alpha: { from: 1, to: 64, scale: 'logarithmic' } } },
  },
  seed: 5,
}

interface Board {
  runs: { id: string; model: string; params: Record<string, number>; metrics: object; study: { trial: number } }[]
  study: {
    split: object
    best: number[]
    trials: { number: number; model: string; params: Record<string, unknown>; validation: { 'ndcg@3': number } }[]
  }
}

const boardOf = (name: string): Board => JSON.parse(readFileSync(join(folder, name, 'leaderboard.json'), 'utf8'))

let ran: Ended
beforeAll(async () => {
  const lines = ['user,item,timestamp']
  for (let user = 0; user < 80; user++) {
    for (let at = 0; at < 7; at++) lines.push(`u${user},i${(user * 5 + at * (1 + (user % 4))) % 30},${at}`)
  }
  writeFileSync(join(folder, 'data.csv'), `${lines.join('\n')}\n`)
  ran = await run('tuned', experiment)
})

test('a block tuning tunes first, then trains the best of each model and evaluates it', () => {
  expect(ran.code, ran.err).toBe(0)
  expect(ran.err).toContain(
    'Note: the split has no validation part, so one is cut off the training part by leave-last-out',
  )
  expect(ran.out).toMatch(/study-1: the best of 6 trials on the validation part\.\ntrial +model +ndcg@3 +s +parameters/)
  const { runs, study } = boardOf('tuned')
  expect(study.split).toMatchObject({ strategy: 'leave-last-out', validation: { strategy: 'leave-last-out' } })
  expect(study.trials).toHaveLength(6)
  for (const { model, params } of study.trials) {
    expect(params).toMatchObject(model === 'ials' ? { epochs: 4, regularization: 0.01 } : { shrinkage: 2 })
    if (model === 'ials') expect([4, 8]).toContain(params.embedding_size)
  }
  expect(runs.map(({ model }) => model)).toEqual(['item-knn', 'ials'])
  for (const run of runs) {
    const own = study.trials.filter(({ model }) => model === run.model)
    const best = own.reduce((a, b) => (b.validation['ndcg@3'] > a.validation['ndcg@3'] ? b : a))
    expect(run.study.trial).toBe(best.number)
    expect(run.params).toEqual(best.params)
  }
})

test('the experiment file of a tuned run repeats it to the same numbers', async () => {
  const engine = await openTestEngine({ workspace: join(folder, 'tuned') })
  const [{ id }] = boardOf('tuned').runs
  const repeated = await engine.call('runs.experiment', { runId: id })
  await engine.close()
  expect(repeated).not.toHaveProperty('tuning')
  expect((await run('repeated', repeated)).code).toBe(0)
  const [again] = boardOf('repeated').runs
  const [first] = boardOf('tuned').runs
  expect([again.params, again.metrics]).toEqual([first.params, first.metrics])
  expect(again).not.toHaveProperty('study')
})

test('what is wrong in a block tuning ends in exit 2 before anything is read', async () => {
  const { code, err } = await run('wrong', { ...experiment, tuning: { budget: {} } })
  expect([code, err]).toEqual([2, expect.stringContaining('tuning.budget: give trials, minutes, or both.')])
})

describe('what is wrong is named', () => {
  test.each([
    ['tuning.spaces.bpr', { tuning: { spaces: { bpr: {} } } }],
    ['tuning.spaces.ials.alpha', { tuning: { spaces: { ials: { alpha: { from: -1, to: 2 } } } } }],
    ['tuning.spaces.ials.nothing', { tuning: { spaces: { ials: { nothing: 1 } } } }],
    ['tuning.objectives[0]', { tuning: { objectives: ['ndcg'] } }],
    ['tuning.sampler', { tuning: { sampler: 'lucky' } }],
    ['models[0].params.shrinkage', { tuning: { spaces: { 'item-knn': { shrinkage: [1, 2] } } } }],
    ['repeat', { tuning: {}, repeat: { kind: 'seeds', count: 2 } }],
    ['models[1].model', { tuning: {}, models: [{ model: 'ials' }, { model: 'ials' }] }],
  ])('%s', (field, changes) => {
    expect(fieldOf({ ...experiment, ...changes })).toBe(field)
  })
})

function fieldOf(content: object): unknown {
  try {
    checkExperiment(content)
    return null
  } catch (error) {
    return error instanceof TopnError ? error.data.field : error
  }
}
