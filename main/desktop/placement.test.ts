import { expect, test } from 'vitest'
import { placeWindow } from './placement'

const laptop = { x: 0, y: 25, width: 1440, height: 875 }
const screenOnTheLeft = { x: -2560, y: 0, width: 2560, height: 1440 }
const left = (bounds: { x: number; y: number; width: number; height: number }) => ({ bounds, isMaximized: false })

test('the first window is in the middle of the main display, and no larger', () => {
  expect(placeWindow(null, [laptop])).toEqual({ width: 1440, height: 875 })
  expect(placeWindow(null, [{ x: 0, y: 0, width: 3840, height: 2160 }])).toEqual({ width: 1440, height: 900 })
})

test('a window comes back where it was left, on any display', () => {
  const bounds = { x: -2500, y: 100, width: 2000, height: 1200 }
  expect(placeWindow(left(bounds), [laptop, screenOnTheLeft])).toEqual(bounds)
})

test('one over the border of two displays does too', () => {
  const bounds = { x: -1000, y: 100, width: 1500, height: 800 }
  expect(placeWindow(left(bounds), [laptop, screenOnTheLeft])).toEqual(bounds)
})

test('where its display is gone it keeps its size as far as the main one has room', () => {
  const bounds = { x: -2500, y: 100, width: 2000, height: 800 }
  expect(placeWindow(left(bounds), [laptop])).toEqual({ width: 1440, height: 800 })
})

test.each([
  ['above the display', { x: 100, y: -500, width: 1200, height: 800 }],
  ['below it', { x: 100, y: 900, width: 1200, height: 800 }],
  ['almost wholly to the right of it', { x: 1400, y: 100, width: 1200, height: 800 }],
])('a title that lies %s cannot be reached, so the window is moved', (_where, bounds) => {
  expect(placeWindow(left(bounds), [laptop])).toEqual({ width: 1200, height: 800 })
})
