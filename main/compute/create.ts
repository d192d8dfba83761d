import type { Compute } from './compute'
import { createKernels } from './kernels/kernels'
import { openTensorflow } from './tensorflow/tensorflow'

/** The CPU with its kernels; close it to end its threads. */
export async function createCompute(options: { threads: number }): Promise<Compute & { close(): Promise<void> }> {
  const kernels = await createKernels(options.threads)
  return { device: 'cpu', threads: options.threads, kernels, tensorflow: openTensorflow, close: kernels.close }
}
