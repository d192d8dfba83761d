import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { describe, expect, test } from 'vitest'
import { type DefinedMetric, definedMetrics, definitionIds, type ProfileId, profileIds } from '../../contract/profiles'
import type { JudgedList } from '../metric'
import { redefine } from './redefine'
import { findProfile, profiles } from './registry'

/** A list with hits at these ranks, counted from 1. */
function listOf(ranks: readonly number[], relevant: number, length = 10): JudgedList {
  const hits = new Uint8Array(10)
  for (const rank of ranks) hits[rank - 1] = 1
  return { hits, relevant, length }
}

const valueUnder = (id: ProfileId, metric: DefinedMetric, lists: JudgedList[], k = 10) =>
  redefine(lists, findProfile(id), [k])[`${metric}@${k}`]

test('the registry has every profile of the contract once, made of the definitions of the contract', () => {
  expect(profiles.map(({ id }) => id)).toEqual(profileIds)
  const used = profiles.flatMap(({ definitions }) => Object.values(definitions).map((definition) => definition?.id))
  expect([...new Set(used.filter((id) => id !== undefined))].sort()).toEqual([...definitionIds].sort())
})

/** One user, k = 10; figures that the libraries give, to three digits. */
describe('worked numbers of the libraries', () => {
  const [two, many, one] = [listOf([1, 3], 3), listOf([1, 3], 40), listOf([1], 1)]
  const rows: [string, ProfileId, DefinedMetric, [number, number, number]][] = [
    ['usual NDCG', 'recbole', 'ndcg', [0.704, 0.33, 1]],
    ['usual NDCG', 'lenskit', 'ndcg', [0.704, 0.33, 1]],
    ['usual NDCG', 'trec-eval', 'ndcg', [0.704, 0.33, 1]],
    ['NDCG', 'rectools', 'ndcg', [0.33, 0.33, 0.22]],
    ['recall by R', 'recbole', 'recall', [0.667, 0.05, 1]],
    ['capped recall', 'lenskit', 'recall', [0.667, 0.2, 1]],
    ['capped recall as precision', 'implicit', 'precision', [0.667, 0.2, 1]],
    ['AP by min(R, k)', 'recbole', 'map', [0.556, 0.167, 1]],
    ['AP by min(R, k)', 'implicit', 'map', [0.556, 0.167, 1]],
    ['AP by min(R, length)', 'lenskit', 'map', [0.556, 0.167, 1]],
    ['AP by R', 'trec-eval', 'map', [0.556, 0.042, 1]],
    ['AP by R', 'rectools', 'map', [0.556, 0.042, 1]],
    ['AP of all places', 'elliot', 'map', [0.436, 0.436, 0.293]],
  ]
  for (const [name, id, metric, values] of rows) {
    test(`${name} of ${id}: hits at 1 and 3 of 3 and of 40, a hit at 1 of 1`, () => {
      expect([two, many, one].map((list) => Number(valueUnder(id, metric, [list]).toFixed(3)))).toEqual(values)
    })
  }
})

test('LensKit divides by the length of a short list, and leaves users with an empty one out', () => {
  const lists = [listOf([1, 3], 8, 4), listOf([], 2, 0)]
  expect(valueUnder('lenskit', 'precision', lists)).toBe(2 / 4)
  expect(valueUnder('lenskit', 'map', lists)).toBeCloseTo((1 + 2 / 3) / 4, 12)
  expect(valueUnder('lenskit', 'recall', lists)).toBe((2 / 8 + 0) / 2)
  expect(valueUnder('topn', 'precision', lists)).toBe(2 / 10 / 2)
  expect(valueUnder('lenskit', 'precision', [listOf([], 2, 0)])).toBeNaN()
})

test("implicit's precision is one fraction of sums, not a mean of fractions", () => {
  const lists = [listOf([1, 2], 4), listOf([1], 1)]
  expect(valueUnder('implicit', 'precision', lists)).toBe((2 + 1) / (4 + 1))
  expect(valueUnder('implicit', 'precision', lists, 2)).toBe((2 + 1) / (2 + 1))
  expect(Object.keys(redefine(lists, findProfile('implicit'), [5]))).toEqual(['precision@5', 'ndcg@5', 'map@5'])
})

test('definitions can order two models differently', () => {
  // One model finds the only item of a user, the other one three of eight.
  const [first, second] = [
    [listOf([2], 1), listOf([], 8)],
    [listOf([], 1), listOf([1, 2, 3], 8)],
  ]
  const better = (id: ProfileId) => valueUnder(id, 'ndcg', first) > valueUnder(id, 'ndcg', second)
  expect([better('topn'), better('rectools')]).toEqual([true, false])
})

describe('docs/metrics.md', () => {
  const lines = readFileSync(resolve(import.meta.dirname, '../../../docs/metrics.md'), 'utf8').split('\n')

  test('has every profile with its version, and every formula', () => {
    const cells = (line: string) =>
      line
        .split('|')
        .slice(1, -1)
        .map((cell) => cell.trim())
    for (const { name, version, definitions } of profiles) {
      const row = cells(lines.find((line) => line.startsWith(`| ${name} |`)) ?? '')
      const expected = definedMetrics.map((metric) => {
        const definition = definitions[metric]
        return definition ? `\`${definition.id}\`` : '-'
      })
      expect(row).toEqual([name, version, ...expected])
    }
    for (const { definitions } of profiles) {
      for (const definition of Object.values(definitions)) {
        if (definition) expect(lines).toContain(`| \`${definition.id}\` | ${definition.formula} |`)
      }
    }
  })
})
