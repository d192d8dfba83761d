import { parentPort, workerData } from 'node:worker_threads'
import { isCancelled, nextChunk } from './control'

// One thread: it takes chunks of the task at hand until none is left, then says so. Built into a string, so that no
// file is looked up at run time.

export interface WorkerStart {
  module: WebAssembly.Module
  memory: WebAssembly.Memory
  thread: number
}

export interface WorkerTask {
  kernel: string
  chunks: number
  values: number[]
}

export type WorkerAnswer = { error: string | null }

const { module, memory, thread } = workerData as WorkerStart
const { exports } = new WebAssembly.Instance(module, { env: { memory } })
const control = new Int32Array(memory.buffer, 0, 16)

parentPort?.on('message', ({ kernel, chunks, values }: WorkerTask) => {
  const answer: WorkerAnswer = { error: null }
  try {
    const compute = exports[kernel] as (chunk: number, thread: number, ...values: number[]) => void
    while (!isCancelled(control)) {
      const chunk = nextChunk(control)
      if (chunk >= chunks) break
      compute(chunk, thread, ...values)
    }
  } catch (error) {
    answer.error = String(error)
  }
  parentPort?.postMessage(answer)
})

parentPort?.postMessage('started')
