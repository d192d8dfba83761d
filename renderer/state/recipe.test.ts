import * as v from 'valibot'
import { describe, expect, test } from 'vitest'
import type { CleanStep } from '../../main/contract/clean'
import type { DatasetRecord } from '../../main/contract/records'
import { changeLine, lineProblem, moveLine, recipeOf, recipeSchema, stepsOf, withoutLine, withStep } from './recipe'
import { stepIds, stepsFor } from './recipe-steps'

const attribute = (name: string, type: string) => ({ name, type, separator: null, column: name })
const dataset = {
  profile: {
    ratings: [1, 2, 3, 4, 5].map((value) => ({ value, count: 1 })),
    firstTimestamp: 0,
    lastTimestamp: 86_400,
    events: [{ event: 'view', count: 2 }],
  },
  itemAttributes: [attribute('genres', 'multi-valued'), attribute('year', 'number')],
  userAttributes: [],
  source: {},
} as unknown as DatasetRecord
const bare = {
  profile: { ratings: [], firstTimestamp: null, lastTimestamp: null, events: [] },
  itemAttributes: [],
  userAttributes: [],
  source: {},
} as unknown as DatasetRecord

const steps: CleanStep[] = [
  { step: 'event-weights', weights: { view: 0.5 } },
  { step: 'duplicates', keep: 'mean' },
  { step: 'rating-filter', min: 1, max: 3 },
  { step: 'rating-filter' },
  { step: 'rating-map', map: 'threshold', threshold: 3, others: 'zero' },
  { step: 'rating-map', map: 'clip', max: 3 },
  { step: 'rating-map', map: 'ln' },
  { step: 'date-range', from: '2020-01-31' },
  { step: 'k-core', user: 2, item: 1 },
  { step: 'user-outliers', per_minute: 10 },
  { step: 'item-outliers', more_than: 7 },
  { step: 'sample-users', share: 0.5, seed: 7 },
  { step: 'sample-users', count: 9, seed: 1 },
  { step: 'attribute-filter', of: 'items', name: 'genres', values: ['War'], keep: false },
  { step: 'attribute-filter', of: 'items', name: 'year', from: 1990, keep: true },
  { step: 'drop-columns', columns: ['rating'], items: ['year'], users: [] },
  { step: 'coarsen-time', to: 'week' },
  { step: 'noise', epsilon: 0.5, sensitivity: 4, seed: 3 },
]

test('steps that are put into the form come out of it as they were', () => {
  expect(stepsOf(recipeOf(steps, dataset), dataset)).toEqual(steps)
  expect(new Set(steps.map(({ step }) => step))).toEqual(new Set(stepIds))
})

test('a recipe is remembered as it stands, unfinished fields included', () => {
  const recipe = changeLine(recipeOf(steps, dataset), 3, { on: false, fields: { min: '-', max: '' } })
  expect(v.parse(recipeSchema, JSON.parse(JSON.stringify(recipe)))).toEqual(recipe)
})

describe('the form', () => {
  test('offers what the data has columns for', () => {
    expect(stepsFor(dataset)).toEqual(stepIds)
    const offered = stepsFor(bare)
    expect(offered).toEqual(['duplicates', 'k-core', 'user-outliers', 'item-outliers', 'sample-users', 'drop-columns'])
  })

  test('starts steps that are finished, but where something must be chosen', () => {
    const recipe = stepIds.reduce((made, step) => withStep(made, step, dataset), recipeOf([], dataset))
    const unfinished = recipe.filter((line) => lineProblem(line, dataset)).map(({ step }) => step)
    expect(unfinished).toEqual(['attribute-filter'])
    expect(recipe.map(({ id }) => id)).toEqual(stepIds.map((_, at) => at + 1))
  })

  test('knows what is wrong with a field', () => {
    const [line] = recipeOf([{ step: 'k-core', user: 5, item: 5 }], dataset)
    const wrong = (fields: object) => lineProblem({ ...line, fields: { ...line.fields, ...fields } }, dataset)
    expect(wrong({})).toBe(null)
    expect(wrong({ user: '' })).toEqual({ field: 'user', problem: { kind: 'empty' } })
    expect(wrong({ item: 1.5 })).toEqual({ field: 'item', problem: { kind: 'integer' } })
    const [outliers] = recipeOf([{ step: 'user-outliers', more_than: 3 }], dataset)
    const none = { ...outliers, fields: { more_than: '', per_minute: '' } }
    expect(lineProblem(none, dataset)).toEqual({ field: null, problem: { kind: 'unfinished' } })
  })
})

describe('a recipe', () => {
  const recipe = recipeOf(steps.slice(1, 5), dataset)
  test('leaves out what is switched off, and ends before what is not finished', () => {
    expect(stepsOf(changeLine(recipe, 2, { on: false }), dataset)).toEqual([steps[1], steps[3], steps[4]])
    expect(stepsOf(changeLine(recipe, 3, { fields: { min: 'x', max: '' } }), dataset)).toEqual([steps[1], steps[2]])
  })
  test.each<[number, number, number[]]>([
    [1, 2, [2, 3, 1, 4]],
    [4, 0, [4, 1, 2, 3]],
    [4, -1, [4, 1, 2, 3]],
    [2, 9, [1, 3, 4, 2]],
    [9, 1, [1, 2, 3, 4]],
  ])('with line %i at place %i', (id, place, ids) => {
    expect(moveLine(recipe, id, place).map((line) => line.id)).toEqual(ids)
  })
  test('gives no line the id of another', () => {
    const next = withStep(withoutLine(recipe, 2), 'duplicates', dataset)
    expect(next.map(({ id }) => id)).toEqual([1, 3, 4, 5])
  })
})
