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
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { basename, dirname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { WebSocket } from 'ws'
import type { EngineService } from '../contract/calls'
import { decodeFrame, encodeFrame } from '../link/frames'
import { type RunningServer, startServer } from './server'

const folder = mkdtempSync(join(tmpdir(), 'topn-serve-'))
const inboxFolder = join(folder, 'inbox')
const exportsFolder = join(folder, 'exports')
const uploadLimitBytes = 1000
const calls: string[] = []
/** What the server met that it did not expect. */
const failures: unknown[] = []
const service: EngineService = {
  async call(name, input) {
    calls.push(name)
    return input
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

/** Sends text that is no request of Node's and answers what comes back until the server closes. */
function speak(text: string): Promise<string> {
  return new Promise((resolve, reject) => {
    let answer = ''
    const socket = connect(port, '127.0.0.1', () => socket.write(text))
    socket.on('data', (data) => {
      answer += data
    })
    socket.on('end', () => resolve(answer))
    socket.on('error', reject)
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
  writeFileSync(join(exportsFolder, 'lists 列表.parquet'), 'PAR1')
  mkdirSync(join(exportsFolder, 'below'))
  writeFileSync(join(exportsFolder, 'below', 'deep.parquet'), 'PAR1')
  symlinkSync(join(folder, 'secret.txt'), join(exportsFolder, 'link.txt'))
  const log = { info() {}, error: (_message: string, error: unknown) => failures.push(error) }
  server = await startServer({ service, rendererFolder, inboxFolder, exportsFolder, log, uploadLimitBytes })
  const url = new URL(server.url)
  port = Number(url.port)
  token = url.hash.replace('#token=', '')
  const session = await send('POST', '/session', own(), token)
  cookie = String(session.headers['set-cookie']).split(';')[0]
})

afterAll(async () => {
  await server.close()
  rmSync(folder, { recursive: true })
  expect(failures).toEqual([])
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

describe('transfers', () => {
  test.each([
    ['ratings.csv', /^ratings\.csv$/],
    ['评分 表.csv', /^评分_表\.csv$/],
    ['../../../etc/passwd', /^_\.\._\.\._etc_passwd$/],
    ['..\\..\\evil', /^_\.\._evil$/],
    ['a\0b\n*<1>.csv', /^a_b_1_\.csv$/],
    ['', /^file$/],
    ['..', /^file$/],
    [`${'长'.repeat(300)}.csv`, /^长{51}\.csv$/],
  ])('an upload lands in the inbox under a name that is safe: %j', async (name, stored) => {
    const content = Buffer.from([0, 255, 13, 10])
    const to = `/files/upload?name=${encodeURIComponent(name)}`
    const { status, body } = await send('POST', to, { ...own(), cookie }, content)
    expect(status).toBe(200)
    const { path } = JSON.parse(body)
    expect(dirname(dirname(path))).toBe(inboxFolder)
    expect(basename(path)).toMatch(stored)
    expect(readFileSync(path)).toEqual(content)
  })

  test('files that come together lie together, those of one name apart', async () => {
    const upload = async (name: string, batch: string) => {
      const to = `/files/upload?name=${name}&batch=${encodeURIComponent(batch)}`
      return JSON.parse((await send('POST', to, { ...own(), cookie }, name)).body).path as string
    }
    const batch = '123e4567-e89b-42d3-a456-426614174000'
    const [data, items, twin] = [
      await upload('u.data', batch),
      await upload('u.item', batch),
      await upload('u.data', batch),
    ]
    expect([data, items]).toEqual([join(inboxFolder, batch, 'u.data'), join(inboxFolder, batch, 'u.item')])
    expect(dirname(twin)).toBe(dirname(data))
    expect(twin).not.toBe(data)
    const escaped = await upload('u.data', '../../elsewhere')
    expect(dirname(dirname(escaped))).toBe(inboxFolder)
    expect(dirname(escaped)).not.toContain('elsewhere')
  })

  test('an upload of another page is refused, cookie or not', async () => {
    const headers = { origin: 'http://evil.example', cookie }
    expect(await send('POST', '/files/upload?name=a.csv', headers, 'x')).toMatchObject({ status: 403 })
  })

  test('an upload that is too large is refused and leaves nothing', async () => {
    const before = readdirSync(inboxFolder)
    const upload = (bytes: number, coding: Record<string, string>) =>
      send('POST', '/files/upload?name=big.csv', { ...own(), cookie, ...coding }, Buffer.alloc(bytes))
    const declared = await upload(uploadLimitBytes + 1, { 'content-length': String(uploadLimitBytes + 1) })
    expect(declared).toMatchObject({ status: 400, body: expect.stringMatching(/larger than .* Open it from the disk/) })
    // The length is not known beforehand, so the connection may be cut before the answer is read.
    const counted = upload(uploadLimitBytes + 1, { 'transfer-encoding': 'chunked' }).then(
      ({ status }) => status,
      () => 'cut off',
    )
    expect([400, 'cut off']).toContain(await counted)
    expect(readdirSync(inboxFolder)).toEqual(before)
    expect(await upload(uploadLimitBytes, {})).toMatchObject({ status: 200 })
  })

  test('an upload that its sender breaks off leaves nothing and is no error of the server', async () => {
    const before = readdirSync(inboxFolder)
    const headers = `Host: 127.0.0.1:${port}\r\nOrigin: ${own().origin}\r\nCookie: ${cookie}\r\nContent-Length: 900`
    const socket = connect(port, '127.0.0.1')
    await new Promise<void>((resolve) => {
      socket.write(`POST /files/upload?name=half.csv HTTP/1.1\r\n${headers}\r\n\r\nuser,item\n`, () => resolve())
    })
    while (readdirSync(inboxFolder).length === before.length) await new Promise(setImmediate)
    socket.destroy()
    while (readdirSync(inboxFolder).length > before.length) await new Promise(setImmediate)
    expect(readdirSync(inboxFolder)).toEqual(before)
  })

  test('an export is sent as a download', async () => {
    const path = encodeURIComponent(join(exportsFolder, 'lists 列表.parquet'))
    const answer = await send('GET', `/files/download?path=${path}`, { cookie })
    expect(answer).toMatchObject({ status: 200, body: 'PAR1' })
    expect(answer.headers['content-disposition']).toBe("attachment; filename*=UTF-8''lists_%E5%88%97%E8%A1%A8.parquet")
  })

  test('nothing else is sent: not by a path up, a link out, a folder or a NUL', async () => {
    const paths = [
      join(folder, 'secret.txt'),
      `${exportsFolder}/../secret.txt`,
      join(exportsFolder, 'link.txt'),
      exportsFolder,
      join(exportsFolder, 'below'),
      join(exportsFolder, 'below', 'deep.parquet'),
      `${join(exportsFolder, 'lists 列表.parquet')}\0`,
      'lists 列表.parquet',
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
