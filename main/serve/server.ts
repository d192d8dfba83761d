import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Duplex } from 'node:stream'
import { WebSocketServer } from 'ws'
import { type EngineService, maximumFrameBytes } from '../contract/calls'
import { TopnError, toPlainError } from '../contract/errors'
import type { Log } from '../contract/log'
import { serveEngine } from '../link/serve-engine'
import { serverSocketChannel } from '../link/socket-server'
import { createGuard, type Guard, isLoopback, pageAddress } from './guard'
import { securityHeaders } from './headers'
import { createSessions, type Sessions } from './session'
import { readStaticFiles, type StaticFile } from './static-files'
import { maximumUploadBytes, receiveUpload, sendDownload } from './transfers'

export interface ServerOptions {
  service: EngineService
  /** The built page. */
  rendererFolder: string
  inboxFolder: string
  exportsFolder: string
  log: Log
  /** 0: any that is free. */
  port?: number
  /** Loopback unless it is given. */
  host?: string
  uploadLimitBytes?: number
}

export interface RunningServer {
  /** The address of the page, with the token in its fragment, which browsers do not send. */
  url: string
  close(): Promise<void>
}

interface Door {
  options: ServerOptions
  files: Map<string, StaticFile>
  guard: Guard
  sessions: Sessions
  headers: Record<string, string>
}

const largestToken = 1024
const unknownHost = 'Open the address as TopN printed it; a tunnel needs the same port at both of its ends.'
const unknownAddress = 'There is nothing at this address.'

/** Serves the workbench to a browser: a fixed map of files, a session, two transfers, and the contract on a socket. */
export async function startServer(options: ServerOptions): Promise<RunningServer> {
  const host = options.host ?? '127.0.0.1'
  // A large upload takes longer than Node's five minutes for a request.
  const server = createServer({ requestTimeout: 0 })
  const port = await listen(server, host, options.port ?? 0)
  const guard = createGuard(host, port)
  const door: Door = {
    options,
    files: readStaticFiles(options.rendererFolder),
    guard,
    sessions: createSessions(port),
    headers: securityHeaders(socketSources(guard)),
  }
  const sockets = new WebSocketServer({ noServer: true, maxPayload: maximumFrameBytes })
  server.on('request', (request, response) => void answer(door, request, response))
  server.on('upgrade', (request, socket, head) => upgrade(door, sockets, request, socket, head))
  if (!isLoopback(host)) warnOfNetwork(host)
  return {
    url: `${pageAddress(host, port)}#token=${door.sessions.token}`,
    async close() {
      for (const client of sockets.clients) client.terminate()
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

function listen(server: Server, host: string, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', (cause: NodeJS.ErrnoException) => {
      const why =
        cause.code === 'EADDRINUSE' ? 'is in use; choose another with --port' : `cannot be used (${cause.code})`
      reject(new TopnError('BAD_REQUEST', `Port ${port} of ${host} ${why}.`, { field: 'port' }, { cause }))
    })
    server.listen(port, host, () => resolve((server.address() as AddressInfo).port))
  })
}

/** The page's own socket, for browsers whose 'self' leaves it out. A policy cannot name addresses in brackets. */
function socketSources({ hosts }: Guard): string[] {
  return [...hosts].filter((name) => !name.startsWith('[')).map((name) => `ws://${name}`)
}

function warnOfNetwork(host: string) {
  console.error(`TopN can be reached over the network at ${host}, and the connection is not encrypted.`)
  console.error('Safer: leave --host out and reach it through a tunnel, ssh -L PORT:127.0.0.1:PORT THIS-MACHINE.')
}

async function answer(door: Door, request: IncomingMessage, response: ServerResponse): Promise<void> {
  for (const [name, value] of Object.entries(door.headers)) response.setHeader(name, value)
  try {
    if (!door.guard.isKnownHost(request)) return refuse(response, 403, unknownHost)
    await route(door, request, response)
  } catch (error) {
    const { code, message } = toPlainError(error)
    if (code === 'INTERNAL' && !isHangUp(error)) door.options.log.error(`${request.method} failed`, error)
    if (response.headersSent) return void response.destroy()
    refuse(response, { BAD_REQUEST: 400, NOT_FOUND: 404 }[code as string] ?? 500, message)
  }
}

/** The other side closed the connection in the middle of a file: that is up to them. */
function isHangUp(error: unknown): boolean {
  return ['ERR_STREAM_PREMATURE_CLOSE', 'ECONNRESET'].includes((error as NodeJS.ErrnoException).code ?? '')
}

async function route(door: Door, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const address = `http://topn${request.url}`
  if (!URL.canParse(address)) return refuse(response, 400, 'That is no address.')
  const url = new URL(address)
  const isRead = request.method === 'GET' || request.method === 'HEAD'
  const file = door.files.get(url.pathname)
  if (isRead && file) return sendFile(request, response, file)
  if (!isRead && !door.guard.isOwnOrigin(request)) return refuse(response, 403, 'Requests of other pages are refused.')
  if (request.method === 'POST' && url.pathname === '/session') return openSession(door, request, response)
  if (!door.sessions.isOpen(request))
    return refuse(response, 401, 'Open the address with its token, as TopN printed it.')
  if (request.method === 'POST' && url.pathname === '/files/upload') {
    const upload = { name: url.searchParams.get('name') ?? 'file', batch: url.searchParams.get('batch') }
    const limit = door.options.uploadLimitBytes ?? maximumUploadBytes
    const path = await receiveUpload(request, door.options.inboxFolder, upload, limit)
    return sendJson(response, { path })
  }
  if (isRead && url.pathname === '/files/download') {
    return sendDownload(response, door.options.exportsFolder, url.searchParams.get('path') ?? '')
  }
  refuse(response, 404, unknownAddress)
}

async function openSession({ sessions }: Door, request: IncomingMessage, response: ServerResponse): Promise<void> {
  let token = ''
  for await (const chunk of request.iterator({ destroyOnReturn: false })) {
    token += chunk
    if (token.length > largestToken) return refuse(response, 413, 'That is not a token.')
  }
  const cookie = sessions.open(token)
  if (cookie === null) return refuse(response, 403, 'The token is wrong. Open the address as TopN printed it.')
  response.writeHead(204, { 'set-cookie': cookie }).end()
}

function upgrade(door: Door, sockets: WebSocketServer, request: IncomingMessage, socket: Duplex, head: Buffer): void {
  // From here on the socket is this function's, and so are its errors.
  socket.on('error', () => {})
  const isOurs = request.url === '/engine' && door.guard.isKnownHost(request) && door.guard.isOwnOrigin(request)
  if (!isOurs || !door.sessions.isOpen(request)) {
    socket.end(`HTTP/1.1 ${isOurs ? '401 Unauthorized' : '403 Forbidden'}\r\nconnection: close\r\n\r\n`)
    return
  }
  sockets.handleUpgrade(request, socket, head, (client) => {
    serveEngine(serverSocketChannel(client), door.options.service, door.options.log)
  })
}

function sendFile(request: IncomingMessage, response: ServerResponse, { content, type }: StaticFile) {
  response.writeHead(200, { 'content-type': type, 'content-length': content.length })
  response.end(request.method === 'HEAD' ? undefined : content)
}

function sendJson(response: ServerResponse, value: object) {
  response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(value))
}

/** Answers with a sentence and closes the connection, so that the rest of a refused body is not read. */
function refuse(response: ServerResponse, status: number, message: string) {
  response.writeHead(status, { 'content-type': 'text/plain; charset=utf-8', connection: 'close' }).end(`${message}\n`)
}
