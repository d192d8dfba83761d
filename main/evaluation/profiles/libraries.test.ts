import { expect, test } from 'vitest'
import { interactionsOf } from '../../data/testing/interactions'
import { allCases } from '../candidates'
import { createJudge, judgeLists } from '../judge'
import { emptyLists } from '../lists'
import type { UserMetric } from '../metric'
import { gradedNdcg } from '../metrics/graded-ndcg'
import { rPrecision } from '../metrics/r-precision'
import { findMetric } from '../metrics/registry'
import { redefine } from './redefine'
import { findProfile } from './registry'

// What libraries gave for five users and lists of five, one of them short: ranx 0.3.21, pytrec_eval-terrier 0.5.11,
// RecTools 0.19.0, implicit 0.7.3.

const listed = [
  [3, 1, 7, 0, 5],
  [2, 4],
  [9, 8, 6, 5, 4],
  [0, 1, 2, 3, 4],
  [5, 6, 7, 8, 9],
]
const relevant = [[1, 0, 5, 11], [4], [1, 2], [0, 1, 2, 3, 4, 5, 6], [9, 5]]
const ratings = [[4, 2, 5, 3], [1], [5, 3], [1, 2, 3, 4, 5, 5, 5], [3, 4]]

const held = interactionsOf(relevant, 12, ratings)
const cases = allCases(held)
const lists = emptyLists(cases.users, 5)
listed.forEach((items, row) => void lists.items.set(items, row * 5))
const judged = judgeLists(lists, cases)
const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length

test('ranx and trec_eval', () => {
  const found = redefine(judged, findProfile('trec-eval'), [4])
  expect(found['precision@4']).toBeCloseTo(0.4, 12)
  expect(found['recall@4']).toBeCloseTo(0.5142857142857142, 12)
  expect(found['hit-rate@4']).toBeCloseTo(0.8, 12)
  expect(found['ndcg@4']).toBeCloseTo(0.5317013742697527, 12)
  expect(found['map@4']).toBeCloseTo(0.36428571428571427, 12)
  expect(found['mrr@4']).toBeCloseTo(0.6, 12)
  const f1 = findMetric('f1') as UserMetric
  expect(mean(judged.map((list) => f1.value(list, 4)))).toBeCloseTo(0.39212121212121215, 12)
})

test('ranx and trec_eval: ratings as gains', () => {
  const judge = createJudge({ lists, cases, test: held, known: [], itemFeatures: null, popular: null })
  const value = judge(gradedNdcg)
  if (typeof value === 'string') throw new Error(value)
  expect(mean(judged.map((_, row) => value(row, 4)))).toBeCloseTo(0.4190562386015019, 7)
  expect(mean(judged.map((_, row) => value(row, 5)))).toBeCloseTo(0.5185585984329213, 7)
})

test('trec_eval: R-precision', () => {
  const placings = judged.map(({ hits, relevant }) => {
    const ranks = Float64Array.from([...hits.keys()].filter((rank) => hits[rank] === 1).map((rank) => rank + 1))
    return { ranks, relevant, others: 0, won: 0, loss: 0 }
  })
  expect(mean(placings.map(rPrecision.value))).toBeCloseTo(0.34285714285714286, 12)
})

test('RecTools', () => {
  const found = redefine(judged, findProfile('rectools'), [4])
  expect(found['precision@4']).toBeCloseTo(0.4, 12)
  expect(found['recall@4']).toBeCloseTo(0.5142857142857142, 12)
  expect(found['hit-rate@4']).toBeCloseTo(0.8, 12)
  expect(found['ndcg@4']).toBeCloseTo(0.4102224727489359, 12)
  expect(found['map@4']).toBeCloseTo(0.36428571428571427, 12)
  expect(found['mrr@4']).toBeCloseTo(0.6, 12)
})

test('implicit', () => {
  const found = redefine(judged, findProfile('implicit'), [4])
  expect(found['precision@4']).toBeCloseTo(0.6153846153846154, 12)
  expect(found['map@4']).toBeCloseTo(0.45, 12)
  expect(found['ndcg@4']).toBeCloseTo(0.5317013742697527, 12)
})
