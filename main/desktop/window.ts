import { join } from 'node:path'
import { BrowserWindow } from 'electron'
import { pageUrl } from './security'

/** The one window: a sandboxed page without Node, on its own scheme. `file` is opened at once. */
export function openWindow(preloadFolder: string, file: string | null): BrowserWindow {
  const window = new BrowserWindow({
    width: 1440,
    height: 900,
    minWidth: 1024,
    minHeight: 640,
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
  window.once('ready-to-show', () => window.show())
  void window.loadURL(file === null ? pageUrl : `${pageUrl}#/data?open=${encodeURIComponent(file)}`)
  return window
}
