import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { Worker } from 'node:worker_threads'
import { Tensor } from 'onnxruntime-web'
import { openSession } from '../../compute/onnx-session'
import type { Description } from '../graphs/graph'
import { createGraph } from '../onnx/graph'
import { tfjsGraph } from '../tfjs/graph'

/** Whole numbers, or others, with their sizes. */
export interface Given {
  readonly whole: boolean
  readonly shape: readonly number[]
  readonly numbers: readonly number[]
}

export interface Program {
  readonly inputs: readonly string[]
  scores(inputs: Readonly<Record<string, Given>>): Promise<Float32Array>
  close(): Promise<void>
}

/** Programs of others, by name, that run what graphs are written in. */
export const programs: Record<string, (describe: Description) => Promise<Program>> = {
  onnxruntime: openOnnx,
  'TensorFlow.js': (describe) => openTfjs(describe, 'cpu'),
  'TensorFlow.js in WebAssembly': (describe) => openTfjs(describe, 'wasm'),
}

async function openOnnx(describe: Description): Promise<Program> {
  const graph = createGraph()
  describe(graph)
  const session = await openSession(Buffer.concat(graph.build({ name: 'test', version: '0', meaning: '', facts: {} })))
  const tensorOf = ({ whole, shape, numbers }: Given) =>
    whole
      ? new Tensor('int64', BigInt64Array.from(numbers, BigInt), [...shape])
      : new Tensor('float32', Float32Array.from(numbers), [...shape])
  return {
    inputs: session.inputNames,
    async scores(inputs) {
      const given = Object.entries(inputs).map(([name, value]) => [name, tensorOf(value)])
      const { scores } = await session.run(Object.fromEntries(given))
      return scores.data as Float32Array
    },
    close: () => session.release(),
  }
}

const openTfjs = (describe: Description, backend: 'cpu' | 'wasm') => loadTfjs(artifactsOf(describe), backend)

/** What TensorFlow.js loads a graph model from. */
export function artifactsOf(describe: Description) {
  const { nodes, constants, inputs, outputs } = tfjsGraph(describe)
  const weights = constants.map(({ data }) => new Uint8Array(data.buffer, data.byteOffset, data.byteLength))
  return {
    modelTopology: { node: nodes, library: {}, versions: { producer: 1 } },
    signature: { inputs, outputs },
    weightSpecs: constants.map(({ name, shape, dtype }) => ({ name, shape, dtype })),
    weightData: new Uint8Array(Buffer.concat(weights)).buffer,
  }
}

/** A file and its shards as they were exported, on the processor. */
export function openTfjsFile(path: string): Promise<Program> {
  const { weightsManifest, ...artifacts } = JSON.parse(readFileSync(path, 'utf8'))
  const [{ paths, weights: weightSpecs }] = weightsManifest
  const shards = paths.map((name: string) => readFileSync(join(dirname(path), name)))
  return loadTfjs({ ...artifacts, weightSpecs, weightData: new Uint8Array(Buffer.concat(shards)).buffer }, 'cpu')
}

async function loadTfjs(artifacts: object, backend: string): Promise<Program> {
  const { place, inputs } = await ask<{ place: number; inputs: string[] }>('load', { artifacts, backend })
  return {
    inputs,
    scores: (given) => ask<Float32Array>('run', { place, inputs: given }),
    async close() {},
  }
}

/** The thread, and who waits for which answer of it. */
let thread: Worker | null = null
const waiting = new Map<number, (message: { answer?: unknown; error?: string }) => void>()

function startThread(): Worker {
  const started = new Worker(new URL('tfjs-thread.mjs', import.meta.url))
  started.on('message', ({ id, ...message }) => {
    waiting.get(id)?.(message)
    waiting.delete(id)
    if (waiting.size === 0) started.unref()
  })
  started.on('error', (error) => {
    for (const answer of waiting.values()) answer({ error: String(error) })
    waiting.clear()
    thread = null
  })
  return started
}

let asked = 0

function ask<Answer>(task: 'load' | 'run', given: object): Promise<Answer> {
  thread ??= startThread()
  const [own, id] = [thread, ++asked]
  return new Promise((resolve, reject) => {
    waiting.set(id, ({ answer, error }) => (error === undefined ? resolve(answer as Answer) : reject(new Error(error))))
    own.ref()
    own.postMessage({ id, task, given })
  })
}
