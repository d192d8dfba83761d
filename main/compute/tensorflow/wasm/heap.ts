import type { DataType, KernelFunc, NamedTensorInfoMap, TensorInfo } from '@tensorflow/tfjs-core'
import { deviceFailed } from '../device-failed'

/** What of the WebAssembly backend its kernels use. */
export interface WasmBackend {
  makeOutput(shape: number[], dtype: DataType): TensorInfo
  getMemoryOffset(dataId: TensorInfo['dataId']): number
  /** A view that lasts until the memory grows: make outputs first. */
  typedArrayFromHeap(info: TensorInfo): Float32Array | Int32Array
}

/** The part of the backend's module that hands out its heap. */
export interface HeapModule {
  _malloc(bytes: number): number
  _free(pointer: number): void
}

/** Where the heap is full the backend would be handed 0, and write over what lies there: it throws in place of it. */
export function guardHeap(module: HeapModule): void {
  // The module replaces its functions by the compiled ones at their first call.
  module._free(module._malloc(4))
  const allocate = module._malloc
  module._malloc = (bytes) => {
    // A size beyond what a pointer can say would be taken for what is left of it.
    const pointer = bytes < heapEnd ? allocate(bytes) : 0
    if (pointer === 0 && bytes > 0) throw deviceFailed('cpu', 'memory', 'Its WebAssembly memory ends at 4 GiB.')
    return pointer
  }
}

const heapEnd = 2 ** 32

/** Kernels compiled from `assembly`, on the backend's own heap; pointers are byte offsets. */
export interface HeapKernels {
  adam(weight: number, first: number, second: number, gradient: number, count: number, ...settings: number[]): void
  copyBlocks(source: number, sourceStep: number, target: number, targetStep: number, bytes: number, count: number): void
  crossEntropyGradient(
    logits: number,
    labels: number,
    logs: number,
    slopes: number,
    rows: number,
    columns: number,
    out: number,
  ): void
  exponentials(x: number, count: number, out: number): void
  gatherRows(table: number, tableRows: number, indices: number, count: number, width: number, out: number): void
  gemm(
    left: number,
    leftRow: number,
    leftColumn: number,
    right: number,
    rightRow: number,
    rightColumn: number,
    out: number,
    rows: number,
    depth: number,
    columns: number,
    scratch: number,
  ): void
  gemmScratchBytes(): number
  sumAlongRows(x: number, rows: number, columns: number, out: number): void
  sumDownColumns(x: number, rows: number, columns: number, out: number): void
  sumRows(logits: number, rows: number, columns: number, greatest: number, sums: number): void
  sumSegments(rows: number, segments: number, count: number, width: number, out: number, outRows: number): void
}

export async function openHeapKernels(base64: string, memory: WebAssembly.Memory): Promise<HeapKernels> {
  const { instance } = await WebAssembly.instantiate(Buffer.from(base64, 'base64'), { env: { memory } })
  return instance.exports as unknown as HeapKernels
}

/** What a kernel of ours is called with. */
export interface Request {
  readonly inputs: NamedTensorInfoMap
  readonly attrs: Record<string, unknown>
  readonly kernels: HeapKernels
  /**
   * Makes an output. All of them are made before the first pointer is taken: the heap moves when it grows, and what was
   * written through an old view would be lost.
   */
  make(shape: readonly number[], dtype?: DataType): TensorInfo
  pointer(info: TensorInfo): number
  view(info: TensorInfo): Float32Array | Int32Array
}

/** Null where the backend's own kernel is to do it. */
export type OwnKernel = (request: Request) => TensorInfo | TensorInfo[] | null

export function kernelOf(own: OwnKernel, kernels: () => HeapKernels, otherwise?: KernelFunc): KernelFunc {
  return (call) => {
    const wasm = call.backend as WasmBackend
    const result = own({
      inputs: call.inputs,
      attrs: (call.attrs ?? {}) as Record<string, unknown>,
      kernels: kernels(),
      make: (shape, dtype = 'float32') => wasm.makeOutput([...shape], dtype),
      pointer: ({ dataId }) => wasm.getMemoryOffset(dataId),
      view: (info) => wasm.typedArrayFromHeap(info),
    })
    if (result) return result
    if (!otherwise) throw new Error('no kernel takes these tensors')
    return otherwise(call)
  }
}

export const sizeOf = (shape: readonly number[]): number => shape.reduce((product, size) => product * size, 1)

/** Bytes of one element; 0 where it does not lie on the heap. */
export function bytesOf({ dtype }: TensorInfo): number {
  if (dtype === 'float32' || dtype === 'int32') return 4
  return dtype === 'bool' ? 1 : 0
}
