import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { MessageChannel } from 'node:worker_threads'
import { WebSocket as NodeWebSocket, WebSocketServer } from 'ws'
import { maximumFrameBytes } from '../../contract/calls'
import type { Channel } from '../channel'
import { memoryChannels } from '../memory'
import { type PortLike, portChannel } from '../port'
import { forkJob } from '../process'
import { openSocket } from '../socket-client'
import { serverSocketChannel } from '../socket-server'

/** Two connected ends of one kind of channel, and a way to send what no channel would. */
export interface Pair {
  server: Channel
  client: Channel
  /** Sends a raw message past the client's channel to the server. */
  sendRaw(message: unknown): void
  dispose(): Promise<void>
}

export interface Transport {
  name: string
  /** Sockets have frames: junk and oversized ones close them with a code. */
  hasFrames: boolean
  open(): Promise<Pair>
}

export const transports: Transport[] = [
  {
    name: 'memory',
    hasFrames: false,
    async open() {
      const [server, client] = memoryChannels()
      return { server, client, sendRaw: (message) => client.post(message), dispose: async () => client.close('done') }
    },
  },
  {
    name: 'MessagePort',
    hasFrames: false,
    async open() {
      const { port1, port2 } = new MessageChannel()
      const [server, client] = [port1, port2].map((port) => portChannel(port as unknown as PortLike))
      return {
        server,
        client,
        sendRaw: (message) => port2.postMessage(message),
        dispose: async () => client.close('done'),
      }
    },
  },
  { name: 'WebSocket', hasFrames: true, open: openSocketPair },
  { name: 'a child process', hasFrames: false, open: openMirroredPair },
]

/** Both ends are here; every message passes through a child process and back. */
async function openMirroredPair(): Promise<Pair> {
  const { channel, onExit } = forkJob(join(import.meta.dirname, 'mirror.mjs'))
  const exited = new Promise<void>((resolve) => onExit(() => resolve()))
  const end = (own: string, other: string): Channel => ({
    ...channel,
    post: (message) => channel.post({ to: other, message }),
    onMessage: (listener) =>
      channel.onMessage((mirrored) => {
        const { to, message } = mirrored as { to: string; message: unknown }
        if (to === own) listener(message)
      }),
  })
  const client = end('client', 'server')
  return {
    server: end('server', 'client'),
    client,
    sendRaw: client.post,
    async dispose() {
      channel.close('done')
      await exited
    },
  }
}

async function openSocketPair(): Promise<Pair> {
  const http = createServer()
  const sockets = new WebSocketServer({ server: http, maxPayload: maximumFrameBytes })
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve))
  const accepted = new Promise<Channel>((resolve) => {
    sockets.once('connection', (socket) => resolve(serverSocketChannel(socket)))
  })
  const raw: NodeWebSocket[] = []
  class Spy extends NodeWebSocket {
    constructor(url: string) {
      super(url)
      raw.push(this)
    }
  }
  // Node 20 has no WebSocket of its own; `ws` has the browser's interface.
  Object.assign(globalThis, { WebSocket: Spy })
  const client = await openSocket(`ws://127.0.0.1:${(http.address() as AddressInfo).port}`)
  return {
    server: await accepted,
    client,
    sendRaw: (message) => raw[0].send(message as Buffer),
    async dispose() {
      for (const socket of sockets.clients) socket.terminate()
      await new Promise((resolve) => http.close(resolve))
    },
  }
}
