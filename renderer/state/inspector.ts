import { create } from 'zustand'
import { remember, useMemory } from './memory'

/** The run that was selected last, whether it still exists or not. */
export const useInspected = create<{ runId: string | null }>(() => ({ runId: null }))

/** Whether the panel on the right is open. */
export const useInspectorOpened = () => useMemory(({ inspectorOpened }) => inspectorOpened)

export function toggleInspector(): void {
  remember({ inspectorOpened: !useMemory.getState().inspectorOpened })
}

/** Shows a run in the panel. */
export function inspectRun(runId: string): void {
  useInspected.setState({ runId })
  remember({ inspectorOpened: true })
}
