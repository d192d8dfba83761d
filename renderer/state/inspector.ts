import { create } from 'zustand'

const key = 'topn.inspector'

interface Inspector {
  opened: boolean
  /** The run that was selected last, whether it still exists or not. */
  runId: string | null
}

/** The panel on the right; whether it is open is remembered. */
export const useInspector = create<Inspector>(() => ({ opened: readOpened(), runId: null }))

export function toggleInspector(): void {
  setOpened(!useInspector.getState().opened)
}

/** Shows a run in the panel. */
export function inspectRun(runId: string): void {
  useInspector.setState({ runId })
  setOpened(true)
}

function setOpened(opened: boolean): void {
  useInspector.setState({ opened })
  try {
    localStorage.setItem(key, opened ? 'open' : 'closed')
  } catch {
    // Storage is full or forbidden: it opens as before next time.
  }
}

function readOpened(): boolean {
  try {
    return localStorage.getItem(key) === 'open'
  } catch {
    return false
  }
}
