import type { Variable } from '@tensorflow/tfjs-core'
import type { tf as core } from './generated/tensorflow'
import { openWasm } from './wasm'

/** TensorFlow.js as a value: every backend brings one with the same functions. */
export type Tf = typeof core
export type TfTensor = import('@tensorflow/tfjs-core').Tensor

export interface Tensorflow {
  readonly tf: Tf
  /** The backend that computes, as it calls itself. */
  readonly backend: string
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

let opened: Promise<Tensorflow> | undefined

/** TensorFlow.js on the CPU's WebAssembly; started once in a process. */
export function openTensorflow(): Promise<Tensorflow> {
  opened ??= openWasm()
  return opened
}
