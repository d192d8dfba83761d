import { describe, expect, test } from 'vitest'
import type { Split } from '../../contract/experiment'
import { createRandom } from '../../models/random'
import type { Parts } from '../split'
import { splitInteractions } from '../split'
import { encodedOf, interactionsOf } from '../testing/interactions'
import { pictureOf } from './picture'

const predefined: Split = { strategy: 'predefined', train: 'a', test: 'b' }

/** Of each user a list of [item, time]. */
function part(rows: [number, number][][], items = 6) {
  const made = interactionsOf(
    rows.map((row) => row.map(([item]) => item)),
    items,
  )
  return { ...made, timestamps: Float64Array.from(rows.flat(), ([, time]) => time) }
}

const timed: Parts = {
  train: part([
    [
      [0, 0],
      [1, 10],
    ],
    [
      [0, 5],
      [2, 40],
    ],
    [],
    [[3, 20]],
  ]),
  foldIn: null,
  validation: part([[[2, 20]], [], [], []]),
  // User 0 has item 1 again, at the time of the last training interaction; user 2 is cold.
  test: part([
    [
      [1, 10],
      [4, 50],
    ],
    [],
    [
      [0, 30],
      [0, 60],
      [5, 99],
    ],
    [],
  ]),
}

describe('of parts made by hand', () => {
  const picture = pictureOf(timed, predefined)

  test('spans and timeline', () => {
    expect(picture.spans).toEqual({
      train: { first: 0, last: 40 },
      'fold-in': null,
      validation: { first: 20, last: 20 },
      test: { first: 10, last: 99 },
    })
    const { timeline } = picture
    expect([timeline?.from, timeline?.to]).toEqual([0, 99])
    // One interval a second: times stand at their own place, the last one closed.
    const at = (counts: number[] = []) => counts.flatMap((count, second) => (count > 0 ? [[second, count]] : []))
    expect(timeline?.counts.train).toHaveLength(99)
    expect(at(timeline?.counts.train)).toEqual([
      [0, 1],
      [5, 1],
      [10, 1],
      [20, 1],
      [40, 1],
    ])
    expect(at(timeline?.counts.validation)).toEqual([[20, 1]])
    expect(at(timeline?.counts.test)).toEqual([
      [10, 1],
      [30, 1],
      [50, 1],
      [60, 1],
      [98, 1],
    ])
    expect(at(timeline?.counts['fold-in'])).toEqual([])
  })

  test('users and items in exactly which parts', () => {
    expect(picture.overlap).toEqual([
      { parts: ['train'], users: 2, items: 1 },
      { parts: ['test'], users: 1, items: 2 },
      { parts: ['train', 'validation'], users: 0, items: 1 },
      { parts: ['train', 'test'], users: 0, items: 2 },
      { parts: ['train', 'validation', 'test'], users: 1, items: 0 },
    ])
  })

  test('test sizes, users without test, repeats, leak and ties', () => {
    // Users 0 and 2 have two and three test interactions: one bar, [2, 4).
    expect(picture.testSizes).toEqual([
      { from: 1, to: 2, count: 0 },
      { from: 2, to: 4, count: 2 },
    ])
    expect(picture.usersWithoutTest).toBe(2)
    expect(picture.repeatedAcross).toBe(1)
    // 10 and 30 lie before the latest training interaction at 40.
    expect(picture.beforeLastTraining).toBe(2)
    expect(picture.tied).toBe(1)
    expect(picture.cuts).toEqual([])
  })
})

test('a known history counts as another part, and its users are not without test', () => {
  const none = part([[], [], [], []])
  const picture = pictureOf(
    {
      train: part([[], [[0, 5]], [], [[3, 20]]]),
      foldIn: part([[[1, 1]], [], [[5, 2]], []]),
      validation: null,
      test: part([[[1, 9]], [], [[4, 3]], []]),
    },
    { strategy: 'user-holdout', ratio: 0.5, fold_in: 0.5, tested: 'random' },
  )
  expect(picture.repeatedAcross).toBe(1)
  expect(picture.usersWithoutTest).toBe(2)
  expect(picture.spans['fold-in']).toEqual({ first: 1, last: 2 })
  expect(picture.overlap).toEqual([
    { parts: ['train'], users: 2, items: 2 },
    { parts: ['test'], users: 2, items: 2 },
  ])
  expect(pictureOf({ train: none, foldIn: null, validation: null, test: none }, predefined)).toMatchObject({
    timeline: null,
    overlap: [],
    testSizes: [],
    beforeLastTraining: 0,
  })
})

test('without times there is no timeline, and what needs times is null', () => {
  const parts = {
    train: interactionsOf([[0, 1]], 3),
    foldIn: null,
    validation: null,
    test: interactionsOf([[1, 2]], 3),
  }
  const picture = pictureOf(parts, predefined)
  expect(picture).toMatchObject({ timeline: null, beforeLastTraining: null, tied: null, repeatedAcross: 1 })
})

test('many times make 120 intervals that add up, and equal times one', () => {
  const times = Array.from({ length: 1000 }, (_, at) => [0, 1_000_000 + at * 3600] as [number, number])
  const all = pictureOf({ train: part([times]), foldIn: null, validation: null, test: part([[]]) }, predefined)
  expect(all.timeline?.counts.train).toHaveLength(120)
  expect(all.timeline?.counts.train.reduce((sum, count) => sum + count)).toBe(1000)
  // 1,000 in 120 intervals of equal length: eight or nine each.
  expect(new Set(all.timeline?.counts.train)).toEqual(new Set([8, 9]))
  const same = pictureOf(
    { train: part([[[0, 7]]]), foldIn: null, validation: null, test: part([[[1, 7]]]) },
    predefined,
  )
  expect(same.timeline).toMatchObject({ from: 7, to: 7, counts: { train: [1], test: [1] } })
})

test('temporal rules say where they cut', () => {
  const encoded = encodedOf([Array.from({ length: 10 }, (_, at) => [at, at * 10] as [number, number])], 10)
  const split: Split = { strategy: 'temporal', quantile: 0.8, validation: { strategy: 'temporal', quantile: 0.75 } }
  const picture = pictureOf(splitInteractions(encoded, split, createRandom(1)), split)
  expect(picture.cuts).toEqual([
    { part: 'validation', at: 60 },
    { part: 'test', at: 80 },
  ])
  expect(picture.beforeLastTraining).toBe(0)
})
