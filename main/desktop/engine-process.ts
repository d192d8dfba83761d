import { join } from 'node:path'
import { MessageChannelMain, type MessagePortMain, type UtilityProcess, utilityProcess } from 'electron'
import type { FromEngine, ToEngine } from './messages'

export interface EngineProcess {
  /** Gives a window its own port to the engine. */
  connect(port: MessagePortMain): void
  kill(): void
}

/** Starts the engine in a utility process and the job processes that it asks for, which only this process can start. */
export function startEngine(
  folder: string,
  workspace: string,
  listeners: { onFailure(message: string): void; onExit(code: number): void },
): EngineProcess {
  const engine = utilityProcess.fork(join(folder, 'engine.js'), [], { serviceName: 'TopN engine' })
  const jobs = new Map<number, UtilityProcess>()
  const tell = (message: ToEngine, ports: MessagePortMain[] = []) => engine.postMessage(message, ports)

  function spawn(id: number) {
    const job = utilityProcess.fork(join(folder, 'job.js'), [], { serviceName: 'TopN job' })
    const { port1, port2 } = new MessageChannelMain()
    jobs.set(id, job)
    job.once('spawn', () => {
      job.postMessage(null, [port1])
      tell({ kind: 'spawned', id, pid: job.pid ?? null }, [port2])
    })
    job.once('exit', (code) => {
      jobs.delete(id)
      tell({ kind: 'exited', id, code })
    })
  }

  engine.on('message', (message: FromEngine) => {
    if (message.kind === 'spawn') spawn(message.id)
    else if (message.kind === 'kill') jobs.get(message.id)?.kill()
    else if (message.kind === 'failed') listeners.onFailure(message.message)
  })
  engine.once('exit', (code) => {
    for (const job of jobs.values()) job.kill()
    listeners.onExit(code)
  })
  tell({ kind: 'open', workspace })
  return { connect: (port) => tell({ kind: 'window' }, [port]), kill: () => void engine.kill() }
}
