import { expect, test } from 'vitest'
import { continuedParams, everyoneParams } from './learning'

const constant = { ...{ epochs: 20, schedule: 'constant', cycle_epochs: 0 }, ...{ patience: 5, validate_every: 2 } }
const cosine = { ...constant, schedule: 'cosine' }
const whole = { epochs: 20, bestEpoch: null, isStoppedEarly: false }
const stopped = { epochs: 14, bestEpoch: 4, isStoppedEarly: true }

test('more epochs are added to those that were learned', () => {
  expect(continuedParams(constant, whole, 5)).toEqual({ ...constant, epochs: 25 })
  expect(continuedParams(constant, stopped, 5)).toEqual({ ...constant, epochs: 19, patience: 8 })
})

test('a cosine starts anew where it was to end, so that what is learned already stays the same', () => {
  expect(continuedParams(cosine, whole, 5)).toEqual({ ...cosine, epochs: 25, cycle_epochs: 20 })
  expect(continuedParams({ ...cosine, cycle_epochs: 8 }, whole, 5)).toMatchObject({ epochs: 25, cycle_epochs: 8 })
  expect(continuedParams(cosine, stopped, 5)).toMatchObject({ epochs: 19, cycle_epochs: 20 })
})

test('on everything it learns as long as turned out best, without a metric to stop by', () => {
  const params = { ...cosine, early_stopping: 'ndcg@10' }
  const learned = { ...params, early_stopping: 'off', cycle_epochs: 20 }
  expect(everyoneParams({ params, learned: stopped })).toEqual({ ...learned, epochs: 4 })
  expect(everyoneParams({ params, learned: whole })).toEqual({ ...learned, epochs: 20 })
  expect(everyoneParams({ params, learned: null })).toBe(params)
})
