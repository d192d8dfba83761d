import type { DeviceId } from '../contract/devices'
import type { Kernels } from './kernels/kernels'
import type { Tensorflow } from './tensorflow/tensorflow'

/** What a model computes with: the device it was given, and the kernels on it. */
export interface Compute {
  readonly device: DeviceId
  /** What the device's driver calls it. */
  readonly deviceName: string
  readonly threads: number
  readonly kernels: Kernels
  /** TensorFlow.js on the device; started at the first call. */
  tensorflow(): Promise<Tensorflow>
}
