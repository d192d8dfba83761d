import { describe, expect, test } from 'vitest'
import { rectangle } from '../../../charts/lasso'
import { gridOf, nearestPoint, pointsWithin } from './point-grid'
import { fittedView, panned, resized, toData, toPixel, zoomed } from './view'

const corners = Float32Array.of(0, 0, 10, 0, 10, 5, 0, 5)

describe('a view', () => {
  test('has all points in sight, up is up', () => {
    const view = fittedView(corners, 248, 148)
    // 200 pixels for 10 units and 100 for 5 beside the margins.
    expect(view.scale).toBe(20)
    expect(toPixel(view, 0, 5)).toEqual([24, 24])
    expect(toPixel(view, 10, 0)).toEqual([224, 124])
  })

  test('leads from pixels back to places, also when it was moved', () => {
    const view = zoomed(panned(fittedView(corners, 300, 200), 13, -7), 3, 40, 50)
    const [x, y] = toData(view, 77, 31)
    expect(toPixel(view, x, y)).toEqual([expect.closeTo(77, 6), expect.closeTo(31, 6)])
  })

  test('zooms around the place under the pointer, and drags it along', () => {
    const view = fittedView(corners, 300, 200)
    expect(toData(zoomed(view, 2, 40, 50), 40, 50)).toEqual(toData(view, 40, 50).map((at) => expect.closeTo(at, 6)))
    expect(toData(panned(view, 10, 20), 50, 70)).toEqual(toData(view, 40, 50).map((at) => expect.closeTo(at, 6)))
  })

  test('in a narrower canvas has the same points in sight', () => {
    const view = resized(fittedView(corners, 248, 148), 124, 148)
    expect(toPixel(view, 0, 5)).toEqual([12, 49])
    expect(toPixel(view, 10, 0)).toEqual([112, 99])
  })

  test('of one point, or of none, is a view too', () => {
    expect(toPixel(fittedView(Float32Array.of(3, 4), 100, 80), 3, 4)).toEqual([50, 40])
    expect(fittedView(new Float32Array(0), 100, 80).scale).toBe(1)
  })
})

describe('a grid', () => {
  const positions = Float32Array.from({ length: 4000 }, (_, at) => Math.sin(at * 12.9898) * 50 + (at % 2) * 20)
  const grid = gridOf(positions)
  const all = Array.from({ length: 2000 }, (_, point) => point)

  test('finds the nearest point, as looking at all does', () => {
    for (const [x, y] of [
      [0, 0],
      [30, -20],
      [-49, 65],
    ]) {
      const far = (point: number) => Math.hypot(positions[2 * point] - x, positions[2 * point + 1] - y)
      const nearest = all.reduce((best, point) => (far(point) < far(best) ? point : best))
      expect(nearestPoint(grid, x, y, 1000)).toBe(nearest)
      expect(nearestPoint(grid, x, y, far(nearest) * 0.99)).toBeNull()
    }
  })

  test('finds the points within a line', () => {
    const found = pointsWithin(grid, rectangle({ x: -10, y: -15 }, { x: 25, y: 30 }))
    const wanted = all.filter((point) => {
      const [x, y] = [positions[2 * point], positions[2 * point + 1]]
      return x > -10 && x < 25 && y > -15 && y < 30
    })
    expect([...found]).toEqual(wanted)
    expect(pointsWithin(grid, [{ x: 0, y: 0 }])).toHaveLength(0)
  })

  test('of points that are all at one place finds them', () => {
    expect(nearestPoint(gridOf(Float32Array.of(2, 2, 2, 2)), 2, 2, 1)).toBe(0)
  })
})
