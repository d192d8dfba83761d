import { join } from 'node:path'
import { MessageChannelMain, type MessagePortMain, type UtilityProcess, utilityProcess } from 'electron'
import type { FromEngine, ToEngine } from './messages'

export interface EngineProcess {
  /** Gives a window its own port to the engine. */
  connect(port: MessagePortMain): void
  /** Settles when the engine has closed the workspace and ended; it is killed where that takes too long. */
  close(): Promise<void>
}

const closeMilliseconds = 10_000

/** Starts the engine in a utility process and the job processes that it asks for, which only this process can start. */
export function startEngine(
  folder: string,
  workspace: string,
  listeners: { onFailure(message: string): void; onExit(code: number): void },
): EngineProcess {
  const engine = utilityProcess.fork(join(folder, 'engine.js'), [], { serviceName: 'TopN engine' })
  const tell = (message: ToEngine, ports: MessagePortMain[] = []) => engine.postMessage(message, ports)
  const jobs = createJobProcesses(join(folder, 'job.js'), tell)
  const ended = new Promise<void>((resolve) => {
    engine.once('exit', (code) => {
      jobs.killAll()
      resolve()
      listeners.onExit(code)
    })
  })
  engine.on('message', (message: FromEngine) => {
    if (message.kind === 'spawn') jobs.spawn(message.id)
    else if (message.kind === 'kill') jobs.kill(message.id)
    else listeners.onFailure(message.message)
  })
  tell({ kind: 'open', workspace })
  return {
    connect: (port) => tell({ kind: 'window' }, [port]),
    async close() {
      tell({ kind: 'close' })
      const timer = setTimeout(() => engine.kill(), closeMilliseconds)
      await ended
      clearTimeout(timer)
    },
  }
}

/** The job processes of an engine, by the number that it gave them. */
function createJobProcesses(entry: string, tell: (message: ToEngine, ports?: MessagePortMain[]) => void) {
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
