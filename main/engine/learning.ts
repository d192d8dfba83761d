import type { Learned, RunRecord } from '../contract/records'

type Params = RunRecord['params']

/** The rate of a cosine over all epochs stays what it was when there are more or fewer of them. */
function keepCycle(params: Params): Params {
  return params.schedule === 'cosine' && params.cycle_epochs === 0 ? { ...params, cycle_epochs: params.epochs } : params
}

/**
 * Parameters with which a training that is over goes on for more epochs: those with which it would have come to the same
 * if it had been trained for all of them at once.
 */
export function continuedParams(params: Params, { epochs, isStoppedEarly }: Learned, more: number): Params {
  const kept = { ...keepCycle(params), epochs: epochs + more }
  if (!isStoppedEarly) return kept
  return { ...kept, patience: Number(params.patience) + Math.ceil(more / Number(params.validate_every)) }
}

/** Parameters for learning from all parts: as many epochs as turned out best, since nothing is left to stop by. */
export function everyoneParams({ params, learned }: Pick<RunRecord, 'params' | 'learned'>): Params {
  if (!learned) return params
  return { ...keepCycle(params), epochs: learned.bestEpoch ?? learned.epochs, early_stopping: 'off' }
}
