import { describe, expect, test } from 'vitest'
import type { Parameter } from '../../main/contract/parameters'
import { changedParameters, parameterProblem } from './parameters'

const neighbors: Parameter = {
  name: 'neighbors',
  meaning: 'Similar items kept.',
  type: 'integer',
  default: 100,
  minimum: 1,
  maximum: 1000,
}
const alpha: Parameter = { name: 'alpha', meaning: 'Weight.', type: 'number', default: 1, minimum: 0, maximum: 100 }
const weighting: Parameter = {
  name: 'weighting',
  meaning: 'Of ratings.',
  type: 'choice',
  default: 'none',
  choices: ['none', 'log'],
}
const bias: Parameter = { name: 'bias', meaning: 'With biases.', type: 'boolean', default: true }

describe('parameterProblem', () => {
  test.each([
    [neighbors, 1, null],
    [neighbors, 1000, null],
    [neighbors, 0, { kind: 'range', minimum: 1, maximum: 1000 }],
    [neighbors, 1001, { kind: 'range', minimum: 1, maximum: 1000 }],
    [neighbors, 2.5, { kind: 'integer' }],
    [neighbors, '', { kind: 'empty' }],
    [neighbors, '-', { kind: 'empty' }],
    [neighbors, Number.NaN, { kind: 'empty' }],
    [alpha, 2.5, null],
    [alpha, -0.1, { kind: 'range', minimum: 0, maximum: 100 }],
    [weighting, 'log', null],
    [weighting, 'sqrt', { kind: 'empty' }],
    [bias, false, null],
    [bias, 'yes', { kind: 'empty' }],
  ])('%o = %o', (parameter, value, problem) => {
    expect(parameterProblem(parameter, value)).toEqual(problem)
  })
})

test('only what differs from the defaults is sent', () => {
  const parameters = [neighbors, alpha, weighting, bias]
  expect(changedParameters(parameters, {})).toEqual({})
  expect(changedParameters(parameters, { neighbors: 100, alpha: 2, bias: false })).toEqual({ alpha: 2, bias: false })
})
