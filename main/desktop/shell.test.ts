import { join, resolve } from 'node:path'
import { beforeAll, expect, test, vi } from 'vitest'
import { pageUrl } from './security'
import * as electron from './testing/electron'

vi.mock('electron', () => import('./testing/electron'))

const root = resolve(import.meta.dirname, '../..')
const posted: unknown[][] = []
const senderFrame = { url: pageUrl, parent: null, postMessage: (...message: unknown[]) => posted.push(message) }
const fromPage = { senderFrame }
const fromElsewhere = { senderFrame: { ...senderFrame, url: 'https://evil.example/' } }

const engines = () => electron.forked.filter(({ entry }) => entry.endsWith('engine.js'))
const jobs = () => electron.forked.filter(({ entry }) => entry.endsWith('job.js'))
const messages = (child: electron.StandInProcess) => child.received.map(({ message }) => message)
const window = () => electron.BrowserWindow.opened[0]

// The tests follow one program from its start to its end.
beforeAll(async () => {
  process.argv = ['electron', root, '/data/a b.csv', '--workspace=/films']
  await import('../desktop')
  await vi.waitUntil(() => electron.BrowserWindow.opened.length > 0)
})

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

test('the window is shown when there is something to see', () => {
  expect(window().did).toEqual([])
  window().emit('ready-to-show')
  expect(window().did).toEqual(['show'])
})

test('one engine opens the workspace', () => {
  expect(engines()).toHaveLength(1)
  expect(messages(engines()[0])).toEqual([{ kind: 'open', workspace: '/films' }])
})

test('the page gets a port to the engine, and nobody else does', () => {
  electron.ipcMain.emit('engine-port', fromElsewhere)
  electron.ipcMain.emit('engine-port', { senderFrame: null })
  electron.ipcMain.emit('engine-port', { senderFrame: { ...senderFrame, parent: {} } })
  expect(posted).toEqual([])
  expect(messages(engines()[0])).toHaveLength(1)
  electron.ipcMain.emit('engine-port', fromPage)
  expect(posted).toEqual([['engine-port', null, [expect.any(Object)]]])
  expect(engines()[0].received[1]).toEqual({ message: { kind: 'window' }, ports: [expect.any(Object)] })
})

test('the page may ask for a file, and nobody else', async () => {
  const ask = electron.ipcMain.handlers.get('choose-file')!
  electron.dialog.chosen = ['/data/ratings.csv']
  expect(await ask(fromPage)).toBe('/data/ratings.csv')
  expect(await ask(fromElsewhere)).toBeNull()
  electron.dialog.chosen = []
  expect(await ask(fromPage)).toBeNull()
})

test('the page can ask for nothing else', () => {
  expect([...electron.ipcMain.handlers.keys(), ...electron.ipcMain.eventNames()]).toEqual([
    'choose-file',
    'engine-port',
  ])
})

test('the menu opens a file', async () => {
  const open = electron.Menu.template.flatMap(({ submenu }) => submenu ?? []).find(({ click }) => click)
  electron.dialog.chosen = ['/data/ratings.csv']
  await open?.click?.()
  expect(window().webContents.sent.splice(0)).toEqual([['open-file', '/data/ratings.csv']])
  electron.dialog.chosen = []
  await open?.click?.()
  expect(window().webContents.sent).toEqual([])
})

test('a second instance hands over its file and brings the window up', () => {
  expect(electron.app.lockData).toEqual({ file: '/data/a b.csv', workspace: '/films' })
  electron.app.emit('second-instance', {}, [], '/', { file: '/data/u.data', workspace: '/films' })
  electron.app.emit('second-instance', {}, [], '/', { file: null, workspace: '/films' })
  expect(window().webContents.sent.splice(0)).toEqual([['open-file', '/data/u.data']])
  expect(window().did.slice(1, 3)).toEqual(['restore', 'focus'])
})

test('job processes are started for the engine, which gets their port, and are ended by it', () => {
  const engine = engines()[0]
  engine.emit('message', { kind: 'spawn', id: 7 })
  const [job] = jobs()
  expect(job.received).toEqual([])
  job.emit('spawn')
  expect(job.received).toEqual([{ message: null, ports: [expect.any(Object)] }])
  const told = engine.received.at(-1)!
  expect(told).toEqual({ message: { kind: 'spawned', id: 7, pid: job.pid }, ports: [expect.any(Object)] })
  engine.emit('message', { kind: 'kill', id: 7 })
  expect(job.kills).toBe(1)
  job.emit('exit', 15)
  expect(messages(engine).at(-1)).toEqual({ kind: 'exited', id: 7, code: 15 })
})

test('a job that is cancelled before its process runs ends as soon as it does', () => {
  engines()[0].emit('message', { kind: 'spawn', id: 8 })
  const job = jobs()[1]
  engines()[0].emit('message', { kind: 'kill', id: 8 })
  const killsBefore = job.kills
  job.emit('spawn')
  expect(job.kills).toBe(killsBefore + 1)
  expect(job.received).toEqual([])
})

test('an engine that crashes takes its jobs along and is started again where the user wants it', () => {
  engines()[0].emit('message', { kind: 'spawn', id: 9 })
  jobs()[2].emit('spawn')
  electron.dialog.pressed = 0
  engines()[0].emit('exit', 139)
  expect(jobs()[2].kills).toBe(1)
  expect(electron.dialog.shown.splice(0)).toEqual(['The engine ended with code 139. What was saved is safe.'])
  expect(engines()).toHaveLength(2)
  expect(messages(engines()[1])).toEqual([{ kind: 'open', workspace: '/films' }])
  expect(window().reloads).toBe(1)
})

test('a workspace that cannot be opened is said, and ends the program', () => {
  engines()[1].emit('message', { kind: 'failed', message: 'Process 7 owns it.' })
  expect(electron.dialog.shown.splice(0)).toEqual(['TopN cannot open its workspace: Process 7 owns it.'])
  expect(electron.app.did).toContain('exit 1')
})

test('quitting waits until the engine has closed the workspace', async () => {
  electron.app.emit('window-all-closed')
  expect(messages(engines()[1]).at(-1)).toEqual({ kind: 'close' })
  expect(electron.app.did).not.toContain('quit')
  engines()[1].emit('exit', 0)
  await vi.waitUntil(() => electron.app.did.includes('quit'))
  expect(electron.dialog.shown).toEqual([])
  expect(engines()).toHaveLength(2)
})
