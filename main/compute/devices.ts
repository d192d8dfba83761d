import { availableParallelism, cpus, totalmem } from 'node:os'
import type { DeviceId, DeviceRecord } from '../contract/devices'
import { TopnError, textOf } from '../contract/errors'
import { findNative, nvidiaCard } from './tensorflow/native'
import { openTensorflow, type Tensorflow } from './tensorflow/tensorflow'

/** Devices that this machine may have; which of them work only trying says. */
export function possibleDevices(): DeviceId[] {
  const hasNative = findNative('native-cpu') !== null
  const hasCuda = findNative('cuda') !== null || nvidiaCard() !== null
  return [...(hasCuda ? (['cuda'] as const) : []), 'webgpu', 'cpu', ...(hasNative ? (['native-cpu'] as const) : [])]
}

/** Computes a small product on a device and says what did it. A driver can end the process that it is loaded in. */
export async function probeDevice(id: DeviceId): Promise<DeviceRecord> {
  try {
    const tensorflow = await openTensorflow(id)
    await requireProduct(tensorflow)
    const { backend, name, isSoftware } = tensorflow
    return { ...recordOf(id), name, available: true, isSoftware, backend, detail: meanings[id] }
  } catch (error) {
    const reason = error instanceof TopnError ? error.data.reason : null
    return { ...recordOf(id), detail: typeof reason === 'string' ? reason : textOf(error) }
  }
}

/** A device that does not work. */
export function recordOf(id: DeviceId): DeviceRecord {
  const isProcessor = id === 'cpu' || id === 'native-cpu'
  return {
    id,
    name: id === 'cuda' ? (nvidiaCard() ?? 'NVIDIA') : isProcessor ? processorName() : 'WebGPU',
    available: false,
    isSoftware: false,
    backend: null,
    threads: isProcessor ? availableParallelism() : 0,
    memoryBytes: isProcessor ? memoryBytes() : 0,
    detail: '',
  }
}

const meanings: Record<DeviceId, string> = {
  cuda: "TensorFlow's own library with CUDA.",
  webgpu: 'WebGPU.',
  cpu: 'WebAssembly SIMD kernels.',
  'native-cpu': "TensorFlow's own library.",
}

/** (1 2; 3 4) (5; 6) = (17; 39) */
async function requireProduct({ tf, verify }: Tensorflow): Promise<void> {
  const product = tf.tidy(() => tf.matMul(tf.tensor2d([1, 2, 3, 4], [2, 2]), tf.tensor2d([5, 6], [2, 1])))
  const [first, second] = await product.data().finally(verify)
  product.dispose()
  if (first !== 17 || second !== 39) throw new Error('It computes wrong results; update its driver.')
}

export const processorName = (): string => cpus()[0]?.model.trim() || 'CPU'

/** Memory that this process may use: the container's limit where there is one, the machine's otherwise. */
export function memoryBytes(): number {
  const limit = process.constrainedMemory()
  return limit > 0 && limit < totalmem() ? limit : totalmem()
}
