import { mkdirSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { toPlainError } from './contract/errors'
import type { FromEngine, ToEngine } from './desktop/messages'
import { createEngine, type Engine } from './engine/engine'
import { openLog } from './engine/log'
import { workspaceFolders } from './engine/workspace'
import { type EmitterPort, emitterPort, laterChannel, portChannel } from './link/port'
import type { JobExit, SpawnJob } from './link/process'
import { serveEngine } from './link/serve-engine'

// The engine's process on the desktop: Electron's main process sends it the workspace, a port for each window, and one
// for each job process that it asks for.

interface ParentPort {
  postMessage(message: FromEngine): void
  on(name: 'message', listener: (event: { data: ToEngine; ports: EmitterPort[] }) => void): void
}

const parent = (process as unknown as { parentPort: ParentPort }).parentPort
let opened: Promise<Engine> | null = null
const jobs = new Map<number, { open(port: EmitterPort): void; exit(exit: JobExit): void; setPid(pid?: number): void }>()
let lastJob = 0

const spawnJob: SpawnJob = () => {
  const id = ++lastJob
  const { channel, open } = laterChannel()
  const listeners: ((exit: JobExit) => void)[] = []
  let pid: number | undefined
  jobs.set(id, {
    open: (port) => open(portChannel(emitterPort(port))),
    setPid: (found) => {
      pid = found
    },
    exit: (exit) => {
      for (const listener of listeners) listener(exit)
    },
  })
  parent.postMessage({ kind: 'spawn', id })
  return {
    get pid() {
      return pid
    },
    channel,
    onExit: (listener) => void listeners.push(listener),
    kill: () => parent.postMessage({ kind: 'kill', id }),
  }
}

async function open(workspace: string): Promise<Engine> {
  const { logs } = workspaceFolders(workspace)
  mkdirSync(logs, { recursive: true })
  return createEngine({ workspace, spawnJob, roots: 'any', threads: availableParallelism(), log: openLog(logs) })
}

parent.on('message', async ({ data, ports }) => {
  if (data.kind === 'open') {
    opened = open(data.workspace)
    opened.then(
      () => parent.postMessage({ kind: 'ready' }),
      (error) => parent.postMessage({ kind: 'failed', message: toPlainError(error, true).message }),
    )
  } else if (data.kind === 'window') {
    if (opened) serveEngine(portChannel(emitterPort(ports[0])), await opened, { info() {}, error() {} })
  } else if (data.kind === 'spawned') {
    jobs.get(data.id)?.setPid(data.pid ?? undefined)
    jobs.get(data.id)?.open(ports[0])
  } else {
    jobs.get(data.id)?.exit({ code: data.code, signal: null })
    jobs.delete(data.id)
  }
})
