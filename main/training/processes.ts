import { TopnError } from '../contract/errors'
import type { Progress } from '../contract/records'
import type { JobExit, JobProcess, SpawnJob } from '../link/process'
import { createRpc } from '../link/rpc'
import { outOfMemory, watchMemory } from './memory'
import type { Task, TaskContext, TaskResult } from './tasks'

/** What a job process answers. */
export interface JobSide {
  run(task: Task): Promise<unknown>
  cancel(): Promise<void>
  /** Training ends at a checkpoint; any other work goes on. */
  pause(): Promise<void>
}

/** What a job process calls while it works. */
export interface EngineSide {
  report(progress: Progress): Promise<void>
}

export type TaskRunner = <T extends Task>(task: T, context: TaskContext) => Promise<TaskResult<T>>

/** What is not saved by then is computed again from the last checkpoint. */
const cancelGraceMilliseconds = 500

/** Lets at most `count` tasks run at once; the others wait in order. For tasks that no queue of jobs holds back. */
export function limitTasks(runTask: TaskRunner, count: number): TaskRunner {
  const waiting: (() => void)[] = []
  let free = count
  return async (task, context) => {
    if (free > 0) free--
    else await new Promise<void>((resolve) => waiting.push(resolve))
    try {
      return await runTask(task, context)
    } finally {
      const next = waiting.shift()
      if (next) next()
      else free++
    }
  }
}

/** Runs each task in a process of its own, which ends with the task, whatever becomes of it. */
export function createTaskRunner(spawnJob: SpawnJob, memoryLimitBytes: number): TaskRunner {
  return async (task, { report, signal }) => {
    signal.throwIfAborted()
    const child = spawnJob()
    const interruption = interrupted(child, signal, memoryLimitBytes)
    const job = createRpc<EngineSide, JobSide>(child.channel, { report: async (progress) => report(progress) })
    const stop = () => (isPause(signal.reason) ? job.pause() : job.cancel()).catch(() => {})
    signal.addEventListener('abort', stop)
    try {
      // A process that dies closes its channel too: how it died says more than that it is gone.
      const answer = job
        .run(task)
        .catch((error) => (isDisconnect(error) ? interruption.promise : Promise.reject(error)))
      return (await Promise.race([answer, interruption.promise])) as TaskResult<typeof task>
    } catch (error) {
      signal.throwIfAborted()
      throw error
    } finally {
      signal.removeEventListener('abort', stop)
      interruption.stop()
      child.kill()
      await interruption.exited
    }
  }
}

function isPause(reason: unknown): boolean {
  return reason instanceof TopnError && reason.code === 'PAUSED'
}

/** Rejects when the process ends by itself, exceeds its memory, or has not ended in time after a cancel or a pause. */
function interrupted(child: JobProcess, signal: AbortSignal, memoryLimitBytes: number) {
  let reject!: (reason: unknown) => void
  const promise = new Promise<never>((_, refuse) => {
    reject = refuse
  })
  promise.catch(() => {})
  const stopWatching = watchMemory(child, memoryLimitBytes, reject)
  let grace: NodeJS.Timeout | undefined
  const abandon = () => {
    grace = setTimeout(() => reject(signal.reason), cancelGraceMilliseconds)
  }
  signal.addEventListener('abort', abandon)
  const exited = new Promise<void>((resolve) => {
    child.onExit((exit) => {
      reject(explainExit(exit))
      resolve()
    })
  })
  return {
    promise,
    exited,
    stop() {
      stopWatching()
      clearTimeout(grace)
      signal.removeEventListener('abort', abandon)
    },
  }
}

function isDisconnect(error: unknown): boolean {
  return error instanceof TopnError && error.code === 'DISCONNECTED'
}

/** V8 aborts (SIGABRT, 134) when its own heap is full. */
function explainExit({ code, signal }: JobExit): TopnError {
  if (signal === 'SIGABRT' || code === 134) return outOfMemory("JavaScript's heap was full.")
  const how = signal === null ? `with code ${code}` : `by ${signal}`
  const hint = signal === 'SIGKILL' ? ' The system does this when memory runs short.' : ''
  return new TopnError('PROCESS_ENDED', `The job's process was ended ${how} before it was done.${hint} Run it again.`, {
    exitCode: code,
    signal,
  })
}
