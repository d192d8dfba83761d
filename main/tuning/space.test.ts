import { describe, expect, test } from 'vitest'
import type { Parameter } from '../contract/parameters'
import { defaultSpace, isActive } from '../contract/tuning'
import { models } from '../models/registry'
import { checkSpace } from './check-space'
import { searchSpace, valueAt } from './space'

const parameters: Parameter[] = [
  { name: 'size', type: 'integer', default: 8, minimum: 1, maximum: 1000, scale: 'logarithmic', meaning: '' },
  { name: 'kind', type: 'choice', default: 'plain', choices: ['plain', 'weighted'], meaning: '' },
  { name: 'weight', type: 'number', default: 5, minimum: 0, maximum: 10, when: { kind: ['weighted'] }, meaning: '' },
  { name: 'epochs', type: 'integer', default: 3, minimum: 1, maximum: 9, meaning: '' },
]
const space = searchSpace(
  { parameters },
  {
    model: 'm',
    space: { size: { from: 1, to: 100 }, kind: ['plain', 'weighted'], weight: { from: 0, to: 10 }, epochs: 7 },
  },
)

test('a point has a place for each searched parameter; a fixed one keeps its value', () => {
  expect(space.dimensions.map(({ name }) => name)).toEqual(['size', 'kind', 'weight'])
  expect(space.decode([0, 1, 0.25])).toEqual({ size: 1, kind: 'weighted', weight: 2.5, epochs: 7 })
  expect(space.decode([1, 1, 1])).toEqual({ size: 100, kind: 'weighted', weight: 10, epochs: 7 })
})

test('a parameter that does not matter beside the others has its default and no place', () => {
  expect(space.decode([0.5, 0, 0.9])).toMatchObject({ kind: 'plain', weight: 5 })
  expect(space.encode({ size: 10, kind: 'plain', weight: 5, epochs: 7 })[2]).toBeNaN()
  expect(isActive(parameters[2], { kind: 'weighted' })).toBe(true)
})

test('what was decoded is encoded to a point that gives the same', () => {
  for (const point of [
    [0.1, 1, 0.3],
    [0.99, 0, 0.5],
    [0.42, 1, 0.777],
  ]) {
    const params = space.decode(point)
    expect(space.decode(space.encode(params))).toEqual(params)
  }
})

test('whole numbers are equally likely on a linear scale, and by their logarithm on a logarithmic one', () => {
  const range = { name: 'n', kind: 'range', from: 1, to: 4, isLogarithmic: false, isInteger: true, points: 5 } as const
  const places = Array.from({ length: 400 }, (_, at) => (at + 0.5) / 400)
  const counts = [1, 2, 3, 4].map((value) => places.filter((place) => valueAt(range, place) === value).length)
  expect(counts).toEqual([100, 100, 100, 100])
  const wide = { ...range, to: 999, isLogarithmic: true }
  const below = places.filter((place) => Number(valueAt(wide, place)) <= 31).length
  // Half of the way from log 0.5 to log 999.5.
  expect(below / 400).toBeCloseTo((Math.log(31.5) - Math.log(0.5)) / (Math.log(999.5) - Math.log(0.5)), 2)
})

describe('what a space may hold', () => {
  const refusal = (given: Parameters<typeof checkSpace>[1]) => {
    try {
      checkSpace({ id: 'm', parameters }, given, 'models[0].space')
      return null
    } catch (error) {
      return error
    }
  }

  test('parameters that are left out keep their defaults', () => {
    expect(checkSpace({ id: 'm', parameters }, { size: [1, 2] }, 'space')).toEqual({
      size: [1, 2],
      kind: 'plain',
      weight: 5,
      epochs: 3,
    })
  })

  test.each([
    [{ size: { from: 0, to: 10 } }, 'size', /whole number from 1 to 1000/],
    [{ size: [1, 2.5] }, 'size', /whole number/],
    [{ kind: ['plain', 'other'] }, 'kind', /one of plain, weighted/],
    [{ kind: { from: 1, to: 2 } }, 'kind', /no number/],
    [{ nothing: 1 }, 'nothing', /no such parameter.*size, kind/],
  ])('%j is refused, naming the field', (given, name, sentence) => {
    expect(refusal(given)).toMatchObject({
      code: 'BAD_REQUEST',
      data: { field: `models[0].space.${name}` },
      message: expect.stringMatching(sentence),
    })
  })
})

describe.each(models.map((model) => [model.id, model] as const))('the default space of %s', (id, model) => {
  test('lies within what the model allows, around its defaults', () => {
    const given = defaultSpace(model)
    expect(checkSpace(model, given, 'space')).toEqual(given)
    const found = searchSpace(model, { model: id, space: given })
    expect(found.decode(found.encode(found.defaults))).toEqual(found.defaults)
  })

  test('conditions name other parameters and values that these can have', () => {
    for (const { name, when } of model.parameters) {
      for (const [other, values] of Object.entries(when ?? {})) {
        expect(other).not.toBe(name)
        expect(() => checkSpace(model, { [other]: [...values] }, 'space')).not.toThrow()
      }
    }
  })
})
