import { homedir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { app, type BrowserWindow, dialog, ipcMain, Menu, MessageChannelMain, protocol, session, shell } from 'electron'
import { type DesktopArguments, readDesktopArguments } from './desktop/arguments'
import { askAfterCrash, choosePath, mayCancel, sayOtherWorkspace } from './desktop/dialogs'
import { followDownloads } from './desktop/downloads'
import { type EngineProcess, startEngine } from './desktop/engine-process'
import { createGraphicsWindow } from './desktop/graphics-window'
import { createMenu } from './desktop/menu'
import { createProtocolHandler } from './desktop/protocol'
import { isTrustedSender, lockDown } from './desktop/security'
import { openSettings, type SettingsFile, withRecentFile } from './desktop/settings'
import { type Texts, textsFor } from './desktop/texts'
import { openWindow } from './desktop/window'

// The desktop door: a window, dialogs and processes. Everything else is the engine's and the page's.

const mainFolder = fileURLToPath(new URL('.', import.meta.url))
const built = (name: string) => join(mainFolder, '..', name)
const started = readDesktopArguments(process.argv.slice(app.isPackaged ? 1 : 2), process.cwd())

let workspace = started.workspace ?? join(homedir(), 'TopN')
/** A file that was handed over before there was a window. */
let waitingFile = started.file
let window: BrowserWindow | null = null
let engine: EngineProcess | null = null
let settings: SettingsFile
let texts: Texts
let hasEnded = false
const graphics = createGraphicsWindow(built('preload'))

const inWorkspace = (name: string) => join(workspace, name)

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
  const { file, workspace: wanted } = second as DesktopArguments
  if (window?.isMinimized()) window.restore()
  window?.focus()
  if (file !== null) openFile(file)
  if (window && wanted !== null && wanted !== workspace) sayOtherWorkspace(window, texts, workspace, wanted)
})
// How a Mac hands over a file, maybe before the program is ready.
app.on('open-file', (event, file) => {
  event.preventDefault()
  openFile(file)
})
app.on('window-all-closed', () => app.quit())
app.on('will-quit', (event) => {
  if (hasEnded) return
  hasEnded = true
  event.preventDefault()
  void Promise.all([engine?.close(), settings?.saved()]).then(() => app.quit())
})

function open() {
  settings = openSettings(join(app.getPath('userData'), 'desktop.json'))
  texts = textsFor(app.getLocale())
  protocol.handle(
    'app',
    createProtocolHandler(built('renderer'), () => inWorkspace('exports')),
  )
  followDownloads(session.defaultSession, {
    title: texts.saveTitle,
    folder: app.getPath('downloads'),
    onFailure: (name) => dialog.showErrorBox('TopN', texts.saveFailed(name)),
  })
  hearPage()
  start()
  window = openWindow({
    preloadFolder: built('preload'),
    file: waitingFile,
    saved: settings.current.window,
    mayClose: () => mayEndEngine(texts.cancelAndQuit),
    onClosed: (state) => settings.change({ window: state }),
  })
  window.on('closed', () => {
    window = null
    // A window that nobody sees must not keep the program running.
    graphics.close()
  })
  if (waitingFile !== null) remember(waitingFile)
  else showMenu()
}

/** Answers the messages of the page, and of nobody else. */
function hearPage() {
  ipcMain.on('engine-port', (event) => {
    if (!isTrustedSender(event)) return
    const { port1, port2 } = new MessageChannelMain()
    engine?.connect(port1)
    event.senderFrame?.postMessage('engine-port', null, [port2])
  })
  ipcMain.on('file-taken', (event, file: unknown) => {
    if (isTrustedSender(event) && typeof file === 'string') remember(file)
  })
  ipcMain.handle('choose-file', async (event) => {
    const file = isTrustedSender(event) && window ? await choosePath(window, 'file') : null
    if (file !== null) remember(file)
    return file
  })
  ipcMain.handle('choose-folder', (event) => (isTrustedSender(event) && window ? choosePath(window, 'folder') : null))
}

function showMenu() {
  const state = { recentFiles: settings.current.recentFiles, isDevelopment: !app.isPackaged }
  const menu = createMenu(texts, state, {
    command: (id) => window?.webContents.send('command', id),
    async chooseFile() {
      const file = window && (await choosePath(window, 'file'))
      if (file) openFile(file)
    },
    openFile,
    clearRecent() {
      app.clearRecentDocuments()
      settings.change({ recentFiles: [] })
      showMenu()
    },
    restartEngine: () => void restartEngine(),
    showLogs: () => void shell.openPath(inWorkspace('logs')),
  })
  Menu.setApplicationMenu(menu)
}

/** Shows a data file in the window, or in the one that opens next. */
function openFile(file: string) {
  if (!window) {
    waitingFile = file
    return
  }
  window.webContents.send('open-file', file)
  remember(file)
}

function remember(file: string) {
  app.addRecentDocument(file)
  settings.change({ recentFiles: withRecentFile(settings.current.recentFiles, file) })
  showMenu()
}

/** Starts the engine, and offers to start it again where it ends by itself: what it acknowledged is on disk. */
function start() {
  engine = startEngine(mainFolder, workspace, {
    onFailure(message) {
      dialog.showErrorBox(texts.cannotOpen, message)
      app.exit(1)
    },
    onWorkspace(path) {
      workspace = path
    },
    onGraphics: (port) => graphics.connect(port),
    onCrash,
  })
}

function onCrash(code: number) {
  engine = null
  const logs = inWorkspace('logs')
  let choice = askAfterCrash(texts, code, logs)
  while (choice === 'showLog') {
    void shell.openPath(logs)
    choice = askAfterCrash(texts, code, logs)
  }
  if (choice === 'quit') return app.quit()
  start()
  window?.reload()
}

async function restartEngine() {
  if (!mayEndEngine(texts.cancelAndRestart)) return
  const ending = engine?.close()
  engine = null
  await ending
  start()
  window?.reload()
}

/** Asks where work is under way; `end` says what would end it. */
function mayEndEngine(end: string): boolean {
  return !engine || engine.work.length === 0 || !window || mayCancel(window, texts, engine.work, end)
}
