import { beforeEach, expect, test } from 'vitest'
import type { Filter } from '../../main/contract/filters'
import type { DatasetRecord } from '../../main/contract/records'
import { emptyHistory, useHistory } from '../commands/history'
import { changeExperiment, readExperiment } from './draft'
import {
  binsWithin,
  changeFilters,
  cleanOf,
  forgetFilters,
  placesOf,
  readFilters,
  showCleaned,
  withFilter,
  withoutFilter,
} from './filters'
import { withStep } from './recipe'

const dataset = { id: 'd', name: 'films' }
const time: Filter = { by: 'time', from: 10, to: 20 }
const genre: Filter = { by: 'attribute', of: 'items', name: 'genre', values: ['Drama'] }
const age: Filter = { by: 'attribute', of: 'users', name: 'age', from: 20, to: 30 }

beforeEach(() => {
  useHistory.setState(emptyHistory, true)
  forgetFilters()
})

test('a second filter on the same thing takes the place of the first', () => {
  const later: Filter = { by: 'time', from: 30 }
  expect(withFilter([time, genre], later)).toEqual([later, genre])
  expect(withFilter([genre], age)).toEqual([genre, age])
  expect(withoutFilter([time, genre, age], genre)).toEqual([time, age])
  const selections: Filter[] = [
    { by: 'selection', selectionId: 'a' },
    { by: 'selection', selectionId: 'b' },
  ]
  expect(withFilter([selections[0]], selections[1])).toEqual(selections)
})

test('a change is a step that can be taken back', async () => {
  changeFilters(dataset, [time])
  changeFilters(dataset, [time, age])
  const [step] = useHistory.getState().done.slice(-1)
  await step.undo({} as never)
  expect(readFilters('d')).toEqual([time])
  await step.redo({} as never)
  expect(readFilters('d')).toEqual([time, age])
  expect(readFilters('other')).toEqual([])
})

test('the profile is that of the data as read until the recipe is asked for', () => {
  const dataset = { id: 'd', name: 'films', profile: { ratings: [], firstTimestamp: 1 } } as unknown as DatasetRecord
  changeExperiment(dataset, { clean: withStep(readExperiment(dataset).clean, 'k-core', dataset) })
  expect(cleanOf(dataset)).toEqual([])
  showCleaned('d', true)
  expect(cleanOf(dataset).map(({ step }) => step)).toEqual(['k-core'])
  showCleaned('d', false)
  expect(cleanOf(dataset)).toEqual([])
})

test('a range of values stands for the bars that it reaches into', () => {
  const bins = [
    { from: 1, to: 1, count: 4 },
    { from: 2, to: 4, count: 2 },
    { from: 5, to: 9, count: 1 },
  ]
  expect(binsWithin(bins, { from: 2, to: 9 })).toEqual([1, 2])
  expect(binsWithin(bins, { from: 3, to: 3 })).toEqual([1, 1])
  expect(binsWithin(bins, { to: 4 })).toEqual([0, 1])
  expect(binsWithin(bins, { from: 10 })).toBe(null)
})

test('values stand for bars only where they are neighbours', () => {
  expect(placesOf(['view', 'cart', 'buy'], ['cart', 'view'])).toEqual([0, 1])
  expect(placesOf(['view', 'cart', 'buy'], ['view', 'buy'])).toBe(null)
  expect(placesOf(['view', 'cart', 'buy'], ['gone'])).toBe(null)
})
