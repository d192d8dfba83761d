import { create } from 'zustand'
import type { Screen } from './router'

const key = 'topn.tour'

export const tourSteps = ['data', 'train', 'compare'] as const
export type TourStep = (typeof tourSteps)[number]

/** Whether the tour was ended for good. */
export const useTour = create<{ ended: boolean }>(() => ({ ended: readEnded() }))

/** The step that a screen belongs to; null on the page of one thing. */
export function stepOf(screen: Screen): TourStep | null {
  if (screen === 'run') return null
  return screen === 'users' ? 'compare' : screen
}

/** The tour does not come back. */
export function endTour(): void {
  useTour.setState({ ended: true })
  try {
    localStorage.setItem(key, 'ended')
  } catch {
    // Storage is full or forbidden: it comes back with the next visit.
  }
}

function readEnded(): boolean {
  try {
    return localStorage.getItem(key) === 'ended'
  } catch {
    return false
  }
}
