import type { tf as core } from './generated/tensorflow'

/** TensorFlow.js as a value: every backend brings one with the same functions. */
export type Tf = typeof core
export type TfTensor = import('@tensorflow/tfjs-core').Tensor

export interface Tensorflow {
  readonly tf: Tf
  /** The backend that computes, as it calls itself. */
  readonly backend: string
}

/** A named array, row-major, as models keep it. */
export interface NamedArray {
  readonly shape: readonly number[]
  readonly data: Float32Array | Float64Array | Int32Array | Uint32Array | Uint8Array
}
export type NamedArrays = Readonly<Record<string, NamedArray>>

let opened: Promise<Tensorflow> | undefined

/** TensorFlow.js on the CPU's WebAssembly; started once in a process. */
export function openTensorflow(): Promise<Tensorflow> {
  opened ??= openWasm()
  return opened
}

async function openWasm(): Promise<Tensorflow> {
  const [{ tf, wasm }, { wasmModule }, { supplyKernels }] = await Promise.all([
    import('./generated/tensorflow'),
    import('./generated/wasm'),
    import('./wasm-kernels'),
  ])
  const address = `data:application/wasm;base64,${wasmModule}`
  const names = ['', '-simd', '-threaded-simd'].map((kind) => `tfjs-backend-wasm${kind}.wasm` as const)
  wasm.setWasmPaths(Object.fromEntries(names.map((name) => [name, address])), true)
  supplyKernels(tf)
  await tf.setBackend('wasm')
  return { tf, backend: tf.getBackend() }
}
