import { availableParallelism } from 'node:os'
import { toPlainError } from './contract/errors'
import { tellNews } from './desktop/engine-news'
import { createJobBroker } from './desktop/job-broker'
import type { FromEngine, ToEngine } from './desktop/messages'
import { createEngineHost, type EngineHost } from './engine/host'
import { type EmitterPort, emitterPort, portChannel } from './link/port'
import { serveEngine } from './link/serve-engine'

// The engine's process on the desktop: Electron's main process sends it the workspace, a port for each window, and one
// for each job process that it asks for.

interface ParentPort {
  postMessage(message: FromEngine): void
  on(name: 'message', listener: (event: { data: ToEngine; ports: EmitterPort[] }) => void): void
}

const parent = (process as unknown as { parentPort: ParentPort }).parentPort
const tell = (message: FromEngine) => parent.postMessage(message)
const broker = createJobBroker(tell)
let opened: Promise<EngineHost | null> = Promise.resolve(null)

parent.on('message', ({ data, ports }) => {
  switch (data.kind) {
    case 'open':
      opened = open(data.workspace)
      break
    case 'window':
      void serve(ports[0])
      break
    case 'spawned':
      broker.spawned(data.id, data.pid, ports[0])
      break
    case 'exited':
      broker.exited(data.id, data.code)
      break
    case 'close':
      void close()
  }
})

async function open(workspace: string): Promise<EngineHost | null> {
  try {
    const threads = availableParallelism()
    const host = await createEngineHost({ workspace, spawnJob: broker.spawnJob, roots: 'any', threads })
    tellNews(host, tell)
    return host
  } catch (error) {
    tell({ kind: 'failed', message: toPlainError(error, true).message })
    return null
  }
}

async function serve(port: EmitterPort): Promise<void> {
  const found = await opened
  if (found) serveEngine(portChannel(emitterPort(port)), found, found.log)
}

async function close(): Promise<void> {
  const found = await opened
  await found?.close()
  process.exit(0)
}
