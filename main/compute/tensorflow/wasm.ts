import { cpus } from 'node:os'
import type { AdamSettings, Slot, Tensorflow, Tf, TfTensor } from './tensorflow'
import { guardHeap, type HeapKernels, type HeapModule, openHeapKernels, type WasmBackend } from './wasm/heap'

/** TensorFlow.js on the CPU's WebAssembly. */
export async function openWasm(): Promise<Tensorflow> {
  const [{ tf, wasm, instantiated }, { wasmModule, heapKernels }, { supplyKernels }] = await Promise.all([
    import('./generated/tensorflow'),
    import('./generated/wasm'),
    import('./wasm/kernels'),
  ])
  const address = `data:application/wasm;base64,${wasmModule}`
  const names = ['', '-simd', '-threaded-simd'].map((kind) => `tfjs-backend-wasm${kind}.wasm` as const)
  wasm.setWasmPaths(Object.fromEntries(names.map((name) => [name, address])), true)
  let kernels: HeapKernels
  supplyKernels(tf, () => kernels)
  await tf.setBackend('wasm')
  guardHeap((tf.backend() as unknown as { wasm: HeapModule }).wasm)
  kernels = await openHeapKernels(heapKernels, memoryOf(instantiated.exports))
  return {
    ...{ tf, backend: tf.getBackend(), device: 'cpu', name: cpus()[0]?.model.trim() || 'CPU', isSoftware: false },
    verify() {},
    adam: adamOn(tf, kernels),
  }
}

function memoryOf(exports: WebAssembly.Exports | undefined): WebAssembly.Memory {
  const memory = Object.values(exports ?? {}).find((value) => value instanceof WebAssembly.Memory)
  if (!memory) throw new Error('the WebAssembly backend has no memory')
  return memory
}

/** In one pass over weight, moments and gradient, in place. */
function adamOn(tf: Tf, { adam }: HeapKernels) {
  return (slot: Slot, gradient: TfTensor, settings: AdamSettings) => {
    const wasm = tf.backend() as unknown as WasmBackend
    const { beta1, beta2, rate, stabiliser, kept } = settings
    const [weight, first, second, slope] = [slot.weight, slot.first, slot.second, gradient].map(({ dataId }) =>
      wasm.getMemoryOffset(dataId),
    )
    adam(weight, first, second, slope, gradient.size, beta1, 1 - beta1, beta2, 1 - beta2, rate, stabiliser, kept)
  }
}
