import { MessageChannel } from 'node:worker_threads'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { portChannel } from '../main/link/port'
import { serveEngine } from '../main/link/serve-engine'
import { enginePortMessage } from '../preload/bridge'

/** The parts of a browser's page that are used, with what was done to them. */
function standIn(hash: string, topn?: object) {
  const page = new EventTarget()
  const address = { pathname: '/', href: `http://127.0.0.1:8123/${hash}`, hash }
  const seen = { requests: [] as unknown[][], address: [] as unknown[], sockets: [] as string[], events: 0 }
  vi.stubGlobal('window', Object.assign(page, { topn }))
  vi.stubGlobal('location', address)
  vi.stubGlobal('addEventListener', page.addEventListener.bind(page))
  vi.stubGlobal('removeEventListener', page.removeEventListener.bind(page))
  vi.stubGlobal('HashChangeEvent', Event)
  vi.stubGlobal('dispatchEvent', () => seen.events++)
  vi.stubGlobal('history', { replaceState: (_state: null, _title: string, url: string) => seen.address.push(url) })
  /** A socket that opens, or is refused. */
  const openSockets = (isOpened: boolean) =>
    vi.stubGlobal(
      'WebSocket',
      class extends EventTarget {
        readyState = 1
        OPEN = 1
        constructor(url: string) {
          super()
          seen.sockets.push(url)
          const event = isOpened ? new Event('open') : Object.assign(new Event('close'), { code: 1006, reason: '' })
          queueMicrotask(() => this.dispatchEvent(event))
        }
        close() {}
      },
    )
  const answer = (status: number, text: string) =>
    vi.stubGlobal('fetch', async (...request: unknown[]) => {
      seen.requests.push(request)
      return new Response(status === 204 ? null : text, { status })
    })
  return { page, seen, openSockets, answer }
}

beforeEach(() => vi.resetModules())
afterEach(() => vi.unstubAllGlobals())

describe('in a browser', () => {
  test('the token is exchanged and leaves the address, the file to open stays', async () => {
    const { seen, openSockets, answer } = standIn('#token=secret&open=%2Fdata%2Fa%20b.csv')
    openSockets(true)
    answer(204, '')
    const { connect, host } = await import('./api')
    expect(host.kind).toBe('browser')
    await connect()
    expect(seen.requests).toEqual([['/session', { method: 'POST', body: 'secret' }]])
    expect(seen.address).toEqual(['/#/data?open=%2Fdata%2Fa%20b.csv'])
    expect(seen.events).toBe(1)
    expect(seen.sockets).toEqual(['ws://127.0.0.1:8123/engine'])
  })

  test('without a token, the cookie of before is tried', async () => {
    const { seen, openSockets } = standIn('#/train')
    openSockets(true)
    await (await import('./api')).connect()
    expect(seen.requests).toEqual([])
    expect(seen.address).toEqual([])
    expect(seen.sockets).toEqual(['ws://127.0.0.1:8123/engine'])
  })

  test('a wrong token is said in the words of the server', async () => {
    const { seen, answer } = standIn('#token=wrong')
    answer(403, 'The token is wrong.\n')
    await expect((await import('./api')).connect()).rejects.toMatchObject({ message: 'The token is wrong.' })
    expect(seen.sockets).toEqual([])
  })

  test('a refused socket is said with what to do', async () => {
    const { openSockets } = standIn('')
    openSockets(false)
    await expect((await import('./api')).connect()).rejects.toMatchObject({
      code: 'DISCONNECTED',
      message: expect.stringContaining('Open the address with its token'),
    })
  })

  test('an export is fetched from the server', async () => {
    standIn('')
    const { host } = await import('./api')
    expect(host.downloadUrl('/films/exports/a b.parquet')).toBe(
      '/files/download?path=%2Ffilms%2Fexports%2Fa%20b.parquet',
    )
  })
})

test('on the desktop, calls go through the port that the preload script hands over', async () => {
  const { port1, port2 } = new MessageChannel()
  const service = { call: async (name: string) => name, subscribe: () => () => {} }
  serveEngine(portChannel(port1 as never), service, { info() {}, error() {} })
  const hand = (data: string, ports: unknown[], source: unknown) =>
    page.dispatchEvent(Object.assign(new Event('message'), { data, ports, source }))
  const { page } = standIn('', {
    requestEnginePort() {
      hand(enginePortMessage, ['a forged port'], 'another window')
      hand('something else', ['a forged port'], page)
      hand(enginePortMessage, [port2], page)
    },
    chooseFile: async () => '/data/ratings.csv',
    pathOf: ({ name }: File) => `/data/${name}`,
  })
  const { connect, host } = await import('./api')
  const client = await connect()
  expect(await client.call('models.list', {})).toBe('models.list')
  expect(host.kind).toBe('desktop')
  expect(await host.chooseFile?.()).toBe('/data/ratings.csv')
  expect(await host.uploadFile({ name: 'u.data' } as File, 'batch', () => {})).toBe('/data/u.data')
  client.close()
})
