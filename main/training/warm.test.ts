import { expect, test } from 'vitest'
import { memoryChannels } from '../link/memory'
import type { JobExit, JobProcess } from '../link/process'
import { createRpc } from '../link/rpc'
import type { EngineSide, JobSide } from './processes'
import type { Question } from './questions'
import type { AskTask } from './screen-tasks'
import { createWarmProcess } from './warm'

const question = { kind: 'similar', artifact: 'a', item: 0, k: 1 } as const

/** Processes that answer with the number of the process and of its task. */
function fakeProcesses() {
  const started: { tasks: AskTask[]; ended: Promise<void>; die(): void }[] = []
  const spawnJob = (): JobProcess => {
    const [near, far] = memoryChannels()
    const listeners: ((exit: JobExit) => void)[] = []
    let end = () => {}
    const ended = new Promise<void>((resolve) => {
      end = resolve
    })
    const tasks: AskTask[] = []
    const number = started.length
    createRpc<JobSide, EngineSide>(far, {
      async run(task) {
        tasks.push(task as AskTask)
        return `${number}.${tasks.length}`
      },
      async cancel() {},
      async pause() {},
    })
    const exit = () => {
      end()
      for (const listener of listeners) listener({ code: null, signal: 'SIGKILL' })
    }
    started.push({ tasks, ended, die: exit })
    return { pid: undefined, channel: near, onExit: (listener) => void listeners.push(listener), kill: exit }
  }
  return { started, spawnJob }
}

test('one process answers until it is told to end, or other data is asked about', async () => {
  const { started, spawnJob } = fakeProcesses()
  const warm = createWarmProcess({ spawnJob, memoryLimitBytes: 1000, threads: 2 })
  expect(await Promise.all([warm.ask('x', question), warm.ask('x', question)])).toEqual(['0.1', '0.2'])
  expect(started[0].tasks[0]).toEqual({ kind: 'ask', prepared: 'x', threads: 2, memoryBytes: 250, question })
  expect(await warm.ask('y', question)).toBe('1.1')
  await started[0].ended
  warm.end()
  await started[1].ended
  expect(await warm.ask('y', question)).toBe('2.1')
  started[2].die()
  expect(await warm.ask('y', question)).toBe('3.1')
  warm.end()
})

test('what goes over many users lets others go first', async () => {
  const { started, spawnJob } = fakeProcesses()
  const warm = createWarmProcess({ spawnJob, memoryLimitBytes: 1000, threads: 1 })
  const pools: Question = {
    kind: 'pools',
    artifact: 'a',
    users: [0],
    k: 1,
    excludeSeen: true,
    hidden: new Uint32Array(0),
  }
  await Promise.all([question, pools, pools, question].map((each) => warm.ask('x', each)))
  expect(started[0].tasks.map((task) => task.question.kind)).toEqual(['similar', 'similar', 'pools', 'pools'])
  warm.end()
})

test('it ends when nothing is asked any more', async () => {
  const { started, spawnJob } = fakeProcesses()
  const warm = createWarmProcess({ spawnJob, memoryLimitBytes: 1000, threads: 1, idleMilliseconds: 1 })
  const ending = warm.ask('x', question).then(() => started[0].ended)
  // What waits for the process keeps the test alive, not the process's own timer.
  const awake = setInterval(() => {}, 1000)
  await ending
  clearInterval(awake)
})

test('once it is closed what waits is refused, and no other process starts', async () => {
  const { started, spawnJob } = fakeProcesses()
  const warm = createWarmProcess({ spawnJob, memoryLimitBytes: 1000, threads: 1 })
  const asked = Promise.allSettled([warm.ask('x', question), warm.ask('x', question)])
  warm.close()
  expect((await asked).map(({ status }) => status)).toEqual(['rejected', 'rejected'])
  await expect(warm.ask('x', question)).rejects.toMatchObject({ code: 'PROCESS_ENDED' })
  expect(started.length).toBe(1)
})
