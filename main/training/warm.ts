import { TopnError } from '../contract/errors'
import type { JobProcess, SpawnJob } from '../link/process'
import { createRpc } from '../link/rpc'
import { watchMemory } from './memory'
import type { EngineSide, JobSide } from './processes'
import type { Answers, Question } from './questions'
import type { AskTask } from './screen-tasks'

export interface WarmProcess {
  /** Answers of one process come one after the other; what takes long lets what came later go first. */
  ask<Q extends Question>(prepared: string, question: Q): Promise<Answers[Q['kind']]>
  /** Ends the process and with it what it holds; the next question starts another one. */
  end(): void
  /** Ends the process, and refuses what still waits and all that is asked later. */
  close(): void
}

export interface WarmOptions {
  spawnJob: SpawnJob
  memoryLimitBytes: number
  threads: number
  idleMilliseconds?: number
}

const usualIdle = 120_000
/** Of the memory of a job that models may take which are not asked for. */
const modelShare = 0.25

/** They go over many users: nobody waits for them with a hand on a key. */
const patient: readonly Question['kind'][] = ['pools', 'rating-errors']

interface Waiting {
  task: AskTask
  resolve(answer: unknown): void
  reject(reason: unknown): void
}

const nobody = () => {}
const ended = () => new TopnError('PROCESS_ENDED', 'The process that answers was ended. Ask again.')

interface Running {
  child: JobProcess
  job: JobSide
  prepared: string
  /** Rejects what is waited for, when the process ends. Answers are not raced against its end, which would keep them. */
  refuse(reason: unknown): void
  stopWatching(): void
}

/**
 * A job process that stays between questions, with the data and models that it has read. It holds one set of prepared data,
 * and ends when nothing was asked for a while, when it is told to, or when it takes more memory than it may.
 */
export function createWarmProcess(options: WarmOptions): WarmProcess {
  let running: Running | null = null
  const waiting: Waiting[] = []
  let isBusy = false
  let isClosed = false
  let timer: NodeJS.Timeout | undefined

  function end(): void {
    clearTimeout(timer)
    const ending = running
    running = null
    ending?.stopWatching()
    ending?.child.kill()
  }

  function start(prepared: string): Running {
    const child = options.spawnJob()
    const started: Running = {
      child,
      job: createRpc<EngineSide, JobSide>(child.channel, { report: async () => {} }),
      prepared,
      refuse: nobody,
      stopWatching: watchMemory(child, options.memoryLimitBytes, (error) => {
        started.refuse(error)
        if (running === started) end()
      }),
    }
    child.onExit(() => {
      started.refuse(ended())
      if (running === started) end()
    })
    return started
  }

  async function answer(task: AskTask): Promise<unknown> {
    clearTimeout(timer)
    if (running?.prepared !== task.prepared) end()
    running ??= start(task.prepared)
    const asked = running
    try {
      return await new Promise((resolve, reject) => {
        asked.refuse = reject
        asked.job.run(task).then(resolve, reject)
      })
    } finally {
      asked.refuse = nobody
      clearTimeout(timer)
      timer = setTimeout(end, options.idleMilliseconds ?? usualIdle)
      timer.unref()
    }
  }

  async function answerAll(): Promise<void> {
    isBusy = true
    while (waiting.length > 0) {
      const urgent = waiting.findIndex(({ task }) => !patient.includes(task.question.kind))
      const [{ task, resolve, reject }] = waiting.splice(Math.max(0, urgent), 1)
      await answer(task).then(resolve, reject)
    }
    isBusy = false
  }

  return {
    ask(prepared, question) {
      const memoryBytes = Math.floor(options.memoryLimitBytes * modelShare)
      const task: AskTask = { kind: 'ask', prepared, threads: options.threads, memoryBytes, question }
      return new Promise<never>((resolve, reject) => {
        if (isClosed) return reject(ended())
        waiting.push({ task, resolve: resolve as Waiting['resolve'], reject })
        if (!isBusy) void answerAll()
      })
    },
    end,
    close() {
      isClosed = true
      for (const { reject } of waiting.splice(0)) reject(ended())
      end()
    },
  }
}
