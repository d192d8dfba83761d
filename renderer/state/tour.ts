import { create } from 'zustand'
import { remember, useMemory } from './memory'
import type { Screen } from './router'

const key = 'topn.tour'

export const tourSteps = ['data', 'train', 'compare'] as const
export type TourStep = (typeof tourSteps)[number]

/** Whether this person has ended the tour for good, in any workspace. */
const useTour = create<{ ended: boolean }>(() => ({ ended: readEnded() }))

/** Ended by this person, or by anyone in this workspace. */
export function useTourEnded(): boolean {
  const byPerson = useTour(({ ended }) => ended)
  const here = useMemory(({ tourEnded }) => tourEnded)
  return byPerson || here
}

/** The step that a screen belongs to; null where there is none. */
export function stepOf(screen: Screen): TourStep | null {
  if (screen === 'run' || screen === 'tune') return null
  return screen === 'users' || screen === 'map' ? 'compare' : screen
}

/** The tour does not come back by itself. */
export function endTour(): void {
  setEnded(true)
}

export function startTour(): void {
  setEnded(false)
}

function setEnded(ended: boolean): void {
  useTour.setState({ ended })
  remember({ tourEnded: ended })
  try {
    localStorage.setItem(key, ended ? 'ended' : '')
  } catch {
    // Storage is full or forbidden: the workspace remembers it.
  }
}

function readEnded(): boolean {
  try {
    return localStorage.getItem(key) === 'ended'
  } catch {
    return false
  }
}
