/** What the desktop's preload script gives the page, and all of it. */
export interface DesktopBridge {
  /** Asks for a port to the engine; it arrives as a window message whose data is `enginePortMessage`. */
  requestEnginePort(): void
  /** The system's open dialog: the chosen path, or null. */
  chooseFile(): Promise<string | null>
  /** The system's dialog for a folder, which can be made there: the chosen path, or null. */
  chooseFolder(): Promise<string | null>
  /** Where a file that was dropped or picked lies on disk. */
  pathOf(file: File): string
  /** Hears the menu: ids of the page's commands. Returns the function that ends it. */
  onCommand(listener: (id: string) => void): () => void
}

export const enginePortMessage = 'topn-engine-port'
