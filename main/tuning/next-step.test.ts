import { describe, expect, test } from 'vitest'
import type { Parameter } from '../contract/parameters'
import { bestTrials, nextStep, type Search, type Trial } from './next-step'
import { dominates } from './order'
import { epochsAt, rungsOf } from './rungs'
import { type Params, searchSpace } from './space'
import { branin, rungOf, searchOf, study } from './testing/functions'

const rungs = [1 / 9, 1 / 3, 1]
const x: Parameter = { name: 'x', type: 'number', default: 0.5, minimum: 0, maximum: 1, meaning: '' }

function modelOf(model: string, to = 1) {
  return { space: searchSpace({ parameters: [x] }, { model, space: { x: { from: 0, to } } }), rungs }
}

const halving: Search = { sampler: 'random', seed: 1, objectives: ['rmse'], models: [modelOf('one')] }

/** A trial that was judged with these losses, one for each rung. */
function judged(number: number, losses: number[], changes: Partial<Trial> = {}): Trial {
  const values = losses.map((rmse) => ({ rmse }))
  return {
    number,
    model: 'one',
    params: { x: number / 100 },
    state: losses.length === rungs.length ? 'done' : 'waiting',
    rungs: values.map((value, rung) => rungOf(rung, rungs[rung], value)),
    values: values.at(-1) ?? null,
    ...changes,
  }
}

describe('asynchronous successive halving', () => {
  test('nothing climbs before there are three; then the best third does', () => {
    const two = [judged(1, [5]), judged(2, [3])]
    expect(nextStep(halving, two, 'all')).toMatchObject({ kind: 'begin', number: 3 })
    expect(nextStep(halving, [...two, judged(3, [4])], 'all')).toEqual({ kind: 'climb', number: 2, rung: 1 })
  })

  test('one that climbed already is not taken again; a better newcomer is', () => {
    const trials = [judged(1, [5]), judged(2, [3, 2]), judged(3, [4])]
    expect(nextStep(halving, trials, 'all')).toMatchObject({ kind: 'begin', number: 4 })
    // Of six the best two climb: the second one already has.
    const six = [...trials, judged(4, [6]), judged(5, [1]), judged(6, [7])]
    expect(nextStep(halving, six, 'all')).toEqual({ kind: 'climb', number: 5, rung: 1 })
  })

  test('the highest rung goes first', () => {
    const three = [judged(1, [1, 5]), judged(2, [2, 4]), judged(3, [3, 6])]
    const others = [4, 5, 6, 7, 8, 9, 10, 11, 12].map((number) => judged(number, [number]))
    expect(nextStep(halving, [...three, ...others], 'all')).toEqual({ kind: 'climb', number: 2, rung: 2 })
  })

  test('when no trial begins any more, the best climbs to the top', () => {
    const trials = [judged(1, [5]), judged(2, [3])]
    expect(nextStep(halving, trials, 'climbs')).toEqual({ kind: 'climb', number: 2, rung: 1 })
    expect(nextStep(halving, [judged(1, [5]), judged(2, [3, 3])], 'climbs')).toEqual({
      kind: 'climb',
      number: 2,
      rung: 2,
    })
    expect(nextStep(halving, [judged(1, [5]), judged(2, [3, 3, 3])], 'climbs')).toBeNull()
  })

  test('trials that run are waited for, and failed ones do not climb', () => {
    const running = [judged(1, [5], { state: 'running' })]
    expect(nextStep(halving, running, 'climbs')).toBeNull()
    expect(nextStep(halving, [judged(1, [], { state: 'failed' })], 'climbs')).toBeNull()
  })

  test('one that was cut off before it was judged goes first', () => {
    const trials = [judged(1, [1]), judged(2, [2]), judged(3, [3]), judged(4, [])]
    expect(nextStep(halving, trials, 'all')).toEqual({ kind: 'climb', number: 4, rung: 0 })
  })

  test('out of time, only so much is trained that one trial is whole', () => {
    expect(nextStep(halving, [judged(1, [1]), judged(2, [2, 9])], 'last')).toEqual({
      kind: 'climb',
      number: 2,
      rung: 2,
    })
    expect(nextStep(halving, [judged(1, [1]), judged(2, [2, 9, 9])], 'last')).toBeNull()
    expect(nextStep(halving, [judged(1, [1], { state: 'running' })], 'last')).toBeNull()
    // Preparing the data may take longer than there was time.
    expect(nextStep(halving, [], 'last')).toMatchObject({ kind: 'begin', number: 1 })
  })

  test('of 27 trials 9 climb to the second rung and 3 to the top, where the best is found', () => {
    // Worse trials need less training to be told from better ones, as in practice.
    const loss = ({ x }: Params, share: number) => ({ rmse: Math.abs(Number(x) - 0.7) + 0.01 / share })
    const trials = study(halving, 27, loss)
    const climbed = (least: number) => trials.filter((trial) => trial.rungs.length >= least).length
    expect(climbed(1)).toBe(27)
    // Asynchronous: a few more than a third climb, since some did before better ones were known.
    expect(climbed(2)).toBeGreaterThanOrEqual(9)
    expect(climbed(2)).toBeLessThanOrEqual(14)
    expect(climbed(3)).toBeGreaterThanOrEqual(3)
    const distances = trials.map(({ params }) => Math.abs(Number(params.x) - 0.7))
    const [best] = bestTrials(halving.objectives, trials)
    expect(distances[best - 1]).toBe(Math.min(...distances))
  })
})

test('epochs are halved where there are any, users where there are enough of them', () => {
  const [withEpochs, without] = [{ parameters: [{ name: 'epochs' }] }, { parameters: [] }]
  expect(rungsOf(withEpochs, true, 10)).toEqual([1 / 9, 1 / 3, 1])
  expect(rungsOf(without, true, 100_000)).toEqual([1 / 9, 1 / 3, 1])
  expect(rungsOf(without, true, 1000)).toEqual([1 / 3, 1])
  expect(rungsOf(without, true, 600)).toEqual([1])
  expect(rungsOf(withEpochs, false, 10)).toEqual([1])
  expect([1 / 9, 1 / 3, 1].map((share) => epochsAt({ epochs: 15 }, share))).toEqual([2, 5, 15])
  expect(epochsAt({ epochs: 2 }, 1 / 9)).toBe(1)
})

test('a study that is cut off anywhere goes on as it would have', () => {
  const search = { ...searchOf(branin.parameters, { seed: 9 }) }
  search.models = [{ ...search.models[0], rungs }]
  const judge = (params: Params, share: number) => ({ rmse: branin.at(params) / share })
  const steps: { saved: string; step: ReturnType<typeof nextStep> }[] = []
  const trials: Trial[] = []
  for (let count = 0; count < 60; count++) {
    const step = nextStep(search, trials, 'all')
    steps.push({ saved: JSON.stringify(trials), step })
    if (!step) break
    if (step.kind === 'begin') {
      trials.push({ ...step, state: 'waiting', rungs: [], values: null })
    }
    const trial = trials[step.number - 1]
    const share = rungs[trial.rungs.length]
    const values = judge(trial.params, share)
    trial.rungs.push(rungOf(trial.rungs.length, share, values))
    Object.assign(trial, { values, state: share === 1 ? 'done' : 'waiting' })
  }
  expect(steps).toHaveLength(60)
  for (const { saved, step } of steps) expect(nextStep(search, JSON.parse(saved), 'all')).toEqual(step)
})

describe('several models', () => {
  const search: Search = {
    sampler: 'tpe',
    seed: 4,
    objectives: ['rmse'],
    models: ['one', 'two', 'three'].map((model) => ({ ...modelOf(model), rungs: [1] })),
  }

  test('each begins with its defaults, in turn', () => {
    const trials = study(search, 3, () => ({ rmse: 1 }))
    expect(trials.map(({ model, params }) => [model, params.x])).toEqual([
      ['one', 0.5],
      ['two', 0.5],
      ['three', 0.5],
    ])
  })

  test('with TPE one that does well is tried more often, and none is given up', () => {
    const trials = study(search, 60, ({ x }, _, model) => ({ rmse: Number(x) + (model === 'two' ? 0 : 2) }))
    const count = (wanted: string) => trials.filter(({ model }) => model === wanted).length
    expect(count('two')).toBeGreaterThan(35)
    expect(count('one')).toBeGreaterThan(4)
    const [best] = bestTrials(['rmse'], trials)
    expect(trials[best - 1].model).toBe('two')
  })

  test('at random they take turns to the end', () => {
    const trials = study({ ...search, sampler: 'random' }, 30, () => ({ rmse: 1 }))
    for (const wanted of ['one', 'two', 'three']) {
      expect(trials.filter(({ model }) => model === wanted)).toHaveLength(10)
    }
  })
})

test('with two objectives the best are those that no other one beats, and TPE finds them', () => {
  // Schaffer's problem: every x from 0 to 2 is as good as any other, and nothing else is.
  const objectives = ['rmse', 'mae']
  const schaffer: Parameter = { ...x, default: 4, minimum: -10, maximum: 10, search: [-10, 10] }
  const judge = ({ x }: Params) => ({ rmse: Number(x) ** 2, mae: (Number(x) - 2) ** 2 })
  const found = (sampler: Search['sampler']) =>
    [0, 1, 2, 3, 4].map((seed) => {
      const trials = study(searchOf([schaffer], { sampler, seed, objectives }), 40, judge)
      const best = bestTrials(objectives, trials)
      const losses = (number: number) => objectives.map((key) => trials[number - 1].values?.[key] ?? 0)
      for (const a of best) for (const b of best) expect(dominates(losses(a), losses(b))).toBe(false)
      const firsts = best.map((number) => losses(number)[0])
      expect(firsts).toEqual([...firsts].sort((a, b) => a - b))
      return trials.filter(({ params }) => Number(params.x) >= 0 && Number(params.x) <= 2).length
    })
  const sum = (counts: number[]) => counts.reduce((total, count) => total + count, 0)
  expect(sum(found('tpe'))).toBeGreaterThan(2 * sum(found('random')))
})
