import { expect, test } from 'vitest'
import { createRandom } from '../models/random'
import { type Level, longTail } from './long-tail'

const levelsOf = (counts: number[]): Level[] =>
  [...new Set(counts)]
    .sort((a, b) => a - b)
    .map((interactions) => ({ interactions, members: counts.filter((count) => count === interactions).length }))

test('four items, by hand', () => {
  // 1 + 1 + 2 + 6 = 10. The areas of the four trapezoids below the curve: (0.1 + 0.3 + 0.6 + 1.4) / 8 = 0.3.
  const { gini, lorenz, head, torso, tail } = longTail(levelsOf([1, 1, 2, 6]))
  expect(gini).toBeCloseTo(1 - 2 * 0.3, 12)
  expect(lorenz).toEqual([
    { share: 0, interactions: 0 },
    { share: 0.25, interactions: 0.1 },
    { share: 0.5, interactions: 0.2 },
    { share: 0.75, interactions: 0.4 },
    { share: 1, interactions: 1 },
  ])
  expect([head, torso, tail]).toEqual([
    { count: 1, interactions: 6 },
    { count: 1, interactions: 2 },
    { count: 2, interactions: 2 },
  ])
})

test('equal members have no inequality, and nobody has none either', () => {
  expect(longTail(levelsOf([3, 3, 3, 3, 3]))).toMatchObject({
    gini: 0,
    head: { count: 1 },
    torso: { count: 3 },
    tail: { count: 1 },
  })
  const nobody = longTail([])
  expect(nobody).toMatchObject({ gini: 0, head: { count: 0 }, tail: { count: 0 } })
  expect(nobody.lorenz).toEqual([
    { share: 0, interactions: 0 },
    { share: 1, interactions: 1 },
  ])
})

test('one that has all is the head', () => {
  expect(longTail(levelsOf([7]))).toMatchObject({
    gini: 0,
    head: { count: 1, interactions: 7 },
    torso: { count: 0, interactions: 0 },
    tail: { count: 0, interactions: 0 },
  })
})

test('many members: the mean difference gives the same coefficient, one by one the same parts and curve', () => {
  const random = createRandom(7)
  for (let round = 0; round < 20; round++) {
    const counts = Array.from({ length: 2 + random.integer(300) }, () => 1 + Math.floor(200 * random.uniform() ** 6))
    const found = longTail(levelsOf(counts))
    const total = counts.reduce((sum, count) => sum + count)
    let differences = 0
    for (const a of counts) for (const b of counts) differences += Math.abs(a - b)
    expect(found.gini).toBeCloseTo(differences / (2 * counts.length * total), 10)

    const ascending = counts.toSorted((a, b) => a - b)
    const sumOf = (some: number[]) => some.reduce((sum, count) => sum + count, 0)
    let head = 0
    while (sumOf(ascending.slice(ascending.length - head)) < total * 0.2) head++
    let tail = 0
    while (sumOf(ascending.slice(0, tail + 1)) <= total * 0.2) tail++
    expect([found.head.count, found.tail.count]).toEqual([head, tail])
    expect(found.head.interactions).toBe(sumOf(ascending.slice(ascending.length - head)))
    expect(found.tail.interactions).toBe(sumOf(ascending.slice(0, tail)))
    expect(found.torso).toEqual({
      count: counts.length - head - tail,
      interactions: total - found.head.interactions - found.tail.interactions,
    })

    expect(found.lorenz.length).toBe(Math.min(100, counts.length) + 1)
    for (const { share, interactions } of found.lorenz) {
      const place = share * counts.length
      const whole = Math.floor(place + 1e-9)
      const expected = sumOf(ascending.slice(0, whole)) + (place - whole) * (ascending[whole] ?? 0)
      expect(interactions).toBeCloseTo(expected / total, 9)
    }
  }
})
