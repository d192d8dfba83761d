import { create } from 'zustand'
import type { Events } from '../../main/contract/calls'

/** What each place of a screen has heard of the answer that it waits for. */
const useAllProgress = create<ReadonlyMap<string, number>>(() => new Map())

export function hearProgress({ view, fraction }: Events['progress']): void {
  useAllProgress.setState((known) => new Map(known).set(view, fraction), true)
}

/** The share that is done of what a place waits for; null where it has not heard of one. */
export function useProgress(view: string | undefined): number | null {
  return useAllProgress((known) => (view === undefined ? null : (known.get(view) ?? null)))
}
