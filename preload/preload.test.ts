import { beforeAll, expect, test, vi } from 'vitest'
import { type DesktopBridge, enginePortMessage } from './bridge'

const electron = vi.hoisted(() => ({
  exposed: new Map<string, unknown>(),
  sent: [] as unknown[][],
  listeners: new Map<string, (event: { ports: unknown[] }, ...rest: unknown[]) => void>(),
}))

vi.mock('electron', () => ({
  contextBridge: { exposeInMainWorld: (name: string, value: unknown) => electron.exposed.set(name, value) },
  ipcRenderer: {
    send: (...message: unknown[]) => electron.sent.push(message),
    invoke: async (...message: unknown[]) => electron.sent.push(message),
    on: (name: string, listener: never) => electron.listeners.set(name, listener),
  },
  // A file that the page made itself has no path.
  webUtils: { getPathForFile: ({ name }: File) => (name === 'made.csv' ? '' : `/data/${name}`) },
}))

const posted: unknown[][] = []
const location = { origin: 'app://topn', hash: '' }

beforeAll(async () => {
  vi.stubGlobal('location', location)
  vi.stubGlobal('window', { postMessage: (...message: unknown[]) => posted.push(message) })
  await import('./index')
})

const bridge = () => electron.exposed.get('topn') as DesktopBridge

test('the page gets five functions, and nothing of Electron', async () => {
  expect([...electron.exposed.keys()]).toEqual(['topn'])
  expect(Object.keys(bridge()).sort()).toEqual([
    'chooseFile',
    'chooseFolder',
    'onCommand',
    'pathOf',
    'requestEnginePort',
  ])
  bridge().requestEnginePort()
  await bridge().chooseFile()
  await bridge().chooseFolder()
  expect(electron.sent.splice(0)).toEqual([['engine-port'], ['choose-file'], ['choose-folder']])
})

test('a file that was dropped is told to the menu', () => {
  expect(bridge().pathOf({ name: 'ratings.csv' } as File)).toBe('/data/ratings.csv')
  expect(bridge().pathOf({ name: 'made.csv' } as File)).toBe('')
  expect(electron.sent.splice(0)).toEqual([['file-taken', '/data/ratings.csv']])
})

test('a port goes to the page of the own origin alone', () => {
  const port = {}
  electron.listeners.get('engine-port')?.({ ports: [port] })
  expect(posted).toEqual([[enginePortMessage, 'app://topn', [port]]])
})

test('a file to open becomes an address that the page understands', () => {
  electron.listeners.get('open-file')?.({ ports: [] }, '/data/a b&c.csv')
  expect(location.hash).toBe('#/data?open=%2Fdata%2Fa%20b%26c.csv')
})

test('commands of the menu reach the page until it ends to listen', () => {
  const heard: string[] = []
  const choose = (id: string) => electron.listeners.get('command')?.({ ports: [] }, id)
  const stop = bridge().onCommand((id) => heard.push(id))
  choose('goTrain')
  choose('undo')
  expect(heard).toEqual(['goTrain', 'undo'])
  stop()
  choose('goData')
  expect(heard).toEqual(['goTrain', 'undo'])
})
