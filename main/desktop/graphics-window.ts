import { join } from 'node:path'
import { BrowserWindow, type MessagePortMain } from 'electron'
import { pageOrigin } from './security'

/** The hidden window whose WebGPU computes for job processes, where Dawn of their own fails. */
export interface GraphicsWindow {
  /** Gives its page the port of a job process; opens the window where there is none. */
  connect(port: MessagePortMain): void
  close(): void
}

export function createGraphicsWindow(preloadFolder: string): GraphicsWindow {
  let window: BrowserWindow | null = null
  let loaded: Promise<void> = Promise.resolve()

  function open(): BrowserWindow {
    const opened = new BrowserWindow({
      show: false,
      webPreferences: {
        preload: join(preloadFolder, 'index.cjs'),
        sandbox: true,
        contextIsolation: true,
        nodeIntegration: false,
        webSecurity: true,
        // It is never seen, and must compute all the same.
        backgroundThrottling: false,
      },
    })
    opened.on('closed', () => {
      window = null
    })
    loaded = opened.loadURL(`${pageOrigin}/graphics.html`)
    return opened
  }

  return {
    connect(port) {
      window ??= open()
      const { webContents } = window
      void loaded.then(() => webContents.postMessage('graphics-port', null, [port]))
    },
    close: () => window?.close(),
  }
}
