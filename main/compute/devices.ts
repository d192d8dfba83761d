import { availableParallelism, cpus, totalmem } from 'node:os'
import type { DeviceRecord } from '../contract/records'

/** What this machine can compute on. */
export function listDevices(): DeviceRecord[] {
  return [
    {
      id: 'cpu',
      name: cpus()[0]?.model.trim() ?? 'CPU',
      available: true,
      threads: availableParallelism(),
      memoryBytes: memoryBytes(),
      detail: 'WebAssembly SIMD kernels on worker threads.',
    },
  ]
}

/** Memory that this process may use: the container's limit where there is one, the machine's otherwise. */
export function memoryBytes(): number {
  const limit = process.constrainedMemory()
  return limit > 0 && limit < totalmem() ? limit : totalmem()
}
