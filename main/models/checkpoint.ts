import type { TrainingCurve } from '../contract/curve'
import type { Tensors } from './model'

/** What training can go on from, to the same result as if it had never stopped; what is random comes from the seed. */
export interface Checkpoint {
  readonly tensors: Tensors
  readonly state: TrainingState
}

/** Where training got to. Survives JSON. */
export interface TrainingState {
  /** Epochs that are complete. */
  readonly epoch: number
  /** Steps done of the next epoch, and the sum of its losses over their examples. */
  readonly step: number
  readonly lossSum: number
  /** The loss of the very first step; null before it. */
  readonly firstLoss: number | null
  /** The best value of the metric that stops training; null where none does, or none is known yet. */
  readonly best: { readonly epoch: number; readonly value: number } | null
  /** Validations since then. */
  readonly stale: number
  readonly curve: TrainingCurve
}

/** Where a fit keeps what it can go on from. */
export interface Checkpoints {
  /** What a fit of the same input was cut off at; null: it starts. */
  readonly last: Checkpoint | null
  /** Whether one should be saved now; asked after each step and each epoch. */
  isDue(at: 'step' | 'epoch'): boolean
  /** Rejects with the reason where training is to end here. `tensors` are made where they are kept. */
  save(state: TrainingState, tensors: () => Promise<Tensors>): Promise<void>
}
