/** What the desktop's preload script gives the page, and all of it. */
export interface DesktopBridge {
  /** Asks for a port to the engine; it arrives as a window message whose data is `enginePortMessage`. */
  requestEnginePort(): void
  /** The system's open dialog: the chosen path, or null. */
  chooseFile(): Promise<string | null>
  /** Where a file that was dropped or picked lies on disk. */
  pathOf(file: File): string
}

export const enginePortMessage = 'topn-engine-port'
