import { safeParse } from 'valibot'
import { describe, expect, test } from 'vitest'
import { callSchemas } from '../../main/contract/calls'
import { defaultMetricIds } from '../../main/contract/experiment'
import type { ModelDescription } from '../../main/contract/parameters'
import type { DatasetRecord } from '../../main/contract/records'
import {
  type ExperimentDraft,
  evaluationOf,
  evaluationProblems,
  experimentProblems,
  newExperiment,
  numberOfRuns,
  readCutoffs,
  splitOf,
  startRequest,
} from './experiment'
import { recipeOf } from './recipe'
import { newRule, newSplit } from './split-draft'

const profile = { firstTimestamp: 0, ratings: [], events: [] } as unknown as DatasetRecord['profile']
const dataset = {
  id: 'd',
  parts: null,
  profile,
  itemAttributes: [],
  userAttributes: [],
  source: {},
} as unknown as DatasetRecord
const untimed = { ...dataset, profile: { ...profile, firstTimestamp: null } }
const parts = { train: 'a', test: 'b' }
const model: ModelDescription = {
  id: 'item-knn',
  name: 'Item k-NN',
  family: 'neighbours',
  feedback: 'implicit' as const,
  summary: '',
  assumes: '',
  suits: '',
  source: '',
  presets: [],
  capabilities: ['score'],
  parameters: [{ name: 'neighbors', meaning: '', type: 'integer', default: 100, minimum: 1, maximum: 1000 }],
}
const other = { ...model, id: 'popularity', parameters: [] }
const models = [other, model]

test('the defaults are the engine’s: last interaction where there are times, random otherwise, given parts as given', () => {
  expect(splitOf(newExperiment(dataset), dataset)).toEqual({ strategy: 'leave-last-out', count: 1 })
  expect(splitOf(newExperiment(untimed), untimed)).toEqual({ strategy: 'random', ratio: 0.2, per: 'user' })
  const given = { ...dataset, parts }
  expect(splitOf(newExperiment(given), given)).toEqual({ strategy: 'predefined', train: 'a', test: 'b' })
})

test('an experiment is repeated over seeds, or over the folds of a split that has them', () => {
  const draft = { ...newExperiment(dataset, ['popularity', 'item-knn']), repeats: 3 }
  expect(startRequest(draft, dataset, models).repeat).toBe(null)
  const seeds = { ...draft, repeat: 'seeds' as const }
  expect(startRequest(seeds, dataset, models).repeat).toEqual({ kind: 'seeds', count: 3 })
  expect(numberOfRuns(seeds)).toBe(6)
  const tooMany = { ...seeds, repeats: 101 }
  expect(experimentProblems(tooMany, dataset, models)).toMatchObject([{ field: 'repeats', problem: { kind: 'range' } }])

  const folds = { ...draft, repeat: 'folds' as const }
  expect(experimentProblems(folds, dataset, models)).toEqual([{ field: 'repeat', problem: { kind: 'noFolds' } }])
  const split = { ...newSplit(dataset), test: { ...newRule('k-fold'), folds: 4 } }
  expect(experimentProblems({ ...folds, split }, dataset, models)).toEqual([])
  expect(startRequest({ ...folds, split }, dataset, models).repeat).toEqual({ kind: 'folds' })
  expect(numberOfRuns({ ...folds, split })).toBe(8)
})

test('a validation part is cut off in its own way', () => {
  const draft = {
    ...newExperiment(dataset),
    split: {
      ...newSplit(dataset),
      test: { ...newRule('temporal'), quantile: 0.9 },
      validation: newRule('leave-last-out'),
    },
  }
  expect(splitOf(draft, dataset)).toEqual({
    strategy: 'temporal',
    quantile: 0.9,
    validation: { strategy: 'leave-last-out', count: 1 },
  })
})

describe('problems', () => {
  test('a model is needed, and nothing else at first', () => {
    const draft = newExperiment(dataset)
    expect(experimentProblems(draft, dataset, models)).toEqual([{ field: 'models', problem: { kind: 'noModel' } }])
    expect(experimentProblems({ ...draft, models: ['item-knn'] }, dataset, models)).toEqual([])
  })

  test('only the fields in use are looked at', () => {
    const draft = {
      ...newExperiment(dataset),
      models: ['popularity'],
      split: { ...newSplit(dataset), test: { ...newRule('leave-last-out'), ratio: '' } },
      parameters: { 'item-knn': { neighbors: 0 } },
    }
    expect(experimentProblems(draft, dataset, models)).toEqual([])
    const split = { ...draft.split, test: { ...draft.split.test, strategy: 'random' as const } }
    const wrong = { ...draft, split, models: ['item-knn'] }
    expect(experimentProblems(wrong, dataset, models)).toEqual([
      { field: 'ratio', problem: { kind: 'empty' } },
      { field: 'neighbors', model: 'item-knn', problem: { kind: 'range', minimum: 1, maximum: 1000 } },
    ])
  })

  test('candidates from a file need the file', () => {
    const draft = { ...newExperiment(dataset), models: ['popularity'], candidates: 'file' } as const
    expect(experimentProblems(draft, dataset, models)).toEqual([{ field: 'file', problem: { kind: 'file' } }])
  })
})

test.each([
  [
    ['10', '5', '10'],
    [5, 10],
  ],
  [['1000'], [1000]],
  [[], null],
  [['0'], null],
  [['1001'], null],
  [['5', 'x'], null],
  [['2.5'], null],
])('cutoffs %j are %j', (texts, cutoffs) => {
  expect(readCutoffs(texts)).toEqual(cutoffs)
})

test('the request is one that the engine takes', () => {
  const draft = {
    ...newExperiment(dataset),
    clean: recipeOf([{ step: 'rating-filter', min: 4 }], dataset),
    candidates: 'sampled',
    models: ['item-knn', 'popularity'],
    parameters: { 'item-knn': { neighbors: 20 }, popularity: {} },
  } as const
  const request = startRequest(draft, dataset, models)
  expect(request.models).toEqual([
    { model: 'popularity', params: {} },
    { model: 'item-knn', params: { neighbors: 20 } },
  ])
  expect(request.clean).toEqual([{ step: 'rating-filter', min: 4 }])
  expect(request.evaluation).toEqual({
    candidates: { sampled: 99 },
    exclude_seen: true,
    cutoffs: [5, 10, 20],
    metrics: defaultMetricIds,
  })
  expect(safeParse(callSchemas['runs.start'], request).issues).toBeUndefined()
})

test('metrics are asked for in the order in which they are shown; none is a problem', () => {
  const draft = { ...newExperiment(dataset), metrics: ['diversity', 'nothing', 'recall'], itemAttribute: 'genres' }
  expect(evaluationOf(draft)).toMatchObject({ metrics: ['recall', 'diversity'], item_attribute: 'genres' })
  expect(evaluationProblems({ ...draft, metrics: ['nothing'] })).toEqual([
    { field: 'metrics', problem: { kind: 'noMetric' } },
  ])
})

test('a model that cannot make lists for held-out users is refused by its name', () => {
  const draft = { ...newExperiment(dataset), models: ['popularity'] }
  const split = { ...draft.split, test: newRule('user-holdout') }
  const [model] = models.filter(({ id }) => id === 'popularity')
  const problem = { field: model.name, problem: { kind: 'foldIn' } }
  expect(experimentProblems({ ...draft, split }, dataset, [{ ...model, capabilities: ['score'] }])).toEqual([problem])
  expect(experimentProblems({ ...draft, split }, dataset, [{ ...model, capabilities: ['score', 'foldIn'] }])).toEqual(
    [],
  )
})

test('an ensemble is made of picked runs, or of the models ticked with it; fitted weights ask for a validation part', () => {
  const ensemble: ModelDescription = {
    ...model,
    id: 'ensemble',
    name: 'Ensemble',
    capabilities: ['score', 'memberWeights'],
    needsValidation: { weights: ['fitted'] },
    parameters: [{ name: 'weights', meaning: '', type: 'choice', default: 'fitted', choices: ['fitted', 'equal'] }],
  }
  const all = [...models, ensemble]
  const kindsOf = (draft: ExperimentDraft) => experimentProblems(draft, dataset, all).map(({ problem }) => problem.kind)
  const alone = { ...newExperiment(dataset, ['ensemble']), parameters: { ensemble: { weights: 'equal' } } }
  expect(kindsOf(alone)).toEqual(['members'])
  expect(kindsOf({ ...alone, models: ['ensemble', 'popularity', 'item-knn'] })).toEqual([])
  const picked = { ...alone, members: ['ials-1', 'ease-1'] }
  expect(startRequest(picked, dataset, all).models).toEqual([
    { model: 'ensemble', params: { weights: 'equal' }, members: ['ials-1', 'ease-1'] },
  ])
  const fitted = { ...picked, parameters: {} }
  expect(kindsOf(fitted)).toEqual(['validation'])
  const validation = newRule('leave-last-out')
  expect(kindsOf({ ...fitted, split: { ...fitted.split, validation } })).toEqual([])
  // No member ranks for users that it was not trained on while weights are looked for.
  const heldOut = { ...fitted.split, validation: newRule('user-holdout') }
  expect(kindsOf({ ...fitted, split: heldOut })).toContain('heldOut')
  expect(kindsOf({ ...alone, ...picked, split: heldOut })).not.toContain('heldOut')
})

test('early stopping asks for a validation part, which may be of users who are held out', () => {
  const choices = ['off', 'ndcg@10']
  const network: ModelDescription = {
    ...model,
    capabilities: ['score', 'foldIn', 'checkpoint'],
    needsValidation: { early_stopping: ['ndcg@10'] },
    parameters: [{ name: 'early_stopping', meaning: '', type: 'choice', default: 'off', choices }],
  }
  const kindsOf = (draft: ExperimentDraft) =>
    experimentProblems(draft, dataset, [network]).map(({ problem }) => problem.kind)
  const draft = newExperiment(dataset, [network.id])
  expect(kindsOf(draft)).toEqual([])
  const stopped = { ...draft, parameters: { [network.id]: { early_stopping: 'ndcg@10' } } }
  expect(kindsOf(stopped)).toEqual(['stopping'])
  for (const strategy of ['leave-last-out', 'user-holdout'] as const) {
    expect(kindsOf({ ...stopped, split: { ...draft.split, validation: newRule(strategy) } })).toEqual([])
  }
})
