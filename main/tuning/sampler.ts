import type { SamplerId } from '../contract/tuning'
import type { Random } from '../models/random'
import type { Point, SearchSpace } from './space'

export interface SampleRequest {
  space: SearchSpace
  /** Trials of the model that were begun before this one. */
  index: number
  /** Trials of the model that have ended, or were judged on a rung: the best first, those that failed last. */
  ranked: readonly Point[]
  /** Of this trial alone. */
  random: Random
  /** Of the study: the same for all its trials. */
  common: Random
}

/** Proposes what to try next: a pure function of what is asked, so that the same trials are followed by the same one. */
export interface Sampler {
  id: SamplerId
  /** The paper it follows. */
  source: string
  /** Points to try, the best first: the first one whose parameters are new is taken. None: nothing is left to try. */
  propose(request: SampleRequest): Iterable<Point>
  /** Trials of each model before a model that does well is taken more often; null: models take turns. */
  startup(space: SearchSpace): number | null
  /** A model's first trial has its defaults. */
  beginsWithDefaults: boolean
}
