import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { app, type BrowserWindow, dialog, ipcMain, Menu, MessageChannelMain, protocol, session, shell } from 'electron'
import { type DesktopArguments, readDesktopArguments } from './desktop/arguments'
import { type EngineProcess, startEngine } from './desktop/engine-process'
import { createMenu } from './desktop/menu'
import { createProtocolHandler } from './desktop/protocol'
import { isTrustedSender, lockDown } from './desktop/security'
import { openWindow } from './desktop/window'

// The desktop door: a window, dialogs and processes. Everything else is the engine's and the page's.

const mainFolder = fileURLToPath(new URL('.', import.meta.url))
const built = (name: string) => join(mainFolder, '..', name)
const started = readDesktopArguments(process.argv.slice(app.isPackaged ? 1 : 2), process.cwd())

let window: BrowserWindow | null = null
/** Null before the start and once the program quits. */
let engine: EngineProcess | null = null

protocol.registerSchemesAsPrivileged([
  { scheme: 'app', privileges: { standard: true, secure: true, supportFetchAPI: true, stream: true } },
])
lockDown(
  app,
  () => session.defaultSession,
  (url) => void shell.openExternal(url),
)

// The first instance is told what the second was started with, since Chromium adds to the words of its command line.
if (app.requestSingleInstanceLock({ ...started })) void app.whenReady().then(open)
else app.quit()

app.on('second-instance', (_event, _words, _folder, second) => {
  if (window?.isMinimized()) window.restore()
  window?.focus()
  showFile((second as DesktopArguments).file)
})
app.on('window-all-closed', () => app.quit())
app.on('will-quit', (event) => {
  if (!engine) return
  event.preventDefault()
  const closing = engine.close()
  engine = null
  void closing.then(() => app.quit())
})

function open() {
  protocol.handle('app', createProtocolHandler(built('renderer'), join(started.workspace, 'exports')))
  ipcMain.on('engine-port', (event) => {
    if (!isTrustedSender(event)) return
    const { port1, port2 } = new MessageChannelMain()
    engine?.connect(port1)
    event.senderFrame?.postMessage('engine-port', null, [port2])
  })
  ipcMain.handle('choose-file', (event) => (isTrustedSender(event) ? chooseFile() : null))
  Menu.setApplicationMenu(createMenu(async () => showFile(await chooseFile())))
  start()
  window = openWindow(built('preload'), started.file)
}

async function chooseFile(): Promise<string | null> {
  if (!window) return null
  const { filePaths } = await dialog.showOpenDialog(window, { properties: ['openFile'] })
  return filePaths[0] ?? null
}

function showFile(file: string | null) {
  if (file !== null) window?.webContents.send('open-file', file)
}

/** Starts the engine, and offers to start it again where it ends by itself: what it acknowledged is on disk. */
function start() {
  engine = startEngine(mainFolder, started.workspace, {
    onFailure(message) {
      dialog.showErrorBox('TopN cannot open its workspace', message)
      app.exit(1)
    },
    onExit(code) {
      if (!engine) return
      engine = null
      const question = {
        message: `The engine ended with code ${code}. What was saved is safe.`,
        buttons: ['Start it again', 'Quit'],
      }
      if (dialog.showMessageBoxSync({ type: 'error', ...question }) !== 0) return app.quit()
      start()
      window?.reload()
    },
  })
}
