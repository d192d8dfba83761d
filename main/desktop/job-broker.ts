import { type EmitterPort, emitterPort, laterChannel, portChannel } from '../link/port'
import type { JobExit, SpawnJob } from '../link/process'
import type { FromEngine } from './messages'

/** The engine's side of starting job processes, which only Electron's main process can do. */
export interface JobBroker {
  readonly spawnJob: SpawnJob
  spawned(id: number, pid: number | null, port: EmitterPort): void
  exited(id: number, code: number): void
}

interface Job {
  spawned(pid: number | null, port: EmitterPort): void
  exited(exit: JobExit): void
}

/** `tell` carries requests to Electron's main process, whose answers are passed to `spawned` and `exited`. */
export function createJobBroker(tell: (message: FromEngine) => void): JobBroker {
  const jobs = new Map<number, Job>()
  let count = 0

  function spawnJob() {
    const id = ++count
    const { channel, open } = laterChannel()
    const listeners: ((exit: JobExit) => void)[] = []
    let knownPid: number | undefined
    jobs.set(id, {
      spawned(pid, port) {
        knownPid = pid ?? undefined
        open(portChannel(emitterPort(port)))
      },
      exited(exit) {
        for (const listener of listeners) listener(exit)
      },
    })
    tell({ kind: 'spawn', id })
    return {
      get pid() {
        return knownPid
      },
      channel,
      onExit: (listener: (exit: JobExit) => void) => void listeners.push(listener),
      kill: () => tell({ kind: 'kill', id }),
    }
  }

  return {
    spawnJob,
    spawned: (id, pid, port) => jobs.get(id)?.spawned(pid, port),
    exited(id, code) {
      jobs.get(id)?.exited({ code, signal: null })
      jobs.delete(id)
    },
  }
}
