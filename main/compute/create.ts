import type { DeviceChoice } from '../contract/devices'
import type { Compute } from './compute'
import { processorName } from './devices'
import { createKernels } from './kernels/kernels'
import { openBest, openTensorflow, type Tensorflow } from './tensorflow/tensorflow'

export interface ComputeOptions {
  threads: number
  /** What networks compute on; the processor where it is left out. Everything else is computed there anyhow. */
  device?: DeviceChoice
}

/** The CPU with its kernels, and the device that was chosen; close it to end its threads. */
export async function createCompute(options: ComputeOptions): Promise<Compute & { close(): Promise<void> }> {
  const { threads, device = 'cpu' } = options
  // The processor is started only where a network asks for it; of another device it is said at once that it fails.
  const found = device === 'cpu' ? null : await open(device)
  const kernels = await createKernels(threads)
  return {
    device: found?.device ?? 'cpu',
    deviceName: found?.name ?? processorName(),
    threads,
    kernels,
    tensorflow: () => openTensorflow(found?.device ?? 'cpu'),
    close: kernels.close,
  }
}

const open = (device: DeviceChoice): Promise<Tensorflow> => (device === 'best' ? openBest() : openTensorflow(device))
