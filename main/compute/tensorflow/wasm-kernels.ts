import type { DataType, TensorInfo } from '@tensorflow/tfjs-core'
import type { Tf } from './tensorflow'

/** What of the WebAssembly backend its kernels use. */
interface WasmBackend {
  makeOutput(shape: number[], dtype: DataType): TensorInfo
  /** A view that lasts until the memory grows: make outputs first. */
  typedArrayFromHeap(info: TensorInfo): Float32Array | Int32Array
}

/** Registers what the WebAssembly backend lacks: the gradient of `gather` is a sum over segments. */
export function supplyKernels(tf: Tf): void {
  tf.registerKernel({
    kernelName: 'UnsortedSegmentSum',
    backendName: 'wasm',
    kernelFunc({ inputs, attrs, backend }) {
      const [x, segments] = [inputs.x as TensorInfo, inputs.segmentIds as TensorInfo]
      const wasm = backend as unknown as WasmBackend
      const rest = x.shape.slice(segments.shape.length)
      const output = wasm.makeOutput([Number(attrs?.numSegments), ...rest], 'float32')
      const width = rest.reduce((product, size) => product * size, 1)
      const [sums, values] = [wasm.typedArrayFromHeap(output), wasm.typedArrayFromHeap(x)]
      sums.fill(0)
      wasm.typedArrayFromHeap(segments).forEach((segment, row) => {
        if (segment < 0) return
        for (let at = 0; at < width; at++) sums[segment * width + at] += values[row * width + at]
      })
      return output
    },
  })
}
