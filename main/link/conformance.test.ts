import { afterEach, describe, expect, test } from 'vitest'
import { type EngineService, type Event, maximumFrameBytes } from '../contract/calls'
import { TopnError } from '../contract/errors'
import type { Channel } from './channel'
import { connectEngine } from './connect'
import { createRpc } from './rpc'
import { serveEngine } from './serve-engine'
import { type Pair, transports } from './testing/transports'

const quiet = { info() {}, error() {} }

interface Echo {
  echo(value: unknown): Promise<unknown>
}

/** An engine that echoes, fails as it is told, and tells what it is given to tell. */
function createService() {
  const listeners = new Set<(event: Event) => void>()
  const calls: string[] = []
  const service: EngineService = {
    async call(name, input) {
      calls.push(name)
      if (name === 'echo') return input
      if (name === 'fail') throw new TopnError('BAD_DATA', 'ratings.csv, line 7: no.', { file: 'ratings.csv', line: 7 })
      if (name === 'crash') throw new Error('a secret of the engine')
      if (name === 'function') return () => 1
      if (name === 'large') return new Uint8Array(maximumFrameBytes + 1)
      if (name === 'never') return new Promise(() => {})
      throw new TopnError('NOT_FOUND', `There is no call ${name}.`)
    },
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
  const tell = (key: string, message: string) => {
    const value = { id: key, level: 'info' as const, message, data: {} }
    for (const listener of listeners) listener({ name: 'notice', key, value })
  }
  return { service, tell, listeners, calls }
}

describe.each(transports)('the contract over $name', ({ open, hasFrames }) => {
  let pair: Pair
  afterEach(() => pair.dispose())

  async function start() {
    pair = await open()
    const engine = createService()
    serveEngine(pair.server, engine.service, quiet)
    const client = connectEngine(pair.client)
    // The suite calls names that the contract does not have.
    const call = (name: string, input: unknown = {}) => client.call(name as 'models.list', input as object)
    return { ...engine, client, call }
  }

  test.each([
    ['Float32Array', Float32Array.of(1.5, Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, -0.25)],
    ['Float64Array', Float64Array.of(Math.PI, Number.MAX_VALUE, Number.MIN_VALUE)],
    ['Uint32Array', Uint32Array.of(0, 1, 0xffffffff)],
    ['an empty array', new Float32Array(0)],
    ['numbers', [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 2 ** 53, 0.1]],
    ['texts', ['', 'é😀\u202e', '<img onerror=x>', 'line\nbreak\0', '=1+1']],
    ['nothing', [null, undefined, true, {}]],
  ])('carries %s as it is', async (_name, value) => {
    const { call } = await start()
    expect(await call('echo', { value })).toEqual({ value })
  })

  test('carries an array just below the largest frame', async () => {
    const { call } = await start()
    const value = new Float64Array(maximumFrameBytes / 8 - 100).fill(Math.E)
    const answer = (await call('echo', { value })) as unknown as { value: Float64Array }
    expect(answer.value).toBeInstanceOf(Float64Array)
    expect(answer.value.length).toBe(value.length)
    expect(answer.value.at(-1)).toBe(Math.E)
  })

  test('errors arrive with code, sentence and data; others without their text', async () => {
    const { call } = await start()
    await expect(call('fail')).rejects.toMatchObject({
      name: 'TopnError',
      code: 'BAD_DATA',
      message: 'ratings.csv, line 7: no.',
      data: { file: 'ratings.csv', line: 7 },
    })
    const crash = await call('crash').catch((error) => error)
    expect(crash).toMatchObject({ code: 'INTERNAL' })
    expect(JSON.stringify(crash) + crash.message).not.toContain('secret')
  })

  test('an answer that cannot be sent is an error, and the link lives on', async () => {
    const { call } = await start()
    if (hasFrames)
      await expect(call('large')).rejects.toMatchObject({
        code: 'BAD_REQUEST',
        message: expect.stringMatching(/too large/),
      })
    else
      await expect(call('function')).rejects.toMatchObject({
        code: 'BAD_REQUEST',
        message: expect.stringMatching(/cannot be sent/),
      })
    expect(await call('echo', { value: 1 })).toEqual({ value: 1 })
  })

  test.each(['no.call', '__proto__', 'constructor', 'toString', 'then', ''])('refuses the call %j', async (name) => {
    const { call } = await start()
    await expect(call(name)).rejects.toMatchObject({ code: 'NOT_FOUND' })
  })

  test('functions are own properties only', async () => {
    pair = await open()
    createRpc<Echo, object>(pair.server, { echo: async (value) => value }, quiet)
    const remote = createRpc<object, Record<string, () => Promise<unknown>>>(pair.client, {})
    for (const name of ['__proto__', 'constructor', 'hasOwnProperty', 'nothing']) {
      await expect(remote[name]()).rejects.toMatchObject({ code: 'NOT_FOUND' })
    }
  })

  test('a hundred calls at once are told apart', async () => {
    const { call } = await start()
    const answers = await Promise.all(Array.from({ length: 100 }, (_, value) => call('echo', { value })))
    expect(answers).toEqual(Array.from({ length: 100 }, (_, value) => ({ value })))
  })

  test('a slow reader gets the newest of each key, never a queue', async () => {
    pair = await open()
    const { service, tell } = createService()
    serveEngine(pair.server, service, quiet)
    const batches: Event[][] = []
    let goOn = () => {}
    let arrived = () => {}
    const events = async (batch: Event[]) => {
      batches.push(batch)
      arrived()
      await new Promise<void>((resolve) => {
        goOn = resolve
      })
    }
    createRpc(pair.client, { events })
    const next = () =>
      new Promise<void>((resolve) => {
        arrived = resolve
      })
    const first = next()
    tell('a', 'first')
    await first
    for (let count = 1; count <= 10_000; count++) tell(count % 2 ? 'a' : 'b', `number ${count}`)
    const second = next()
    goOn()
    await second
    expect(batches).toHaveLength(2)
    const messages = batches[1].map(({ value }) => (value as { message: string }).message)
    expect(messages.sort()).toEqual(['number 10000', 'number 9999'])
  })

  test('events reach listeners until they unsubscribe', async () => {
    const { client, call, tell } = await start()
    const heard: string[] = []
    const stop = client.subscribe((event) => heard.push(event.key))
    tell('a', '1')
    await call('echo', {})
    stop()
    tell('b', '2')
    await call('echo', {})
    expect(heard).toEqual(['a'])
  })

  test('a disconnect rejects what waits, and says so to both sides', async () => {
    const { client, call, listeners } = await start()
    const waiting = call('never')
    const serverClosed = new Promise<string>((resolve) => pair.server.onClose(resolve))
    client.close()
    await expect(waiting).rejects.toMatchObject({ code: 'DISCONNECTED' })
    await expect(call('echo')).rejects.toMatchObject({ code: 'DISCONNECTED' })
    await client.closed
    await serverClosed
    expect(listeners.size).toBe(0)
  })

  test.each([
    ['nothing', null],
    ['a number', 7],
    ['an unknown kind', { t: 'x', m: 'echo' }],
    ['no arguments', { t: 'q', m: 'call', i: '1' }],
  ])('junk closes the link: %s', async (_name, message) => {
    const { client } = await start()
    const closed = new Promise<string>((resolve) => pair.server.onClose(resolve))
    pair.client.post(message)
    expect(await closed).toMatch(/junk/)
    await client.closed
  })

  test('what follows junk is not listened to', async () => {
    const { client, calls } = await start()
    pair.client.post(null)
    pair.client.post({ t: 'q', m: 'call', i: '1', a: ['echo', {}] })
    await client.closed
    expect(calls).toEqual([])
  })
})

describe('frames of a socket', () => {
  const socket = transports.filter(({ hasFrames }) => hasFrames)

  test.each(socket)('bytes that are no message close it with 1007', async ({ open }) => {
    const pair = await open()
    const reason = closeReason(pair.client, () => createRpc(pair.server, {}, quiet))
    pair.sendRaw(Buffer.from([0xc1, 0xff, 0x00]))
    expect(await reason).toContain('1007')
    await pair.dispose()
  })

  test.each(socket)('text closes it with 1007', async ({ open }) => {
    const pair = await open()
    const reason = closeReason(pair.client, () => createRpc(pair.server, {}, quiet))
    pair.sendRaw('{"t":"q","m":"echo","a":[]}')
    expect(await reason).toContain('1007')
    await pair.dispose()
  })

  test.each(socket)('a frame above the limit closes it with 1009', async ({ open }) => {
    const pair = await open()
    const reason = closeReason(pair.client, () => createRpc(pair.server, {}, quiet))
    pair.sendRaw(Buffer.alloc(maximumFrameBytes + 1))
    expect(await reason).toContain('1009')
    await pair.dispose()
  })

  function closeReason(channel: Channel, serve: () => void): Promise<string> {
    serve()
    return new Promise((resolve) => channel.onClose(resolve))
  }
})
