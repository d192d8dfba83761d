import { existsSync } from 'node:fs'
import { connect } from 'node:net'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { WebSocket } from 'ws'
import { decodeFrame, encodeFrame } from '../link/frames'
import { startServer } from './server'
import {
  calls,
  cookie,
  exportsFolder,
  folder,
  inboxFolder,
  knock,
  own,
  port,
  send,
  server,
  service,
  speak,
  token,
} from './testing/running-server'

describe('the session', () => {
  test('the printed token has 256 bits and stands in the fragment, which browsers do not send', () => {
    expect(new URL(server.url).hostname).toBe('127.0.0.1')
    expect(Buffer.from(token, 'base64url')).toHaveLength(32)
  })

  test('a right token is exchanged for a cookie that scripts and other sites do not see', async () => {
    const { status, headers } = await send('POST', '/session', own(), token)
    expect(status).toBe(204)
    const [value] = headers['set-cookie'] as string[]
    expect(value).toMatch(new RegExp(`^topn-${port}=[A-Za-z0-9_-]{43}; HttpOnly; SameSite=Strict; Path=/$`))
    expect(value).not.toContain(token)
  })

  test.each([
    ['a wrong token', () => 'x'.repeat(43), 403],
    ['no token', () => '', 403],
    ['a part of the token', () => token.slice(0, -1), 403],
    ['an endless token', () => 'x'.repeat(100_000), 413],
  ])('%s is refused', async (_name, given, status) => {
    expect(await send('POST', '/session', own(), given())).toMatchObject({ status })
  })

  test('a token from another page is refused', async () => {
    for (const origin of ['http://evil.example', 'null', `http://127.0.0.1:${port + 1}`, `https://127.0.0.1:${port}`]) {
      expect(await send('POST', '/session', { origin }, token)).toMatchObject({ status: 403 })
    }
    expect(await send('POST', '/session', {}, token)).toMatchObject({ status: 403 })
  })
})

describe('without the cookie', () => {
  test.each([
    ['GET', '/files/download?path=lists.parquet'],
    ['POST', '/files/upload?name=a.csv'],
    ['GET', '/anything'],
    ['DELETE', '/files/download'],
  ])('%s %s is refused', async (method, path) => {
    expect(await send(method, path, own())).toMatchObject({ status: 401 })
    const value = cookie.split('=')[1]
    for (const given of [`topn-${port}=x`, `topn-${port}=${token}`, `topn-${port + 1}=${value}`, value]) {
      expect(await send(method, path, { ...own(), cookie: given })).toMatchObject({ status: 401 })
    }
    expect(existsSync(inboxFolder)).toBe(false)
  })

  test('the socket is refused', async () => {
    expect(await knock(own())).toBe('401')
    expect(await knock({ ...own(), cookie: `topn-${port}=${token}` })).toBe('401')
    expect(calls).toEqual([])
  })
})

describe('who is answered', () => {
  test.each(['evil.example', 'evil.example:80', '127.0.0.1', '127.0.0.1:1', '127.0.0.1.evil.example'])(
    'a request for host %j is refused, whatever it carries',
    async (host) => {
      for (const path of ['/', '/files/download?path=x']) {
        expect(await send('GET', path, { host, cookie })).toMatchObject({ status: 403 })
      }
      expect(await send('POST', '/session', { host, origin: `http://${host}` }, token)).toMatchObject({ status: 403 })
      expect(await knock({ host, origin: `http://${host}`, cookie })).toBe('403')
    },
  )

  test.each(['1.1\r\nHost:', '1.0'])('a request for no host is refused: HTTP/%j', async (ending) => {
    expect(await speak(`GET / HTTP/${ending}\r\nConnection: close\r\n\r\n`)).toMatch(/^HTTP\/1.1 403/)
  })

  test('localhost is this machine too', async () => {
    expect(await send('GET', '/', { host: `localhost:${port}` })).toMatchObject({ status: 200 })
    expect(await send('GET', '/', { host: `[::1]:${port}` })).toMatchObject({ status: 200 })
  })

  test.each([undefined, 'http://evil.example', 'null', ''])('a socket from origin %j is refused', async (origin) => {
    expect(await knock({ cookie, ...(origin !== undefined && { origin }) })).toBe('403')
  })

  test('a socket with cookie, host and origin is opened, at its own path alone', async () => {
    expect(await knock({ ...own(), cookie })).toBe('open')
    expect(await knock({ ...own(), cookie }, '/other')).toBe('403')
  })

  test('a refused client that hangs up at once harms nothing', async () => {
    const upgrade = `GET /engine HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n`
    const hangUp = async () => {
      const socket = connect(port, '127.0.0.1')
      await new Promise((resolve) => socket.write(upgrade, resolve))
      await new Promise((resolve) => socket.once('close', resolve).resetAndDestroy())
    }
    await Promise.all(Array.from({ length: 20 }, hangUp))
    expect(await send('GET', '/')).toMatchObject({ status: 200 })
  })
})

test('the socket carries the contract', async () => {
  const socket = new WebSocket(`ws://127.0.0.1:${port}/engine`, { headers: { ...own(), cookie } })
  await new Promise((resolve) => socket.once('open', resolve))
  const answer = new Promise<Buffer>((resolve) => socket.once('message', resolve))
  socket.send(encodeFrame({ t: 'q', i: '1', m: 'call', a: ['models.list', { x: 1 }] }))
  expect(decodeFrame(await answer)).toEqual({ t: 's', i: '1', r: { value: { x: 1 } } })
  expect(calls).toEqual(['models.list'])
  socket.terminate()
})

describe('answers', () => {
  test('every answer has the policy and no permission for other pages', async () => {
    for (const [method, path] of [
      ['GET', '/'],
      ['GET', '/assets/main.js'],
      ['GET', '/no'],
      ['POST', '/session'],
    ]) {
      const { headers } = await send(method, path, own())
      const policy = String(headers['content-security-policy'])
      expect(policy).toContain("default-src 'none'")
      expect(policy).toContain("script-src 'self';")
      expect(policy).toContain("frame-ancestors 'none'")
      expect(policy).toContain(`connect-src 'self' ws://127.0.0.1:${port} ws://localhost:${port};`)
      expect(policy).not.toMatch(/unsafe-eval|script-src[^;]*unsafe-inline|\*/)
      expect(headers).toMatchObject({ 'x-content-type-options': 'nosniff', 'referrer-policy': 'no-referrer' })
      expect(Object.keys(headers).filter((name) => name.startsWith('access-control'))).toEqual([])
    }
  })

  test.each(['//', 'http://[', 'nowhere'])('an address that is none is refused: %s', async (path) => {
    const text = await speak(`GET ${path} HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nConnection: close\r\n\r\n`)
    expect(text).toMatch(/^HTTP\/1.1 40[01]/)
  })

  test('bytes that are no request are refused', async () => {
    expect(await speak('\x16\x03\x01 hello\r\n\r\n')).toMatch(/^HTTP\/1.1 400/)
  })

  test('the page is there for everyone, and holds no data', async () => {
    expect(await send('GET', '/')).toMatchObject({ status: 200, body: '<!doctype html><title>TopN</title>' })
    expect((await send('GET', '/assets/main.js')).headers['content-type']).toMatch(/javascript/)
  })

  test.each([
    '/../secret.txt',
    '/assets/../../secret.txt',
    '/%2e%2e/secret.txt',
    '/..%2fsecret.txt',
    '//secret.txt',
    '/assets/..\\..\\secret.txt',
    '/renderer/index.html',
    '/index.html%00.js',
  ])('there is nothing at %s', async (path) => {
    const { status, body } = await send('GET', path, { ...own(), cookie })
    expect(status).toBe(404)
    expect(body).not.toContain('secret')
  })
})

test('a port that is taken is said so', async () => {
  const options = { service, rendererFolder: join(folder, 'renderer'), inboxFolder, exportsFolder }
  const second = startServer({ ...options, log: { info() {}, error() {} }, port })
  await expect(second).rejects.toMatchObject({ code: 'BAD_REQUEST', message: expect.stringMatching(/in use/) })
})
