import * as onnx from 'onnxruntime-web'

/** Opens a model in this process, in WebAssembly on one thread; nothing is fetched. */
export function openSession(model: Uint8Array): Promise<onnx.InferenceSession> {
  onnx.env.wasm.numThreads = 1
  onnx.env.logLevel = 'error'
  return onnx.InferenceSession.create(model, { executionProviders: ['wasm'] })
}

/** Divided by its length; zeros stay. */
export function toUnitLength(vector: Float64Array): Float32Array {
  const norm = Math.hypot(...vector)
  return Float32Array.from(vector, (value) => (norm > 0 ? value / norm : 0))
}
