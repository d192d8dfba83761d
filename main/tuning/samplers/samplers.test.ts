import { describe, expect, test } from 'vitest'
import { samplerIds } from '../../contract/tuning'
import { createRandom } from '../../models/random'
import { branin, hartmann, type Known, searchOf, study } from '../testing/functions'
import { scrambledInverse } from './quasi-random'
import { samplers } from './registry'
import { normalBelow } from './tpe'

const seeds = Array.from({ length: 20 }, (_, seed) => seed)

/** How far the best of `count` trials is from the known minimum, for each seed. */
function regrets({ parameters, minimum, at }: Known, sampler: (typeof samplerIds)[number], count: number): number[] {
  return seeds.map((seed) => {
    const trials = study(searchOf(parameters, { sampler, seed }), count, (params) => ({ rmse: at(params) }))
    expect(trials).toHaveLength(count)
    return Math.min(...trials.map(({ values }) => values?.rmse ?? Number.NaN)) - minimum
  })
}

const mean = (numbers: number[]) => numbers.reduce((sum, number) => sum + number, 0) / numbers.length

test('the known functions have their minima where the literature says', () => {
  expect(branin.at({ x: Math.PI, y: 2.275 })).toBeCloseTo(branin.minimum, 5)
  expect(branin.at({ x: -Math.PI, y: 12.275 })).toBeCloseTo(branin.minimum, 5)
  const place = { a: 0.20169, b: 0.150011, c: 0.476874, d: 0.275332, e: 0.311652, f: 0.6573 }
  expect(hartmann.at(place)).toBeCloseTo(hartmann.minimum, 4)
})

describe('TPE beats random search at equal budget', () => {
  test.each([
    ['Branin', branin, 40],
    ['Hartmann-6', hartmann, 60],
  ] as const)('on %s', (_, known, count) => {
    const [random, tpe] = [regrets(known, 'random', count), regrets(known, 'tpe', count)]
    const wins = seeds.filter((seed) => tpe[seed] < random[seed]).length
    expect(wins).toBeGreaterThanOrEqual(15)
    expect(mean(tpe)).toBeLessThan(mean(random) / 2)
  })
})

test('every sampler of the contract is there, and the same seed gives the same trials', () => {
  expect(samplers.map(({ id }) => id).sort()).toEqual([...samplerIds].sort())
  const tried = (sampler: (typeof samplerIds)[number], seed: number) =>
    study(searchOf(branin.parameters, { sampler, seed }), 15, (params) => ({ rmse: branin.at(params) }))
  for (const id of samplerIds) {
    expect(tried(id, 3)).toEqual(tried(id, 3))
    if (id !== 'grid') expect(tried(id, 3)).not.toEqual(tried(id, 4))
  }
})

test('the first b^n points of a Halton dimension fall one into each interval of length b^-n', () => {
  for (const [base, power] of [
    [2, 5],
    [3, 3],
    [7, 2],
  ]) {
    const count = base ** power
    const places = Array.from({ length: count }, (_, index) => scrambledInverse(index, base, createRandom(5)))
    const intervals = places.map((place) => Math.floor(place * count)).sort((a, b) => a - b)
    expect(intervals).toEqual(Array.from({ length: count }, (_, at) => at))
  }
})

test('a grid has every combination once, with both ends, and then there is nothing left', () => {
  const parameters = branin.parameters.slice(0, 1)
  const model = {
    name: 'kind',
    type: 'choice',
    default: 'a',
    choices: ['a', 'b'],
    search: ['a', 'b'],
    meaning: '',
  } as const
  const trials = study(searchOf([...parameters, model], { sampler: 'grid' }), 100, () => ({ rmse: 1 }))
  expect(trials.map(({ params }) => [params.x, params.kind])).toEqual(
    [-5, -1.25, 2.5, 6.25, 10].flatMap((x) => ['a', 'b'].map((kind) => [x, kind])),
  )
})

test('a trial is never repeated: a small space is tried whole, by whichever sampler', () => {
  const choices = ['a', 'b', 'c']
  const parameters = ['first', 'second'].map(
    (name) => ({ name, type: 'choice', default: 'a', choices, search: choices, meaning: '' }) as const,
  )
  for (const sampler of samplerIds) {
    const trials = study(searchOf(parameters, { sampler }), 50, () => ({ rmse: 1 }))
    expect(new Set(trials.map(({ params }) => JSON.stringify(params))).size).toBe(9)
    expect(trials).toHaveLength(9)
  }
})

test('the normal distribution has the values of its table', () => {
  expect(normalBelow(0)).toBeCloseTo(0.5, 7)
  expect(normalBelow(1.96)).toBeCloseTo(0.9750021, 6)
  expect(normalBelow(-1)).toBeCloseTo(0.1586553, 6)
})
