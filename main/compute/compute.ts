import type { Kernels } from './kernels/kernels'

/** What a model computes with: the device it was given, and the kernels on it. */
export interface Compute {
  readonly device: 'cpu' | 'webgpu' | 'cuda'
  readonly threads: number
  readonly kernels: Kernels
}
