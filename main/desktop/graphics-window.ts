import { join } from 'node:path'
import { BrowserWindow, type MessagePortMain } from 'electron'
import type { FromGraphics } from '../contract/graphics'
import { pageOrigin } from './security'

/** The hidden window whose WebGPU computes for job processes, where Dawn of their own fails. */
export interface GraphicsWindow {
  /** Gives its page the port of a job process; opens the window where there is none. */
  connect(port: MessagePortMain): void
  close(): void
}

function refuse(port: MessagePortMain): void {
  port.postMessage({ say: 'missing', reason: 'The window that computes for it has ended.' } satisfies FromGraphics)
  port.close()
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
    const forget = () => {
      if (window === opened) window = null
    }
    opened.on('closed', forget)
    loaded = new Promise((resolve, reject) => {
      const fail = (reason: unknown) => {
        forget()
        reject(reason)
        opened.destroy()
      }
      opened.webContents.on('render-process-gone', (_, { reason }) => fail(new Error(reason)))
      opened.loadURL(`${pageOrigin}/graphics.html`).then(resolve, fail)
    })
    return opened
  }

  return {
    connect(port) {
      window ??= open()
      const { webContents } = window
      loaded.then(() => webContents.postMessage('graphics-port', null, [port])).catch(() => refuse(port))
    },
    close: () => window?.close(),
  }
}
