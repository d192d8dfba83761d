import { readFile } from 'node:fs/promises'
import * as onnx from 'onnxruntime-web'

/** Opens a model in this process, in WebAssembly on one thread; nothing is fetched. */
export function openSession(model: Uint8Array): Promise<onnx.InferenceSession> {
  onnx.env.wasm.numThreads = 1
  onnx.env.logLevel = 'fatal'
  return onnx.InferenceSession.create(model, { executionProviders: ['wasm'], logSeverityLevel: 4 })
}

/** Divided by its length; zeros stay. */
export function toUnitLength(vector: Float64Array): Float32Array {
  const norm = Math.hypot(...vector)
  return Float32Array.from(vector, (value) => (norm > 0 ? value / norm : 0))
}

/** A model that takes and gives arrays by their names. */
export interface RunnableModel {
  readonly inputs: readonly string[]
  run(inputs: Record<string, NumberArray>): Promise<Record<string, Float32Array>>
  close(): Promise<void>
}

export interface NumberArray {
  readonly data: Float32Array | BigInt64Array
  readonly shape: readonly number[]
}

/** Opens a model's file in this process. */
export async function openModel(path: string): Promise<RunnableModel> {
  const session = await openSession(await readFile(path))
  return {
    inputs: session.inputNames,
    async run(inputs) {
      const tensors = Object.entries(inputs).map(([name, { data, shape }]) => [
        name,
        data instanceof Float32Array ? new onnx.Tensor('float32', data, shape) : new onnx.Tensor('int64', data, shape),
      ])
      const outputs = await session.run(Object.fromEntries(tensors))
      return Object.fromEntries(Object.entries(outputs).map(([name, { data }]) => [name, data as Float32Array]))
    },
    close: () => session.release(),
  }
}
