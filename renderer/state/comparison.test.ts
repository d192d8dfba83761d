import { describe, expect, test } from 'vitest'
import type { RunRecord } from '../../main/contract/records'
import { bestValue, cutoffsOf, groupRuns, metricsOf, settingsThatDiffer, signOfFirst } from './comparison'

const evaluation = { candidates: 'all', exclude_seen: true, cutoffs: [5, 10], metrics: ['ndcg'] } as const
let counter = 0

function run(changes: Partial<RunRecord>): RunRecord {
  counter++
  const made = {
    id: `run-${counter}`,
    model: 'ials',
    params: {},
    seed: 42,
    state: 'done',
    datasetId: 'd',
    prepared: 'p',
    series: null,
    evaluation,
    createdAt: new Date(counter * 1000).toISOString(),
    metrics: {},
  }
  return { ...made, ...changes } as RunRecord
}

test('of two runs the one with the greater value is better, but for metrics of which less is better', () => {
  expect([signOfFirst('ndcg'), signOfFirst('calibration')]).toEqual([1, -1])
})

describe('groups', () => {
  test('hold only finished runs on the same data, split and judgement, the newest group first', () => {
    const first = run({})
    const otherSplit = run({ prepared: 'q' })
    const sampled = run({ evaluation: { ...evaluation, metrics: ['ndcg'], cutoffs: [5], candidates: { sampled: 99 } } })
    const known = run({ evaluation: { ...evaluation, metrics: ['ndcg'], cutoffs: [5], exclude_seen: false } })
    const second = run({ evaluation: { ...evaluation, metrics: ['ndcg'], cutoffs: [20] } })
    const failed = run({ state: 'failed' })
    const unprepared = run({ prepared: null })
    const onlyRunning = run({ state: 'running', prepared: 'z' })
    const groups = groupRuns([first, otherSplit, sampled, known, second, failed, unprepared, onlyRunning])
    expect(groups.map((group) => group.runs)).toEqual([[first, second], [known], [sampled], [otherSplit]])
    expect(groups.map((group) => group.unfinished)).toEqual([[failed], [], [], []])
  })

  test('samples of another seed are other candidates, and a series over them is a whole', () => {
    const sampling = { ...evaluation, metrics: ['ndcg' as const], cutoffs: [5], candidates: { sampled: 99 } }
    const first = run({ evaluation: sampling })
    const same = run({ evaluation: sampling, model: 'ease' })
    const otherSeed = run({ evaluation: sampling, seed: 43 })
    const series = (model: string) =>
      [0, 1].map((index) =>
        run({ model, evaluation: sampling, seed: 42 + index, series: { id: model, kind: 'seeds', index, count: 2 } }),
      )
    const [one, other] = [series('ials'), series('ease')]
    const groups = groupRuns([first, same, otherSeed, ...one, ...other])
    expect(groups.map((group) => group.runs)).toEqual([[...one, ...other], [otherSeed], [first, same]])
  })

  test('folds of one split are compared as a whole, seeds on one split with its other runs', () => {
    const fold = (model: string, index: number, seed = 42) =>
      run({
        model,
        seed,
        prepared: `fold ${index} of ${seed}`,
        split: { strategy: 'k-fold', folds: 2, fold: index, per: 'user' },
        series: { id: `${model} ${seed}`, kind: 'folds', index, count: 2 },
      })
    const folds = [fold('ials', 0), fold('ials', 1), fold('ease', 0), fold('ease', 1)]
    const otherFolds = [fold('ials', 0, 43), fold('ials', 1, 43)]
    const single = run({})
    const seeds = [0, 1].map((index) =>
      run({ seed: 42 + index, series: { id: 'seeds', kind: 'seeds', index, count: 2 } }),
    )
    const groups = groupRuns([...folds, ...otherFolds, single, ...seeds])
    expect(groups.map((group) => group.runs)).toEqual([[single, ...seeds], otherFolds, folds])
  })
})

test('metrics and cutoffs are those that any run has', () => {
  const runs = [
    run({ metrics: { 'ndcg@10': 0.1, 'ndcg@5': 0.2 } }),
    run({ metrics: { 'hit-rate@20': 1, 'ndcg@20': 0 } }),
  ]
  expect(metricsOf(runs)).toEqual(['hit-rate', 'ndcg'])
  expect(cutoffsOf(runs, 'ndcg')).toEqual([5, 10, 20])
  expect(cutoffsOf(runs, 'recall')).toEqual([])
})

test('the best value ignores runs without it', () => {
  const [low, high] = [run({ metrics: { 'ndcg@5': 0.2 } }), run({ metrics: { 'ndcg@5': 0.3 } })]
  const runs = [low, high, run({ metrics: { 'ndcg@5': Number.NaN } }), run({})]
  expect(bestValue(runs, 'ndcg', 5)).toBe(0.3)
  expect(bestValue([low], 'ndcg', 5), 'one run is not the best of anything').toBe(null)
  expect(bestValue(runs, 'ndcg', 7)).toBe(null)
})

test('settings are told where they differ from the defaults, from a sibling, or in the seed', () => {
  const model = {
    id: 'ials',
    name: '',
    family: '',
    feedback: 'implicit' as const,
    summary: '',
    assumes: '',
    suits: '',
    source: '',
    presets: [],
    capabilities: [],
    parameters: [
      { name: 'alpha', meaning: '', type: 'number', default: 1, minimum: 0, maximum: 9 },
      { name: 'epochs', meaning: '', type: 'integer', default: 10, minimum: 1, maximum: 99 },
    ],
  } as const
  const description = { ...model, capabilities: [], parameters: [...model.parameters] }
  const plain = run({ params: { alpha: 1, epochs: 10 } })
  const changed = run({ params: { alpha: 2, epochs: 10 } })
  const differ = (...runs: RunRecord[]) => [...settingsThatDiffer(runs, [description]).values()]
  expect(differ(plain)).toEqual([[]])
  expect(differ(changed)).toEqual([[['alpha', 2]]])
  expect(differ(plain, changed)).toEqual([[['alpha', 1]], [['alpha', 2]]])
  const reseeded = run({ params: { alpha: 1, epochs: 10 }, seed: 7 })
  expect(differ(plain, reseeded)).toEqual([[['seed', 42]], [['seed', 7]]])
  const other = run({ model: 'bpr', params: { alpha: 5 } })
  expect(differ(plain, other), 'another model is no sibling').toEqual([[], []])
})
