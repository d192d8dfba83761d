import { join } from 'node:path'
import { BrowserWindow, screen } from 'electron'
import { placeWindow, smallestSize, type WindowState } from './placement'
import { pageUrl } from './security'

export interface WindowOptions {
  preloadFolder: string
  /** Opened at once. */
  file: string | null
  /** How the window was left the last time. */
  saved: WindowState | null
  /** Whether the window may be closed. */
  mayClose(): boolean
  onClosed(state: WindowState): void
}

/** The one window: a sandboxed page without Node, on its own scheme. */
export function openWindow({ preloadFolder, file, saved, mayClose, onClosed }: WindowOptions): BrowserWindow {
  const window = new BrowserWindow({
    ...placeWindow(saved, displayAreas()),
    minWidth: smallestSize.width,
    minHeight: smallestSize.height,
    show: false,
    title: 'TopN',
    webPreferences: {
      preload: join(preloadFolder, 'index.cjs'),
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      webSecurity: true,
    },
  })
  window.once('ready-to-show', () => {
    if (saved?.isMaximized) window.maximize()
    window.show()
  })
  window.on('close', (event) => {
    if (!mayClose()) return event.preventDefault()
    onClosed({ bounds: window.getNormalBounds(), isMaximized: window.isMaximized() })
  })
  void window.loadURL(file === null ? pageUrl : `${pageUrl}#/data?open=${encodeURIComponent(file)}`)
  return window
}

/** The areas that windows can use, the main display's first. */
function displayAreas() {
  const main = screen.getPrimaryDisplay()
  const others = screen.getAllDisplays().filter(({ id }) => id !== main.id)
  return [main, ...others].map(({ workArea }) => workArea)
}
