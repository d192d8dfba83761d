import { beforeEach, expect, test } from 'vitest'
import type { RunRecord } from '../../main/contract/records'
import { chooseRuns, chooseUpTo, chosenOf, toggleChosen, useChosenRuns } from './chosen-runs'

const order = ['a', 'b', 'c', 'd', 'e']
const chosen = () => [...useChosenRuns.getState().ids].sort()
beforeEach(() => chooseRuns([]))

test('a range reaches from the run chosen last, in either direction, and adds to what is chosen', () => {
  toggleChosen(['d'])
  chooseUpTo(order, ['b'])
  expect(chosen()).toEqual(['b', 'c', 'd'])
  chooseUpTo(order, ['e'])
  expect(chosen()).toEqual(['b', 'c', 'd', 'e'])
  toggleChosen(['c'])
  expect(chosen()).toEqual(['b', 'd', 'e'])
})

test('a series is chosen whole, freed whole, and is the end of a range whole', () => {
  toggleChosen(['b'])
  toggleChosen(['b', 'c'])
  expect(chosen()).toEqual(['b', 'c'])
  toggleChosen(['b', 'c'])
  expect(chosen()).toEqual([])
  toggleChosen(['a'])
  chooseUpTo(order, ['c', 'd'])
  expect(chosen()).toEqual(['a', 'b', 'c', 'd'])
})

test('without a start that is shown a range is one run', () => {
  chooseUpTo(order, ['c'])
  expect(chosen()).toEqual(['c'])
  toggleChosen(['gone'])
  chooseUpTo(order, ['e'])
  expect(chosen()).toEqual(['c', 'e', 'gone'])
})

test('none chosen means all', () => {
  const runs = order.map((id) => ({ id }) as RunRecord)
  expect(chosenOf(runs, new Set())).toEqual(runs)
  expect(chosenOf(runs, new Set(['gone']))).toEqual(runs)
  expect(chosenOf(runs, new Set(['b', 'd'])).map(({ id }) => id)).toEqual(['b', 'd'])
})
