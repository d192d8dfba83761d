import { once } from 'node:events'
import { Worker } from 'node:worker_threads'
import { TopnError } from '../../contract/errors'
import { cancel, chunksTaken, resetControl } from './control'
import { kernelModule, workerSource } from './generated/kernels'
import type { WorkerAnswer, WorkerStart, WorkerTask } from './worker'

const pageBytes = 65_536
/** The address space of 32-bit WebAssembly. */
const maximumPages = 65_536
/** Everything below is for control words. */
const firstByte = 1024

export type KernelArray = Float32Array | Uint32Array
export type KernelName =
  | 'gramChunk'
  | 'solveChunk'
  | 'scoreChunk'
  | 'neighboursChunk'
  | 'neighbourRatingsChunk'
  | 'neighbourScoresChunk'
  | 'coOccurrenceChunk'
  | 'divideColumnsChunk'
  | 'slimChunk'
  | 'machineDescentChunk'
  | 'machineSumsChunk'
  | 'ratingSolveChunk'
  | 'addImplicitChunk'
  | 'implicitDescentChunk'
  | 'choiceDescentChunk'
  | 'ratingDescentChunk'
  | 'sparseProductChunk'
  | 'matrixScoresChunk'
  | 'sweepPanelsChunk'
  | 'sweepUpdateChunk'
  | 'topProductsChunk'
  | 'topScoresChunk'
  | 'leafNeighboursChunk'
  | 'expandNeighboursChunk'
  | 'sortNeighboursChunk'
  | 'umapChunk'
  | 'tsneRepelChunk'
  | 'tsneMoveChunk'

/**
 * Compiled kernels on one shared memory, computed by worker threads while the calling thread stays free. A task is cut
 * into chunks whose number does not depend on the threads, so results do not either.
 */
export interface Kernels {
  readonly threads: number
  /** An array of zeros in the shared memory. Throws OUT_OF_MEMORY where it does not fit. */
  float32(length: number): Float32Array
  uint32(length: number): Uint32Array
  /** A copy in the shared memory. */
  share<T extends KernelArray>(array: T): T
  /** Returns the function that gives back everything allocated since, once all later holders have ended too. */
  hold(): () => void
  /** Gives back everything allocated within `work`. */
  scoped<T>(work: () => Promise<T>): Promise<T>
  /**
   * Runs one task; arrays are passed by their place. Rejects with the signal's reason once it is aborted, and where a
   * task is still running: two models that share a memory would write over each other. `progress` gets the share of
   * chunks that were begun, some times a second.
   */
  run(
    kernel: KernelName,
    chunks: number,
    values: (number | KernelArray)[],
    signal?: AbortSignal,
    progress?: (fraction: number) => void,
  ): Promise<void>
  close(): Promise<void>
}

export async function createKernels(threads: number): Promise<Kernels> {
  const memory = new WebAssembly.Memory({ initial: 16, maximum: maximumPages, shared: true })
  const module = await WebAssembly.compile(Buffer.from(kernelModule, 'base64'))
  const workers = await Promise.all(
    Array.from({ length: threads }, (_, thread) => startWorker({ module, memory, thread })),
  )
  const control = new Int32Array(memory.buffer, 0, 16)
  let used = firstByte
  let isRunning = false
  const holders: { mark: number; ended: boolean }[] = []

  function allocate(bytes: number): number {
    const from = used
    const end = from + Math.ceil(bytes / 16) * 16
    const missing = Math.ceil((end - memory.buffer.byteLength) / pageBytes)
    if (missing > 0) {
      try {
        memory.grow(missing)
      } catch (cause) {
        const gigabytes = (bytes / 2 ** 30).toFixed(2)
        const message = `An array of ${gigabytes} GiB does not fit into the 4 GiB that the CPU kernels can address. Choose smaller parameters, or clean the data to fewer interactions.`
        throw new TopnError('OUT_OF_MEMORY', message, { bytes }, { cause })
      }
    }
    used = end
    return from
  }

  function hold(): () => void {
    const holder = { mark: used, ended: false }
    holders.push(holder)
    return () => {
      holder.ended = true
      while (holders.at(-1)?.ended) used = holders.pop()?.mark ?? firstByte
    }
  }

  // The place comes first: allocating may replace `memory.buffer` by a longer one.
  function float32(length: number): Float32Array {
    const place = allocate(length * 4)
    return new Float32Array(memory.buffer, place, length).fill(0)
  }

  function uint32(length: number): Uint32Array {
    const place = allocate(length * 4)
    return new Uint32Array(memory.buffer, place, length).fill(0)
  }

  return {
    threads,
    float32,
    uint32,
    share<T extends KernelArray>(array: T): T {
      const copy = array instanceof Float32Array ? float32(array.length) : uint32(array.length)
      copy.set(array)
      return copy as T
    },
    hold,
    async scoped(work) {
      const release = hold()
      try {
        return await work()
      } finally {
        release()
      }
    },
    async run(kernel, chunks, values, signal, progress) {
      signal?.throwIfAborted()
      if (isRunning) throw new Error('the kernels run one task at a time')
      isRunning = true
      resetControl(control)
      const stop = () => cancel(control)
      signal?.addEventListener('abort', stop)
      const timer = progress && setInterval(() => progress(Math.min(1, chunksTaken(control) / chunks)), 200)
      const places = values.map((value) => (typeof value === 'number' ? value : value.byteOffset))
      try {
        await allEnded(
          workers.map((worker) => perform(worker, { kernel, chunks, values: places })),
          stop,
        )
      } finally {
        signal?.removeEventListener('abort', stop)
        clearInterval(timer)
        isRunning = false
      }
      signal?.throwIfAborted()
    },
    async close() {
      await Promise.all(workers.map((worker) => worker.terminate()))
    },
  }
}

/**
 * A thread that holds the memory. Memory that grows while V8 hands it to a thread keeps its old length there, and
 * `memory.fill` beyond it fails: so nothing is allocated before every thread has started.
 */
async function startWorker(start: WorkerStart): Promise<Worker> {
  const worker = new Worker(workerSource, { eval: true, workerData: start })
  await once(worker, 'message')
  // Threads that wait do not keep the process alive.
  worker.unref()
  return worker
}

/** Waits for all, then rejects with the first failure; the others stop at once. */
async function allEnded(tasks: Promise<void>[], stop: () => void): Promise<void> {
  for (const task of tasks) task.catch(stop)
  const failed = (await Promise.allSettled(tasks)).find((outcome) => outcome.status === 'rejected')
  if (failed) throw failed.reason
}

function perform(worker: Worker, task: WorkerTask): Promise<void> {
  return new Promise((resolve, reject) => {
    const settle = (error: Error | null) => {
      worker.unref()
      worker.removeListener('message', onMessage)
      worker.removeListener('error', settle)
      worker.removeListener('exit', onExit)
      if (error) reject(error)
      else resolve()
    }
    const onMessage = ({ error }: WorkerAnswer) =>
      settle(error === null ? null : new Error(`a kernel failed: ${error}`))
    const onExit = () => settle(new Error('a worker thread ended while it computed'))
    worker.ref()
    worker.on('message', onMessage)
    worker.on('error', settle)
    worker.on('exit', onExit)
    worker.postMessage(task)
  })
}
