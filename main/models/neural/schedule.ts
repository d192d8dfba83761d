import type { Parameters } from '../model'

export interface Schedule {
  /** Of the step after `done` steps, of which `stepsOfEpoch` make an epoch; docs/training.md has the formulas. */
  rateAt(done: number, stepsOfEpoch: number): number
}

/** What the parameters say of how the learning rate rises and falls. */
export function scheduleOf(params: Parameters): Schedule {
  const [base, warmup] = [Number(params.learning_rate), Number(params.warmup_steps)]
  const cycle = Number(params.cycle_epochs) || Number(params.epochs)
  return {
    rateAt(done, stepsOfEpoch) {
      const rise = warmup > 0 ? Math.min(1, (done + 1) / warmup) : 1
      if (params.schedule !== 'cosine') return base * rise
      const length = cycle * stepsOfEpoch
      return base * rise * 0.5 * (1 + Math.cos((Math.PI * (done % length)) / length))
    },
  }
}
