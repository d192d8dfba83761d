import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, describe, expect, test } from 'vitest'
import type { Plan } from '../contract/plan'
import { checkParameters, findModel } from '../models/registry'
import { estimateCost } from './costs'
import { chooseModels, likedFrom, plannedModels, planSeconds } from './plan'
import { openTestEngine, type TestEngine } from './testing/open-engine'

const folder = mkdtempSync(join(tmpdir(), 'topn-test-'))
afterAll(() => rmSync(folder, { recursive: true }))
let engine: TestEngine | null = null
afterEach(() => engine?.close())

async function propose(lines: string[]): Promise<Plan> {
  const path = join(folder, 'data.csv')
  writeFileSync(path, `${lines.join('\n')}\n`)
  engine = await openTestEngine()
  const { subject } = await engine.jobEnded((await engine.call('datasets.open', { path })).id)
  return engine.call('plans.propose', { datasetId: subject as string })
}

const levels = (...counts: [number, number][]) => counts.map(([value, count]) => ({ value, count }))

describe('what counts as liked', () => {
  test.each([
    ['stars', levels([1, 5], [2, 5], [3, 9], [4, 20], [5, 12]), 4],
    ['half stars', levels([0.5, 5], [3, 5], [3.5, 9], [4, 20], [4.5, 4], [5, 12]), 4],
    ['1 to 10', levels([1, 5], [5, 5], [6, 9], [7, 20], [8, 4], [10, 12]), 7],
    ['no and yes', levels([0, 90], [1, 10]), 1],
    ['dislike and like', levels([-1, 10], [1, 10]), 1],
    ['the same everywhere', levels([1, 100]), null],
    ['none', [], null],
    ['numbers of purchases', levels([1, 60], [2, 20], [3, 10], [7, 1]), null],
    ['numbers of plays', levels([1, 20], [2, 20], [40, 10]), null],
  ])('%s', (_, ratings, min) => {
    expect(likedFrom(ratings)).toBe(min)
  })
})

test('ratings with times: duplicates, a filter, a core that leaves enough, the last one held out', async () => {
  const lines = ['user,item,rating,timestamp']
  for (let user = 0; user < 10; user++) {
    for (let item = 0; item < 10; item++) lines.push(`u${user},i${item},${item === 9 ? 1 : 5},${1000 + item}`)
  }
  // A second opinion of one pair, and a user with a single interaction, whom the core takes away.
  lines.push('u0,i9,4,5000', 'once,i1,5,10')
  const plan = await propose(lines)
  expect(plan.clean).toEqual([
    { step: 'duplicates', keep: 'last' },
    { step: 'rating-filter', min: 4 },
    { step: 'k-core', user: 5, item: 5 },
  ])
  expect(plan.split).toEqual({ strategy: 'leave-last-out', count: 1 })
  expect(plan.evaluation).toMatchObject({ candidates: 'all', cutoffs: [5, 10, 20] })
  // There is no file of items.
  const able = plannedModels.filter(({ features }) => features !== 'required')
  expect(plan.models.map(({ model }) => model)).toEqual(able.map(({ id }) => id))
  // 102 rows, one a repetition; of the 101 left, 9 first opinions of i9 are 1. Item i9 then has one user.
  expect(plan.reasons.slice(0, 5)).toEqual([
    { code: 'duplicates', data: { duplicates: 1 } },
    { code: 'rating-filter', data: { min: 4, lowest: 1, highest: 5 } },
    { code: 'k-core', data: { user: 5, item: 5, interactions: 90, before: 92 } },
    { code: 'split-leave-last-out', data: {} },
    { code: 'candidates-all', data: { items: 9 } },
  ])
})

test('sparse interactions without times or ratings: nothing is cleaned, a random part held out', async () => {
  const lines = ['user,item', ...Array.from({ length: 30 }, (_, at) => `u${at % 15},i${at % 10}`)]
  const plan = await propose(lines)
  expect(plan.clean).toEqual([])
  expect(plan.split).toEqual({ strategy: 'random', ratio: 0.2, per: 'user' })
  expect(plan.reasons.slice(0, 3)).toEqual([
    { code: 'no-rating-filter', data: {} },
    { code: 'no-k-core', data: { user: 5, item: 5, interactions: 0, before: 30 } },
    { code: 'split-random', data: { ratio: 0.2 } },
  ])
})

describe('models', () => {
  const machine = { threads: 2, memoryLimitBytes: 2 ** 33 }
  const small = { users: 500, items: 300, interactions: 20_000 }

  test('one of each family where they fit, and the plan costs what they cost', () => {
    const chosen = chooseModels(small, machine, true)
    expect(new Set(plannedModels.map(({ family }) => family)).size).toBe(plannedModels.length)
    expect(chosen.models).toEqual(plannedModels.map(({ id }) => ({ model: id, params: {} })))
    expect(chosen.reasons).toEqual([
      { code: 'models', data: { models: plannedModels.length, seconds: chosen.seconds, bytes: chosen.bytes } },
    ])
    expect(chosen.seconds).toBeLessThan(60)
    expect(chosen.bytes).toBeLessThan(machine.memoryLimitBytes)
  })

  test('what is too large or too slow is left out and named', () => {
    const little = chooseModels(small, { threads: 2, memoryLimitBytes: 2 ** 20 }, true)
    expect(little.models).toEqual([])
    expect(little.reasons.filter(({ code }) => code === 'model-too-large')).toHaveLength(plannedModels.length)
    const huge = { users: 1_000_000, items: 500_000, interactions: 50_000_000 }
    const slow = chooseModels(huge, { threads: 1, memoryLimitBytes: 2 ** 50 }, true)
    expect(slow.reasons.map(({ code, data }) => code === 'model-too-slow' && data.model)).toContain('ials')
    expect(slow.seconds).toBeLessThanOrEqual(planSeconds)
  })

  test('what the kernels cannot address is left out, however much memory there is', () => {
    // 4 items² bytes of GF-CF's matrix are 6.4 GB.
    const wide = { users: 500, items: 40_000, interactions: 60_000 }
    const { models: chosen, reasons } = chooseModels(wide, { threads: 64, memoryLimitBytes: 2 ** 40 }, false)
    expect(chosen.map(({ model }) => model)).not.toContain('gf-cf')
    expect(reasons).toContainEqual({
      code: 'model-too-large',
      data: expect.objectContaining({ model: 'gf-cf', limit: expect.closeTo(8 * 2 ** 30, -9) }),
    })
  })

  test('without features of items, what needs them is left out', () => {
    expect(chooseModels(small, machine, true).models).toContainEqual({ model: 'content-knn', params: {} })
    expect(chooseModels(small, machine, false).models).not.toContainEqual({ model: 'content-knn', params: {} })
    // What reads histories in their order has none without times.
    expect(chooseModels(small, machine, false).models).toContainEqual({ model: 'sasrec', params: {} })
    expect(chooseModels(small, machine, false, false).models).not.toContainEqual({ model: 'sasrec', params: {} })
  })

  // Processor time of a whole job with one thread, as `npm run bench -- studies/estimates` measured it.
  test.each([
    ['popularity', {}, 0.32],
    ['item-knn', {}, 1.37],
    ['ials', {}, 3.36],
    ['bpr', {}, 10.48],
    ['ease', {}, 2.84],
  ])('an estimate is within twice and half of what was measured: %s %j', (id, given, measured) => {
    const [model, params] = [findModel(id), checkParameters(findModel(id), given)]
    const size = { users: 6040, items: 3703, interactions: 988_129 }
    const { seconds } = estimateCost(model, size, params, 1)
    expect(seconds / measured).toBeGreaterThan(0.5)
    expect(seconds / measured).toBeLessThan(2)
    expect(estimateCost(model, size, params, 2).seconds).toBeLessThan(seconds)
  })

  // MiB that the process of a job held at most on ml-100k with one thread, as `npm run bench -- studies/estimates` measured it.
  test.each([
    ['gmf', {}, 152],
    ['gmf', { batch_size: 16_384 }, 236],
    ['neumf', { embedding_size: 256 }, 305],
    ['deep-mf', { batch_size: 16_384 }, 1955],
    ['deepfm', { batch_size: 16_384 }, 640],
    ['mult-vae', {}, 205],
    ['lightgcn', { embedding_size: 256 }, 292],
    ['sasrec', {}, 358],
    ['gru4rec', {}, 311],
    ['bert4rec', {}, 383],
    ['two-tower', {}, 253],
  ])('the memory of a network is within a quarter of what was measured: %s %j', (id, given, measured) => {
    const [model, params] = [findModel(id), checkParameters(findModel(id), { ...given })]
    const { bytes } = estimateCost(model, { users: 943, items: 1682, interactions: 99_057 }, params, 1)
    const mebibytes = bytes / 2 ** 20
    expect(mebibytes / measured).toBeGreaterThan(0.75)
    expect(mebibytes / measured).toBeLessThan(1.25)
  })
})

test('of a ready-made split other test items, ratings and times change nothing that is proposed', async () => {
  const header = 'user,item,rating,timestamp'
  const rows = (make: (user: number, item: number) => string) =>
    Array.from({ length: 12 }, (_, user) => Array.from({ length: 6 }, (_, item) => make(user, item))).flat()
  const train = rows((user, item) => `u${user},i${(user + item) % 12},${1 + (item % 5)},${1000 + item}`)
  const tests = [
    Array.from({ length: 12 }, (_, user) => `u${user},i${(user + 6) % 12},1,2000`),
    Array.from({ length: 12 }, (_, user) => `u${user},i${(user + 9) % 12},5,9000000`),
  ]
  const plans: Plan[] = []
  engine = await openTestEngine()
  for (const [at, lines] of tests.entries()) {
    const parts = { train: join(folder, `train-${at}.csv`), test: join(folder, `test-${at}.csv`) }
    writeFileSync(parts.train, `${[header, ...train].join('\n')}\n`)
    writeFileSync(parts.test, `${[header, ...lines].join('\n')}\n`)
    const { subject } = await engine.jobEnded((await engine.call('datasets.open', { parts })).id)
    const plan = await engine.call('plans.propose', { datasetId: subject as string })
    expect(plan.models.length).toBeGreaterThan(1)
    plans.push({ ...plan, split: { strategy: 'leave-one-out' } })
  }
  expect(plans[1]).toEqual(plans[0])
})
