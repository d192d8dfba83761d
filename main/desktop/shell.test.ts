import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { homedir, tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { pageUrl } from './security'
import * as electron from './testing/electron'
import { engine, engines, item, jobs, messages, recent, sent, shown, window } from './testing/program'

vi.mock('electron', () => import('./testing/electron'))

const root = resolve(import.meta.dirname, '../..')
const userData = mkdtempSync(join(tmpdir(), 'topn-user-data-'))
const settingsFile = join(userData, 'desktop.json')
const posted: unknown[][] = []
const senderFrame = { url: pageUrl, parent: null, postMessage: (...message: unknown[]) => posted.push(message) }
const fromPage = { senderFrame }
const fromElsewhere = { senderFrame: { ...senderFrame, url: 'https://evil.example/' } }

// The tests follow one program from its start to its end.
beforeAll(async () => {
  const bounds = { x: 40, y: 60, width: 1200, height: 800 }
  writeFileSync(settingsFile, JSON.stringify({ window: { bounds, isMaximized: true }, recentFiles: ['/data/u.data'] }))
  electron.app.userData = userData
  process.argv = ['electron', root, '/data/a b.csv', '--workspace=/films']
  await import('../desktop')
  await vi.waitUntil(() => electron.BrowserWindow.opened.length > 0)
})
afterAll(() => rmSync(userData, { recursive: true }))

test('the page is sandboxed, isolated and without Node', () => {
  expect(window().options.webPreferences).toEqual({
    preload: join(root, 'preload', 'index.cjs'),
    sandbox: true,
    contextIsolation: true,
    nodeIntegration: false,
    webSecurity: true,
  })
  expect(electron.app.did).toContain('sandbox')
})

test('it is on its own scheme, which is standard and secure and passes no policy by', () => {
  expect(electron.schemes).toEqual([
    { scheme: 'app', privileges: { standard: true, secure: true, supportFetchAPI: true, stream: true } },
  ])
  expect([...electron.handled.keys()]).toEqual(['app'])
})

test('the file that the program was started with is opened', () => {
  expect(window().url).toBe(`${pageUrl}#/data?open=%2Fdata%2Fa%20b.csv`)
})

test('the window opens where it was left, and is shown when there is something to see', () => {
  expect(window().options).toMatchObject({ x: 40, y: 60, width: 1200, height: 800 })
  expect(window().did).toEqual([])
  window().emit('ready-to-show')
  expect(window().did.splice(0)).toEqual(['maximize', 'show'])
})

test('one engine opens the workspace', () => {
  expect(engines()).toHaveLength(1)
  expect(messages(engine())).toEqual([{ kind: 'open', workspace: '/films' }])
})

test('the page gets a port to the engine, and nobody else does', () => {
  electron.ipcMain.emit('engine-port', fromElsewhere)
  electron.ipcMain.emit('engine-port', { senderFrame: null })
  electron.ipcMain.emit('engine-port', { senderFrame: { ...senderFrame, parent: {} } })
  expect(posted).toEqual([])
  expect(messages(engine())).toHaveLength(1)
  electron.ipcMain.emit('engine-port', fromPage)
  expect(posted).toEqual([['engine-port', null, [expect.any(Object)]]])
  expect(engine().received[1]).toEqual({ message: { kind: 'window' }, ports: [expect.any(Object)] })
})

test.each([
  ['choose-file', ['openFile']],
  ['choose-folder', ['openDirectory', 'createDirectory']],
])('the page may %s, and nobody else', async (name, properties) => {
  const ask = electron.ipcMain.handlers.get(name)!
  electron.dialog.chosen = ['/data/ratings.csv']
  expect(await ask(fromPage)).toBe('/data/ratings.csv')
  expect(electron.dialog.wanted.splice(0)).toEqual(properties)
  expect(await ask(fromElsewhere)).toBeNull()
  expect(electron.dialog.wanted).toEqual([])
  electron.dialog.chosen = []
  expect(await ask(fromPage)).toBeNull()
  electron.dialog.wanted = []
})

test('the page can ask for nothing else', () => {
  expect([...electron.ipcMain.handlers.keys(), ...electron.ipcMain.eventNames()].sort()).toEqual([
    'choose-file',
    'choose-folder',
    'engine-port',
    'file-taken',
  ])
})

test('files that were opened, chosen or dropped are offered again, the latest first', () => {
  electron.ipcMain.emit('file-taken', fromElsewhere, '/etc/passwd')
  electron.ipcMain.emit('file-taken', fromPage, { path: '/etc/passwd' })
  electron.ipcMain.emit('file-taken', fromPage, '/data/black & white.csv')
  expect(recent()).toEqual(['black && white.csv', 'ratings.csv', 'a b.csv', 'u.data', 'Clear the List'])
  expect(electron.app.recentDocuments).toEqual(['/data/a b.csv', '/data/ratings.csv', '/data/black & white.csv'])
  item('File', 'Open Recent').submenu![3].click!()
  expect(sent()).toEqual([['open-file', '/data/u.data']])
  expect(recent()[0]).toBe('u.data')
})

test('the list of recent files can be cleared', () => {
  item('File', 'Open Recent').submenu!.at(-1)!.click!()
  expect(recent()).toEqual(['Clear the List'])
  expect(item('File', 'Open Recent').enabled).toBe(false)
  expect(electron.app.recentDocuments).toEqual([])
})

test('the menu opens a file', async () => {
  const open = item('File', 'Open...')
  electron.dialog.chosen = ['/data/ratings.csv']
  await open.click!()
  expect(sent()).toEqual([['open-file', '/data/ratings.csv']])
  electron.dialog.chosen = []
  await open.click!()
  expect(sent()).toEqual([])
})

test("the menu sets off the page's commands", () => {
  item('Go', 'Compare').click!()
  item('Edit', 'Undo').click!()
  expect(sent()).toEqual([
    ['command', 'goCompare'],
    ['command', 'undo'],
  ])
})

test('a second instance hands over its file and brings the window up', () => {
  expect(electron.app.lockData).toEqual({ file: '/data/a b.csv', workspace: '/films' })
  electron.app.emit('second-instance', {}, [], '/', { file: '/data/u.data', workspace: '/films' })
  electron.app.emit('second-instance', {}, [], '/', { file: null, workspace: null })
  expect(sent()).toEqual([['open-file', '/data/u.data']])
  expect(window().did.splice(0)).toEqual(['restore', 'focus', 'restore', 'focus'])
  expect(shown()).toEqual([])
})

test('a second instance for another workspace is told that this one stays open', () => {
  electron.app.emit('second-instance', {}, [], '/', { file: null, workspace: '/books' })
  expect(shown()).toEqual([
    'TopN is already open, so /books was not opened. The open workspace is /films. Choose File > Open Workspace to change to another one.',
  ])
})

test('a Mac hands over files by an event of its own', () => {
  let isTaken = false
  const preventDefault = () => {
    isTaken = true
  }
  electron.app.emit('open-file', { preventDefault }, '/data/mac.csv')
  expect(isTaken).toBe(true)
  expect(sent()).toEqual([['open-file', '/data/mac.csv']])
})

test('the user chooses where an export is saved; other downloads are refused', () => {
  const download = (url: string) => {
    let isRefused = false
    const preventDefault = () => {
      isRefused = true
    }
    const options: unknown[] = []
    const listeners: ((event: object, state: string) => void)[] = []
    electron.session.defaultSession.emit(
      'will-download',
      { preventDefault },
      {
        getURL: () => url,
        getFilename: () => 'lists.parquet',
        setSaveDialogOptions: (given: unknown) => options.push(given),
        once: (_name: string, listener: (event: object, state: string) => void) => listeners.push(listener),
      },
    )
    return { isRefused, options, end: (state: string) => listeners[0]({}, state) }
  }
  for (const url of ['app://topn/files/download?path=x', 'blob:app://topn/0c1d']) {
    const { isRefused, options, end } = download(url)
    expect(isRefused).toBe(false)
    expect(options).toEqual([{ title: 'Save the export', defaultPath: join('/home/downloads', 'lists.parquet') }])
    end('completed')
    end('cancelled')
    expect(shown()).toEqual([])
    end('interrupted')
    expect(shown()).toEqual([expect.stringContaining('lists.parquet could not be saved')])
  }
  for (const url of ['https://example.com/a.exe', 'blob:https://example.com/0c1d', 'data:text/html,x', 'file:///x']) {
    const { isRefused, options } = download(url)
    expect(isRefused).toBe(true)
    expect(options).toEqual([])
  }
})

test('job processes are started for the engine, which gets their port, and are ended by it', () => {
  engine().emit('message', { kind: 'spawn', id: 7 })
  const [job] = jobs()
  expect(job.received).toEqual([])
  job.emit('spawn')
  expect(job.received).toEqual([{ message: null, ports: [expect.any(Object)] }])
  const told = engine().received.at(-1)!
  expect(told).toEqual({ message: { kind: 'spawned', id: 7, pid: job.pid }, ports: [expect.any(Object)] })
  engine().emit('message', { kind: 'kill', id: 7 })
  expect(job.kills).toBe(1)
  job.emit('exit', 15)
  expect(messages(engine()).at(-1)).toEqual({ kind: 'exited', id: 7, code: 15 })
})

test('a job that is cancelled before its process runs ends as soon as it does', () => {
  engine().emit('message', { kind: 'spawn', id: 8 })
  const job = jobs()[1]
  engine().emit('message', { kind: 'kill', id: 8 })
  const killsBefore = job.kills
  job.emit('spawn')
  expect(job.kills).toBe(killsBefore + 1)
  expect(job.received).toEqual([])
})

test('a job that computes on the graphics card gets a port to a hidden window on the page of its own', async () => {
  engine().emit('message', { kind: 'spawn', id: 90 })
  const job = jobs().at(-1)!
  job.emit('spawn')
  job.emit('message', 'graphics')
  expect(job.received.at(-1)).toEqual({ message: null, ports: [expect.any(Object)] })
  const hidden = electron.BrowserWindow.opened[1]
  expect(hidden.url).toBe('app://topn/graphics.html')
  expect(hidden.options).toMatchObject({
    show: false,
    webPreferences: { sandbox: true, contextIsolation: true, nodeIntegration: false, backgroundThrottling: false },
  })
  await vi.waitUntil(() => hidden.webContents.posted.length > 0)
  expect(hidden.webContents.posted).toEqual([['graphics-port', null, [expect.any(Object)]]])
  job.emit('message', 'graphics')
  expect(electron.BrowserWindow.opened).toHaveLength(2)
  hidden.close()
  job.emit('exit', 0)
})

test('an engine that crashes takes its jobs along, shows its log, and is started again where the user wants it', () => {
  engine().emit('message', { kind: 'spawn', id: 9 })
  jobs()[3].emit('spawn')
  electron.dialog.pressed = ['Show the log', 'Start it again']
  engine().emit('exit', 139)
  expect(jobs()[3].kills).toBe(1)
  const told = `The engine ended with code 139. What was saved is safe. Its log is in ${join('/films', 'logs')}.`
  expect(shown()).toEqual([told, told])
  expect(electron.shell.opened.splice(0)).toEqual([join('/films', 'logs')])
  expect(engines()).toHaveLength(2)
  expect(messages(engine())).toEqual([{ kind: 'open', workspace: '/films' }])
  expect(window().reloads).toBe(1)
})

test('the shell follows the page to another workspace', () => {
  engine().emit('message', { kind: 'workspace', path: '/books' })
  item('Help', 'Show the Logs').click!()
  expect(electron.shell.opened.splice(0)).toEqual([join('/books', 'logs')])
})

test('the engine is restarted from the menu, on the workspace that is open', async () => {
  const before = engine()
  item('Help', 'Restart the Engine').click!()
  expect(messages(before).at(-1)).toEqual({ kind: 'close' })
  before.emit('exit', 0)
  await vi.waitUntil(() => engines().length === 3)
  expect(messages(engine())).toEqual([{ kind: 'open', workspace: '/books' }])
  expect(window().reloads).toBe(2)
  expect(shown()).toEqual([])
})

test('a workspace that cannot be opened is said, and ends the program', () => {
  engine().emit('message', { kind: 'failed', message: 'Process 7 owns it.' })
  expect(shown()).toEqual(['TopN cannot open its workspace: Process 7 owns it.'])
  expect(electron.app.did).toContain('exit 1')
})

test('neither quitting, closing nor restarting ends work under way without asking', () => {
  engine().emit('message', { kind: 'work', titles: ['Train ials-1', 'Train ials-2'] })
  const keepWorking = [
    () => electron.app.quit(),
    () => window().close(),
    () => item('Help', 'Restart the Engine').click!(),
  ]
  for (const end of keepWorking) {
    electron.dialog.pressed = ['Keep working']
    end()
    expect(shown()).toEqual([
      'TopN is still working: Train ials-1, Train ials-2. Work that is cancelled starts from its beginning. What is finished is saved.',
    ])
    expect(window().isOpen).toBe(true)
    expect(messages(engine())).toHaveLength(1)
  }
})

test('quitting waits until the engine has closed the workspace, and remembers window and files', async () => {
  electron.dialog.pressed = ['Cancel it and quit']
  electron.app.quit()
  expect(shown()).toHaveLength(1)
  expect(window().isOpen).toBe(false)
  expect(messages(engine()).at(-1)).toEqual({ kind: 'close' })
  expect(electron.app.did).not.toContain('quit')
  engine().emit('exit', 0)
  await vi.waitUntil(() => electron.app.did.includes('quit'))
  expect(shown()).toEqual([])
  expect(engines()).toHaveLength(3)
  expect(JSON.parse(readFileSync(settingsFile, 'utf8'))).toEqual({
    window: { bounds: { x: 40, y: 60, width: 1200, height: 800 }, isMaximized: false },
    recentFiles: ['/data/mac.csv', '/data/u.data', '/data/ratings.csv'],
  })
})

test('where no workspace is named it is the folder TopN of the user', async () => {
  vi.resetModules()
  electron.app.removeAllListeners()
  process.argv = ['electron', root]
  const before = engines().length
  await import('../desktop')
  await vi.waitUntil(() => engines().length > before)
  expect(messages(engine())).toEqual([{ kind: 'open', workspace: join(homedir(), 'TopN') }])
})
