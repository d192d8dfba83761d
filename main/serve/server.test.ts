import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { type IncomingHttpHeaders, request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { WebSocket } from 'ws'
import type { EngineService } from '../contract/calls'
import { isLoopback } from './guard'
import { type RunningServer, startServer } from './server'
import { receiveUpload } from './transfers'

const folder = mkdtempSync(join(tmpdir(), 'topn-serve-'))
const inboxFolder = join(folder, 'inbox')
const exportsFolder = join(folder, 'exports')
const calls: string[] = []
const service: EngineService = {
  async call(name) {
    calls.push(name)
    return null
  },
  subscribe: () => () => {},
}

let server: RunningServer
let port: number
let token: string
let cookie: string

interface Answer {
  status: number
  headers: IncomingHttpHeaders
  body: string
}

/** A request as raw as Node allows: the path goes out as it is written. */
function send(
  method: string,
  path: string,
  headers: Record<string, string> = {},
  body?: string | Buffer,
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const outgoing = request({ host: '127.0.0.1', port, method, path, headers, agent: false }, (incoming) => {
      const chunks: Buffer[] = []
      incoming.on('data', (chunk) => chunks.push(chunk))
      incoming.on('end', () => {
        const text = Buffer.concat(chunks).toString()
        resolve({ status: incoming.statusCode ?? 0, headers: incoming.headers, body: text })
      })
    })
    outgoing.on('error', reject)
    outgoing.end(body)
  })
}

const own = () => ({ origin: `http://127.0.0.1:${port}` })

/** How an attempt to open the engine's socket ends: `open`, or the status of the refusal. */
function knock(headers: Record<string, string>, path = '/engine'): Promise<string> {
  return new Promise((resolve) => {
    const socket = new WebSocket(`ws://127.0.0.1:${port}${path}`, { headers })
    socket.on('open', () => {
      socket.terminate()
      resolve('open')
    })
    socket.on('unexpected-response', (_request, response) => resolve(String(response.statusCode)))
    socket.on('error', () => {})
  })
}

beforeAll(async () => {
  const rendererFolder = join(folder, 'renderer')
  mkdirSync(join(rendererFolder, 'assets'), { recursive: true })
  mkdirSync(exportsFolder)
  writeFileSync(join(rendererFolder, 'index.html'), '<!doctype html><title>TopN</title>')
  writeFileSync(join(rendererFolder, 'assets', 'main.js'), 'export {}')
  writeFileSync(join(folder, 'secret.txt'), 'secret')
  writeFileSync(join(exportsFolder, 'lists.parquet'), 'PAR1')
  symlinkSync(join(folder, 'secret.txt'), join(exportsFolder, 'link.txt'))
  const log = { info() {}, error() {} }
  server = await startServer({ service, rendererFolder, inboxFolder, exportsFolder, log })
  const url = new URL(server.url)
  port = Number(url.port)
  token = url.hash.replace('#token=', '')
  const session = await send('POST', '/session', own(), token)
  cookie = String(session.headers['set-cookie']).split(';')[0]
})

afterAll(async () => {
  await server.close()
  rmSync(folder, { recursive: true })
})

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
    expect(await send(method, path, { ...own(), cookie: `topn-${port}=x` })).toMatchObject({ status: 401 })
    expect(existsSync(inboxFolder)).toBe(false)
  })

  test('the socket is refused', async () => {
    expect(await knock(own())).toBe('401')
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

  test.each([
    ['127.0.0.1', true],
    ['127.1.2.3', true],
    ['::1', true],
    ['localhost', true],
    ['0.0.0.0', false],
    ['192.168.1.4', false],
    ['127.evil.example', false],
  ])('%s is loopback: %s', (host, expected) => {
    expect(isLoopback(host)).toBe(expected)
  })
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
      expect(policy).not.toMatch(/unsafe-eval|script-src[^;]*unsafe-inline|\*/)
      expect(headers).toMatchObject({ 'x-content-type-options': 'nosniff', 'referrer-policy': 'no-referrer' })
      expect(Object.keys(headers).filter((name) => name.startsWith('access-control'))).toEqual([])
    }
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

describe('transfers', () => {
  test('an upload lands in the inbox under a name that is safe', async () => {
    const name = encodeURIComponent('../../rätings <1>.csv')
    const { status, body } = await send('POST', `/files/upload?name=${name}`, { ...own(), cookie }, 'a,b\n1,2\n')
    expect(status).toBe(200)
    const { path } = JSON.parse(body)
    expect(path.slice(inboxFolder.length + 1)).toMatch(/^[0-9a-f]{8}-_?[A-Za-z0-9._-]+\.csv$/)
    expect(readFileSync(path, 'utf8')).toBe('a,b\n1,2\n')
  })

  test('an upload of another page is refused, cookie or not', async () => {
    const headers = { origin: 'http://evil.example', cookie }
    expect(await send('POST', '/files/upload?name=a.csv', headers, 'x')).toMatchObject({ status: 403 })
  })

  test('an upload that is too large is refused and leaves nothing', async () => {
    const { Readable } = await import('node:stream')
    const before = readdirSync(inboxFolder)
    const body = Readable.from([Buffer.alloc(600), Buffer.alloc(600)]) as Parameters<typeof receiveUpload>[0]
    await expect(receiveUpload(body, inboxFolder, 'big.csv', 1000)).rejects.toMatchObject({ code: 'BAD_REQUEST' })
    expect(readdirSync(inboxFolder)).toEqual(before)
  })

  test('an export is sent as a download', async () => {
    const path = encodeURIComponent(join(exportsFolder, 'lists.parquet'))
    const answer = await send('GET', `/files/download?path=${path}`, { cookie })
    expect(answer).toMatchObject({ status: 200, body: 'PAR1' })
    expect(answer.headers['content-disposition']).toBe('attachment; filename="lists.parquet"')
  })

  test('nothing else is sent: not by a path up, a link out, a folder or a NUL', async () => {
    const paths = [
      join(folder, 'secret.txt'),
      `${exportsFolder}/../secret.txt`,
      join(exportsFolder, 'link.txt'),
      exportsFolder,
      `${join(exportsFolder, 'lists.parquet')}\0`,
      'lists.parquet',
      '',
    ]
    for (const path of paths) {
      const { status, body } = await send('GET', `/files/download?path=${encodeURIComponent(path)}`, { cookie })
      expect({ path, status }).toEqual({ path, status: 404 })
      expect(body).not.toContain('secret')
    }
  })
})

test('a port that is taken is said so', async () => {
  const options = { service, rendererFolder: join(folder, 'renderer'), inboxFolder, exportsFolder }
  const second = startServer({ ...options, log: { info() {}, error() {} }, port })
  await expect(second).rejects.toMatchObject({ code: 'BAD_REQUEST', message: expect.stringMatching(/in use/) })
})
