import type { Variable } from '@tensorflow/tfjs-core'
import { bestFirst, type DeviceId } from '../../contract/devices'
import type { tf as core } from './generated/tensorflow'
import { findNative, openNative } from './native'
import type { Loss, StepOptions, TrainingStep } from './step'
import { openWasm } from './wasm'
import { openWebgpu } from './webgpu'

/** TensorFlow.js as a value: every backend brings one with the same functions. */
export type Tf = typeof core
export type TfTensor = import('@tensorflow/tfjs-core').Tensor

export interface Tensorflow {
  readonly tf: Tf
  /** The backend that computes, as it calls itself. */
  readonly backend: string
  readonly device: DeviceId
  /** The hardware, as its driver calls it. */
  readonly name: string
  /** It imitates the hardware, so that it is slow. */
  readonly isSoftware: boolean
  /** Throws where the device was lost or ran out of memory since, which some say late and aside. */
  verify(): void
  /** What an error that its library threw means; left out where such errors speak for themselves. */
  explain?(error: unknown): unknown
  /** Computes steps in a way of its own. */
  openStep?(loss: Loss, options: StepOptions): TrainingStep
  /** A step of Adam in one pass, where the backend has one; changes the variables in place. */
  adam?(slot: Slot, gradient: TfTensor, settings: AdamSettings): void
}

/** A weight with the means of its gradients and of their squares. */
export interface Slot {
  readonly weight: Variable
  readonly first: Variable
  readonly second: Variable
}

export interface AdamSettings {
  readonly beta1: number
  readonly beta2: number
  /** Learning rate and stabiliser, corrected for the moments' bias. */
  readonly rate: number
  readonly stabiliser: number
  /** What weight decay leaves of a weight. */
  readonly kept: number
}

/** A named array, row-major, as models keep it. */
export interface NamedArray {
  readonly shape: readonly number[]
  readonly data: Float32Array | Float64Array | Int32Array | Uint32Array | Uint8Array
}
export type NamedArrays = Readonly<Record<string, NamedArray>>

const openers: Record<DeviceId, () => Promise<Tensorflow>> = {
  cpu: openWasm,
  webgpu: openWebgpu,
  cuda: () => openNative('cuda'),
  'native-cpu': () => openNative('native-cpu'),
}
const opened = new Map<DeviceId, Promise<Tensorflow>>()

/** TensorFlow.js on a device, started once in a process; the device is in force until another one is opened. */
export async function openTensorflow(device: DeviceId = 'cpu'): Promise<Tensorflow> {
  const known = opened.get(device) ?? openers[device]()
  opened.set(device, known)
  const tensorflow = await known
  await tensorflow.tf.setBackend(tensorflow.backend)
  return tensorflow
}

/** The first device of `best` that can be had. */
export async function openBest(): Promise<Tensorflow> {
  for (const device of bestFirst) {
    if (device === 'cuda' && findNative(device) === null) continue
    const found = await openTensorflow(device).catch(() => null)
    if (found && !found.isSoftware) return found
  }
  return openTensorflow('cpu')
}
