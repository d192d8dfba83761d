import { join } from 'node:path'
import { MessageChannelMain, type MessagePortMain, type UtilityProcess, utilityProcess } from 'electron'
import { graphicsRequest } from '../link/process'
import type { FromEngine, ToEngine } from './messages'

export interface EngineProcess {
  /** Gives a window its own port to the engine. */
  connect(port: MessagePortMain): void
  /** Titles of the jobs that run or wait. */
  readonly work: readonly string[]
  /** Settles when the engine has closed the workspace and ended; it is killed where that takes too long. */
  close(): Promise<void>
}

export interface EngineListeners {
  /** The workspace could not be opened. */
  onFailure(message: string): void
  /** The page opened another workspace. */
  onWorkspace(path: string): void
  /** A job process asks for the hidden window; its port is given. */
  onGraphics(port: MessagePortMain): void
  /** The engine ended without having been asked to. */
  onCrash(code: number): void
}

const closeMilliseconds = 10_000

/** Starts the engine in a utility process and the job processes that it asks for, which only this process can start. */
export function startEngine(folder: string, workspace: string, listeners: EngineListeners): EngineProcess {
  const engine = utilityProcess.fork(join(folder, 'engine.js'), [], { serviceName: 'TopN engine' })
  const tell = (message: ToEngine, ports: MessagePortMain[] = []) => engine.postMessage(message, ports)
  const jobs = createJobProcesses(join(folder, 'job.js'), tell, listeners.onGraphics)
  let work: readonly string[] = []
  let isClosing = false
  const ended = new Promise<void>((resolve) => {
    engine.once('exit', (code) => {
      jobs.killAll()
      resolve()
      if (!isClosing) listeners.onCrash(code)
    })
  })

  function hear(message: FromEngine) {
    switch (message.kind) {
      case 'spawn':
        return jobs.spawn(message.id)
      case 'kill':
        return jobs.kill(message.id)
      case 'failed':
        return listeners.onFailure(message.message)
      case 'workspace':
        return listeners.onWorkspace(message.path)
      case 'work':
        work = message.titles
    }
  }

  engine.on('message', hear)
  tell({ kind: 'open', workspace })
  return {
    get work() {
      return work
    },
    connect: (port) => tell({ kind: 'window' }, [port]),
    async close() {
      isClosing = true
      tell({ kind: 'close' })
      const timer = setTimeout(() => engine.kill(), closeMilliseconds)
      await ended
      clearTimeout(timer)
    },
  }
}

/** The job processes of an engine, by the number that it gave them. */
function createJobProcesses(
  entry: string,
  tell: (message: ToEngine, ports?: MessagePortMain[]) => void,
  onGraphics: (port: MessagePortMain) => void,
) {
  const wanted = new Map<number, UtilityProcess>()

  function kill(id: number) {
    wanted.get(id)?.kill()
    wanted.delete(id)
  }

  function spawn(id: number) {
    const job = utilityProcess.fork(entry, [], { serviceName: 'TopN job' })
    wanted.set(id, job)
    job.once('spawn', () => {
      // A process that has not started yet cannot be killed.
      if (!wanted.has(id)) return void job.kill()
      const { port1, port2 } = new MessageChannelMain()
      job.postMessage(null, [port1])
      tell({ kind: 'spawned', id, pid: job.pid ?? null }, [port2])
    })
    job.on('message', (message) => {
      if (message !== graphicsRequest) return
      const { port1, port2 } = new MessageChannelMain()
      job.postMessage(null, [port1])
      onGraphics(port2)
    })
    job.once('exit', (code) => {
      wanted.delete(id)
      tell({ kind: 'exited', id, code })
    })
  }

  return {
    spawn,
    kill,
    killAll() {
      for (const id of wanted.keys()) kill(id)
    },
  }
}
