/** What the desktop's preload script gives the page, and all of it. */
export interface DesktopBridge {
  /** A port to the engine; a new one with each call. */
  enginePort(): Promise<MessagePort>
  /** The system's open dialog: the chosen path, or null. */
  chooseFile(): Promise<string | null>
  /** Where a file that was dropped or picked lies on disk. */
  pathOf(file: File): string
  /** Where the page can fetch an exported file. */
  downloadUrl(path: string): string
}
