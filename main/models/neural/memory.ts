import type { Parameters } from '../model'
import { hiddenSizes } from './perceptron'

// What a network's process was measured to hold: docs/benchmarks.md has it beside what these estimate.

/** Of a weight: itself, its gradient and moments, the copies that checkpoints and lists are made of, and what lies unused between. */
const copiesOfWeight = 12
/** Of a number that a step computes: itself, its gradient, and what lies unused between. */
const copiesOfNumber = 2.2
/** Of an interaction: the pair that it is learned as. */
const bytesOfInteraction = 16
/** Blocks of scores that `deviceScorer` and its layers have at a time. */
export const blockBytes = 16 * 2 ** 20

export interface NetworkSize {
  readonly weights: number
  /** Numbers that a step computes before it takes its gradient. */
  readonly step: number
  readonly interactions: number
}

/** Bytes that a network is expected to hold at its peak, on the processor, beside TensorFlow.js itself. */
export function networkBytes({ weights, step, interactions }: NetworkSize): number {
  return 4 * (copiesOfWeight * weights + copiesOfNumber * step) + bytesOfInteraction * interactions
}

/** Pairs of a step: choices, and the items drawn beside each. */
export function pairsOfStep(interactions: number, { batch_size, negatives }: Parameters): number {
  return Math.min(interactions, Number(batch_size)) * (1 + Number(negatives))
}

/** Numbers that a perceptron computes of one pair, from the two halves of its first layer on. */
export function perceptronNumbers(params: Parameters): number {
  const [first, ...others] = hiddenSizes(params)
  return 5 * first + 3 * others.reduce((sum, units) => sum + units, 0)
}
