import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { type IncomingHttpHeaders, request } from 'node:http'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect } from 'vitest'
import { WebSocket } from 'ws'
import type { EngineService } from '../../contract/calls'
import { type RunningServer, startServer } from '../server'

// A server that runs for as long as the tests of a file, and how they speak to it.

export const folder = mkdtempSync(join(tmpdir(), 'topn-serve-'))
export const inboxFolder = join(folder, 'inbox')
export const exportsFolder = join(folder, 'exports')
export const uploadLimitBytes = 1000
export const calls: string[] = []
/** What the server met that it did not expect. */
export const failures: unknown[] = []
export const service: EngineService = {
  async call(name, input) {
    calls.push(name)
    return input
  },
  subscribe: () => () => {},
}

export let server: RunningServer
export let port: number
export let token: string
export let cookie: string

export interface Answer {
  status: number
  headers: IncomingHttpHeaders
  body: string
}

/** A request as raw as Node allows: the path goes out as it is written. */
export function send(
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
export function speak(text: string): Promise<string> {
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

export const own = () => ({ origin: `http://127.0.0.1:${port}` })

/** How an attempt to open the engine's socket ends: `open`, or the status of the refusal. */
export function knock(headers: Record<string, string>, path = '/engine'): Promise<string> {
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
