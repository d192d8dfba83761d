import { expect, test } from 'vitest'
import { createRandom } from '../models/random'
import { procrustes } from './procrustes'

const random = createRandom(5)
const target = Float32Array.from({ length: 40 }, () => random.normal())
const all = Array.from({ length: 20 }, (_, at) => at)

/** Turned by an angle, perhaps mirrored, made three times as large and moved. */
function moved(angle: number, isMirrored: boolean): Float32Array {
  const layout = new Float32Array(target.length)
  for (let at = 0; at < target.length; at += 2) {
    const [x, y] = [target[at], isMirrored ? -target[at + 1] : target[at + 1]]
    layout[at] = 3 * (Math.cos(angle) * x - Math.sin(angle) * y) + 7
    layout[at + 1] = 3 * (Math.sin(angle) * x + Math.cos(angle) * y) - 2
  }
  return layout
}

test.each([
  [1, false],
  [2.5, true],
])('what was turned by %d comes back, mirrored: %s', (angle, isMirrored) => {
  const { layout, disparity } = procrustes(target, all, moved(angle, isMirrored), all)
  layout.forEach((value, at) => {
    expect(value).toBeCloseTo(target[at], 4)
  })
  expect(disparity).toBeCloseTo(0, 5)
})

test('by the points that both have', () => {
  // The second layout has the points from the other end, and a stranger.
  const other = Float32Array.from(
    [...Array.from({ length: 20 }, (_, at) => [target[38 - 2 * at], target[39 - 2 * at]]), [50, 50]].flat(),
  )
  const { layout } = procrustes(
    target,
    all.slice(0, 10),
    other,
    all.slice(0, 10).map((point) => 19 - point),
  )
  expect(layout[38]).toBeCloseTo(target[0], 4)
  expect(layout[40]).toBeCloseTo(50, 3)
})

test('layouts without extent stay as they are', () => {
  expect([...procrustes(target, [0], Float32Array.of(4, 5), [0]).layout]).toEqual([4, 5])
})
