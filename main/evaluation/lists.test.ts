import { describe, expect, test } from 'vitest'
import { createRandom } from '../models/random'
import { emptyLists, noItem, oneListPerUser, selectTop } from './lists'

function topOf(scores: readonly number[], k: number) {
  const lists = emptyLists(Uint32Array.of(0), k)
  selectTop(Float32Array.from(scores), lists, 0)
  return { items: [...lists.items], scores: [...lists.scores] }
}

/** The definition: a full sort. */
function sortedTop(scores: readonly number[], k: number) {
  const order = scores
    .map((score, item) => ({ score, item }))
    .filter(({ score }) => !Number.isNaN(score))
    .sort((a, b) => (a.score === b.score ? a.item - b.item : a.score > b.score ? -1 : 1))
    .slice(0, k)
  const rest = Array.from({ length: k - order.length })
  return {
    items: [...order.map(({ item }) => item), ...rest.map(() => noItem)],
    scores: [...order.map(({ score }) => score), ...rest.map(() => Number.NaN)],
  }
}

test('the lists of a user become one: the best of all, each item once', () => {
  const lists = emptyLists(Uint32Array.of(4, 2, 4), 3)
  lists.items.set([7, 5, 1, 0, noItem, noItem, 6, 5, noItem])
  lists.scores.set([0.9, 0.5, 0.2, 1, Number.NaN, Number.NaN, 0.9, 0.5, Number.NaN])
  const merged = oneListPerUser(lists)
  expect([...merged.users]).toEqual([4, 2])
  expect([...merged.items]).toEqual([6, 7, 5, 0, noItem, noItem])
  expect([...merged.scores]).toEqual([...Float32Array.of(0.9, 0.9, 0.5, 1, Number.NaN, Number.NaN)])
  expect(oneListPerUser(merged)).toBe(merged)
})

describe('selectTop', () => {
  test('lists the best first', () => {
    expect(topOf([3, 1, 4, 1, 5], 3)).toEqual({ items: [4, 2, 0], scores: [5, 4, 3] })
  })

  test('equal scores by ascending item', () => {
    expect(topOf([7, 7, 7, 7, 7], 3).items).toEqual([0, 1, 2])
    expect(topOf([1, 2, 2, 1, 2, 1], 5).items).toEqual([1, 2, 4, 0, 3])
    expect(topOf([0, -0, 0], 3).items).toEqual([0, 1, 2])
  })

  test('never lists NaN; a shorter list ends in nothing', () => {
    const { NaN: none, NEGATIVE_INFINITY: least, POSITIVE_INFINITY: most } = Number
    expect(topOf([none, 2, none], 3)).toEqual({ items: [1, noItem, noItem], scores: [2, none, none] })
    expect(topOf([none, none], 1).items).toEqual([noItem])
    expect(topOf([], 2).items).toEqual([noItem, noItem])
    expect(topOf([least, none, 0, most], 4).items).toEqual([3, 2, 0, noItem])
  })

  test('writes its own row only', () => {
    const lists = emptyLists(Uint32Array.of(4, 5, 6), 2)
    selectTop(Float32Array.of(1, 3, 2), lists, 1)
    expect([...lists.items]).toEqual([noItem, noItem, 1, 2, noItem, noItem])
  })

  test('agrees with a full sort', () => {
    const random = createRandom(3)
    for (let round = 0; round < 3000; round++) {
      const distinct = 1 + random.integer(30)
      const scores = Array.from({ length: random.integer(60) }, () =>
        random.uniform() < 0.15 ? Number.NaN : random.integer(distinct) - distinct / 2,
      )
      const k = 1 + random.integer(20)
      expect(topOf(scores, k)).toEqual(sortedTop(scores, k))
    }
  })
})
