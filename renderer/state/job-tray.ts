import { create } from 'zustand'

/** Whether the list of jobs is open. */
export const useJobTray = create<{ shown: boolean }>(() => ({ shown: false }))

export function toggleJobTray(): void {
  useJobTray.setState(({ shown }) => ({ shown: !shown }))
}
