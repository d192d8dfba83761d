import { expect, test } from 'vitest'
import type { ParameterSpace } from '../contract/tuning'
import { createRandom } from '../models/random'
import { sharesOf } from './fanova'
import { type Axis, grow, growForest, type Leaf, type Sample } from './forest'
import { importanceOf } from './importance'
import { rungOf } from './testing/functions'

const range: Axis = { kind: 'range' }

function samplesOf(axes: readonly Axis[], count: number, value: (places: number[]) => number): Sample[] {
  const random = createRandom(7)
  return Array.from({ length: count }, () => {
    const places = axes.map((axis) => (axis.kind === 'range' ? random.uniform() : random.integer(axis.size)))
    return { places, value: value(places) }
  })
}

test('shares of a tree that is known, by hand', () => {
  // 1 where both are above a half, else 0. Mean 1/4, variance 3/16. Each alone is 0 or 1/2: variance 1/16; the rest is of both.
  const [low, high] = [
    { from: 0, to: 0.5 },
    { from: 0.5, to: 1 },
  ]
  const leaves: Leaf[] = [
    { box: [low, { from: 0, to: 1 }], value: 0 },
    { box: [high, low], value: 0 },
    { box: [high, high], value: 1 },
  ]
  const { alone, pairs } = sharesOf([range, range], [leaves])
  expect(alone[0]).toBeCloseTo(1 / 3, 12)
  expect(alone[1]).toBeCloseTo(1 / 3, 12)
  expect(pairs[0][1]).toBeCloseTo(1 / 3, 12)
})

test('a choice counts each of its values alike', () => {
  // One of four values gives 1: variance 3/16, all of it the choice's.
  const axes: Axis[] = [{ kind: 'choice', size: 4 }, range]
  const leaves: Leaf[] = [
    { box: [{ choices: [2] }, { from: 0, to: 1 }], value: 1 },
    { box: [{ choices: [0, 1, 3] }, { from: 0, to: 1 }], value: 0 },
  ]
  const { alone } = sharesOf(axes, [leaves])
  expect(alone[0]).toBeCloseTo(1, 12)
  expect(alone[1]).toBeCloseTo(0, 12)
})

test('leaves fill the space once', () => {
  const axes: Axis[] = [range, { kind: 'choice', size: 3 }]
  const leaves = grow(
    axes,
    samplesOf(axes, 60, ([a, b]) => a * (b + 1)),
  )
  const size = ({ box }: Leaf) =>
    box.reduce((product, side) => product * ('from' in side ? side.to - side.from : side.choices.length / 3), 1)
  expect(leaves.length).toBeGreaterThan(5)
  expect(leaves.reduce((sum, leaf) => sum + size(leaf), 0)).toBeCloseTo(1, 12)
})

test('of a sum each part has the share of its variance; what does nothing has next to none', () => {
  const axes = [range, range, range]
  const samples = samplesOf(axes, 200, ([a, b]) => 2 * a + b)
  const { alone, pairs } = sharesOf(axes, growForest(axes, samples, createRandom(1)))
  // The variances are 4/12 and 1/12.
  expect(alone[0]).toBeGreaterThan(0.7)
  expect(alone[0]).toBeLessThan(0.85)
  expect(alone[1]).toBeGreaterThan(0.12)
  expect(alone[1]).toBeLessThan(0.25)
  expect(alone[2]).toBeLessThan(0.03)
  expect(pairs[0][1]).toBeLessThan(0.06)
})

test('what only two do together is said of the pair', () => {
  const axes: Axis[] = [
    { kind: 'choice', size: 2 },
    { kind: 'choice', size: 2 },
  ]
  const samples = samplesOf(axes, 100, ([a, b]) => (a === b ? 1 : 0) + 0.3 * a)
  const { alone, pairs } = sharesOf(axes, growForest(axes, samples, createRandom(1)))
  // 0.25 of the pair beside 0.0225 of the first.
  expect(pairs[0][1]).toBeGreaterThan(0.8)
  expect(alone[1]).toBeLessThan(0.1)
})

const space: Record<string, ParameterSpace> = {
  embedding_size: { from: 16, to: 256 },
  regularization: { from: 0.001, to: 0.05 },
  alpha: { from: 1, to: 64 },
}

function trialsOf(sign: number, objective: string) {
  const random = createRandom(2)
  return Array.from({ length: 40 }, (_, at) => {
    const params = {
      embedding_size: 16 + random.integer(241),
      regularization: 0.001 * 50 ** random.uniform(),
      alpha: 64 ** random.uniform(),
    }
    const value = sign * (Math.log(params.alpha) ** 2 - Math.log(params.regularization) + random.normal() / 5)
    const rungs = [rungOf(0, 1, { [objective]: value })]
    return { number: at + 1, model: 'ials', params, state: 'done' as const, rungs, values: { [objective]: value } }
  })
}

test('a score and its negative loss give equal importances', () => {
  const settings = (objective: string) => ({ models: [{ model: 'ials', space }], objectives: [objective], seed: 3 })
  const score = importanceOf(settings('ndcg@10'), trialsOf(1, 'ndcg@10'))
  // The same objective turned round, and a metric of which less is better.
  const negative = importanceOf(settings('ndcg@10'), trialsOf(-1, 'ndcg@10'))
  const loss = importanceOf(settings('rmse'), trialsOf(-1, 'rmse'))
  expect(negative.parameters).toEqual(score.parameters)
  expect(loss.parameters).toEqual(score.parameters)
  expect(loss.pairs).toEqual(score.pairs)
  expect(score.parameters.map(({ name }) => name)).toEqual(['alpha', 'regularization', 'embedding_size'])
  expect(score.trials).toBe(40)
})

test('too few trials say nothing, and what is not of the study is refused', () => {
  const settings = { models: [{ model: 'ials', space }], objectives: ['ndcg@10'], seed: 3 }
  const few = trialsOf(1, 'ndcg@10').slice(0, 7)
  expect(importanceOf(settings, few)).toEqual({
    model: 'ials',
    objective: 'ndcg@10',
    trials: 7,
    parameters: [],
    pairs: [],
  })
  expect(() => importanceOf(settings, few, 'bpr')).toThrow('does not tune bpr')
  expect(() => importanceOf(settings, few, 'ials', 'rmse')).toThrow('does not judge by rmse')
})
