import type { Hub } from './hub'

/** Tells the place of a screen that asked how much of the answer is done; nobody where no place is named. */
export function viewProgress(hub: Hub, view: string | undefined): (fraction: number | null) => void {
  return (fraction) => {
    if (view !== undefined && fraction !== null) hub.emit('progress', view, { view, fraction })
  }
}
