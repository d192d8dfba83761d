import { type ChildProcess, fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { type Channel, createClosing, ownReasons } from './channel'
import { type EmitterPort, emitterPort, laterChannel, portChannel } from './port'

export interface JobExit {
  code: number | null
  signal: string | null
}

/** A process that does one job, and the way to it. */
export interface JobProcess {
  readonly pid: number | undefined
  readonly channel: Channel
  onExit(listener: (exit: JobExit) => void): void
  /** Ends it at once; nothing happens where it has ended. */
  kill(): void
}

/** Starts a job process; the door decides how. */
export type SpawnJob = () => JobProcess

/** A job process of plain Node. `serialization: 'advanced'` carries typed arrays and NaN as structured clone does; what it prints goes to the error output. */
export function forkJob(entry: URL | string): JobProcess {
  const path = typeof entry === 'string' ? entry : fileURLToPath(entry)
  const child = fork(path, { serialization: 'advanced', stdio: ['ignore', 2, 2, 'ipc'] })
  return {
    pid: child.pid,
    channel: childChannel(child),
    onExit(listener) {
      child.on('exit', (code, signal) => listener({ code, signal }))
      child.on('error', () => listener({ code: null, signal: null }))
    },
    kill: () => void child.kill('SIGKILL'),
  }
}

/** The channel from a job process to the one that started it: Node's own, or the port that Electron's parent sends. */
export function parentChannel(): Channel {
  const { parentPort } = process as unknown as { parentPort?: ParentPort }
  if (!parentPort) return childChannel(process)
  const { channel, open } = laterChannel()
  parentPort.once('message', ({ ports }) => open(portChannel(emitterPort(ports[0]))))
  return channel
}

/** What a job process says to Electron's main process for a port to the hidden window, and is answered with. */
export const graphicsRequest = 'graphics'

/** Asks for a channel to the window that computes on the graphics card; null in plain Node, which does it by itself. */
export function graphicsOpener(): (() => Channel) | null {
  const { parentPort } = process as unknown as { parentPort?: ParentPort }
  if (!parentPort) return null
  return () => {
    const { channel, open } = laterChannel()
    parentPort.once('message', ({ ports }) => open(portChannel(emitterPort(ports[0]))))
    parentPort.postMessage(graphicsRequest)
    return channel
  }
}

/** Electron's way from a utility process to the process that started it. */
interface ParentPort {
  once(name: 'message', listener: (event: { ports: EmitterPort[] }) => void): void
  postMessage(message: unknown): void
}

function childChannel(end: ChildProcess | NodeJS.Process): Channel {
  const closing = createClosing()
  end.on('disconnect', () => closing.close('the process is gone'))
  return {
    post(message) {
      // Failures to deliver show as a disconnect.
      if (end.connected) end.send?.(message as object, undefined, undefined, () => {})
    },
    onMessage: (listener) => void end.on('message', listener),
    onClose: closing.onClose,
    close(reason) {
      if (end.connected) end.disconnect?.()
      closing.close(ownReasons[reason])
    },
  }
}
