import type { Rectangle } from 'electron'

/** How the window was left; `bounds` are those that it has when it is not maximised. */
export interface WindowState {
  bounds: Rectangle
  isMaximized: boolean
}

export const smallestSize = { width: 1024, height: 640 }
const usualSize = { width: 1440, height: 900 }

/** The strip at the top of a window by which it can be moved, and how much of it must be on a display. */
const titleHeight = 32
const reachable = { width: 160, height: 16 }

/**
 * Where to open the window: where it was, as long as it can still be reached there, and otherwise in the middle of the
 * main display (then without x and y), no larger than that. `displays` are the areas that windows can use, in points,
 * the main one first.
 */
export function placeWindow(saved: WindowState | null, displays: readonly Rectangle[]): Partial<Rectangle> {
  if (saved && displays.some((display) => isReachable(saved.bounds, display))) return saved.bounds
  const { width, height } = saved?.bounds ?? usualSize
  const [main] = displays
  return { width: Math.min(width, main.width), height: Math.min(height, main.height) }
}

function isReachable({ x, y, width }: Rectangle, display: Rectangle): boolean {
  return (
    overlap(x, width, display.x, display.width) >= reachable.width &&
    overlap(y, titleHeight, display.y, display.height) >= reachable.height
  )
}

/** Length that two stretches of a line share; negative where they are apart. */
function overlap(start: number, length: number, otherStart: number, otherLength: number): number {
  return Math.min(start + length, otherStart + otherLength) - Math.max(start, otherStart)
}
