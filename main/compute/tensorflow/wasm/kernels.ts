import type { Tf } from '../tensorflow'
import { concat, pack, slice, splitV, unpack } from './copies'
import { crossEntropy, crossEntropyGradient } from './entropy'
import { type HeapKernels, kernelOf, type OwnKernel } from './heap'
import { matMul } from './products'
import { gather, segmentSum } from './rows'
import { exp, mean, sum } from './sums'

/** Names of kernels that only the WebAssembly backend has; ops use them where they are there. */
export const ownNames = { crossEntropy: 'TopnCrossEntropy', crossEntropyGradient: 'TopnCrossEntropyGradient' }

/** Registers what the WebAssembly backend lacks and what it does slowly; `kernels` are there once it has started. */
export function supplyKernels(tf: Tf, kernels: () => HeapKernels): void {
  const added: Record<string, OwnKernel> = {
    [tf.UnsortedSegmentSum]: segmentSum,
    [ownNames.crossEntropy]: crossEntropy,
    [ownNames.crossEntropyGradient]: crossEntropyGradient,
  }
  for (const [kernelName, own] of Object.entries(added)) {
    tf.registerKernel({ kernelName, backendName: 'wasm', kernelFunc: kernelOf(own, kernels) })
  }
  const replaced: Record<string, OwnKernel> = {
    [tf.BatchMatMul]: matMul(tf),
    [tf.Concat]: concat,
    [tf.Exp]: exp,
    [tf.GatherV2]: gather,
    [tf.Mean]: mean,
    [tf.Pack]: pack,
    [tf.Slice]: slice(tf),
    [tf.SplitV]: splitV(tf),
    [tf.Sum]: sum,
    [tf.Unpack]: unpack,
  }
  for (const [kernelName, own] of Object.entries(replaced)) {
    const config = tf.getKernel(kernelName, 'wasm')
    tf.unregisterKernel(kernelName, 'wasm')
    // Its set-up stays, since other kernels of the backend call on it.
    tf.registerKernel({ ...config, kernelFunc: kernelOf(own, kernels, config.kernelFunc) })
  }
}
