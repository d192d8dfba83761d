import type { FitProgress } from '../model'

/** How fast examples are learned from at the moment. */
export interface Pace {
  count(examples: number, learningRate: number): void
  /** What has passed since the last step was no learning. */
  leaveOut(): void
  /** Undefined before the first step. */
  now(): FitProgress['pace']
}

/** Examples a second over the last seconds: a step that is `window` milliseconds old counts 1 / e. */
export function createPace(clock: () => number = () => performance.now(), window = 2000): Pace {
  let [examples, milliseconds, last, learningRate] = [0, 0, clock(), 0]
  return {
    count(count, rate) {
      const now = clock()
      const kept = Math.exp(-(now - last) / window)
      examples = examples * kept + count
      milliseconds = milliseconds * kept + (now - last)
      last = now
      learningRate = rate
    },
    leaveOut() {
      last = clock()
    },
    now: () => (milliseconds > 0 ? { learningRate, examplesPerSecond: (1000 * examples) / milliseconds } : undefined),
  }
}
