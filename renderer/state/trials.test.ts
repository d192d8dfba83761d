import { describe, expect, test } from 'vitest'
import type { Parameter } from '../../main/contract/parameters'
import type { StudyRecord, TrialRecord } from '../../main/contract/tuning'
import { createFormat } from '../locales/format'
import { type Judged, objectiveAxis, searchAxes, wholeTrials } from './study-space'
import { bestSoFar, bestValues, byObjective, strengthOf } from './trials'

const format = createFormat('en')

function trial(number: number, values: Record<string, number> | null, changes: Partial<TrialRecord> = {}): Judged {
  const endedAt = new Date(number * 1000).toISOString()
  return { number, model: 'ials', params: {}, state: 'done', values, endedAt, ...changes } as Judged
}

test('only whole trials are compared, in the order of their numbers', () => {
  const trials = [
    trial(3, { rmse: 1 }),
    trial(1, { rmse: 2 }),
    trial(2, { rmse: 0 }, { state: 'stopped' }),
    trial(4, null),
  ]
  expect(wholeTrials(trials).map(({ number }) => number)).toEqual([1, 3])
})

test('the best so far follows the end of trials, and for errors it is the least', () => {
  const trials = [
    trial(1, { 'ndcg@10': 0.2, rmse: 2 }),
    trial(2, { 'ndcg@10': 0.1, rmse: 1 }),
    trial(3, { 'ndcg@10': 0.3, rmse: 3 }),
  ]
  expect(bestSoFar(trials, 'ndcg@10').map(({ best }) => best)).toEqual([0.2, 0.2, 0.3])
  expect(bestSoFar(trials, 'rmse').map(({ best }) => best)).toEqual([2, 1, 1])
  const late = [{ ...trials[0], endedAt: new Date(9000).toISOString() }, trials[1]]
  expect(bestSoFar(late, 'rmse')).toEqual([
    { number: 2, best: 1 },
    { number: 1, best: 1 },
  ])
})

test('with two objectives the best value of each is that of another trial', () => {
  const trials = [trial(1, { 'ndcg@10': 0.2, rmse: 2 }), trial(2, { 'ndcg@10': 0.1, rmse: 1 })]
  const settings = { objectives: ['ndcg@10', 'rmse'] }
  expect(bestValues({ best: [1, 2], settings }, trials)).toEqual([
    ['ndcg@10', 0.2],
    ['rmse', 1],
  ])
  // What was judged on a part of the training is not among the best.
  expect(bestValues({ best: [1], settings }, trials)[1]).toEqual(['rmse', 2])
  expect(bestValues({ best: [], settings }, [])[0]).toEqual(['ndcg@10', null])
})

test('trials are ordered by an objective, those without a value last', () => {
  const trials = [trial(1, null), trial(2, { rmse: 2 }), trial(3, { rmse: 1 }), trial(4, { rmse: 1 })]
  expect(byObjective(trials, 'rmse').map(({ number }) => number)).toEqual([3, 4, 2, 1])
  expect(strengthOf([1, 2, 3], 'rmse')).toEqual([1, 0.5, 0])
  expect(strengthOf([1, 2, 3], 'ndcg@10')).toEqual([0, 0.5, 1])
  expect(strengthOf([2, 2], 'rmse')).toEqual([1, 1])
})

describe('axes of a search', () => {
  const parameters: Parameter[] = [
    { name: 'alpha', meaning: '', type: 'number', default: 1, minimum: 0, maximum: 1000, scale: 'logarithmic' },
    { name: 'neighbors', meaning: '', type: 'integer', default: 10, minimum: 1, maximum: 1000 },
    { name: 'measure', meaning: '', type: 'choice', default: 'cosine', choices: ['cosine', 'jaccard', 'bm25'] },
    { name: 'fixed', meaning: '', type: 'integer', default: 10, minimum: 1, maximum: 1000 },
  ]
  const space = {
    alpha: { from: 1, to: 100 },
    neighbors: { from: 20, to: 120 },
    measure: ['cosine', 'bm25'],
    fixed: 7,
  }
  const study = { settings: { models: [{ model: 'm', space }] } } as unknown as StudyRecord
  const [alpha, neighbors, measure, ...others] = searchAxes(study, { id: 'm', parameters }, format)

  test('stand for what is searched, on its own scale', () => {
    expect(others).toEqual([])
    expect([alpha.placeOf(1), alpha.placeOf(10), alpha.placeOf(100)]).toEqual([0, 0.5, 1])
    expect(alpha.textAt(0.5)).toBe('10')
    expect([neighbors.placeOf(20), neighbors.placeOf(45), neighbors.placeOf(500)]).toEqual([0, 0.25, 1])
  })

  test('give each choice an equal part', () => {
    expect(measure.choices).toEqual(['cosine', 'bm25'])
    expect([measure.placeOf('cosine'), measure.placeOf('bm25')]).toEqual([0.25, 0.75])
    expect([measure.textAt(0.1), measure.textAt(0.9), measure.textAt(1)]).toEqual(['cosine', 'bm25', 'bm25'])
  })

  test('of an objective reach from its lowest to its highest value', () => {
    const axis = objectiveAxis([trial(1, { rmse: 0.9 }), trial(2, { rmse: 1.1 })], 'rmse', format)
    expect([axis.placeOf(0.9), axis.placeOf(1.1)]).toEqual([0, 1])
    expect(axis.placeOf(1)).toBeCloseTo(0.5, 12)
    expect(objectiveAxis([trial(1, { rmse: 0.9 })], 'rmse', format).placeOf(0.9)).toBe(0.5)
  })
})
