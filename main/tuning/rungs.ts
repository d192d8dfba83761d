import type { Params } from './space'

/** Of each rung the best third goes on, to three times the training (Li et al. 2020). */
export const reduction = 3
const lowestShare = 1 / 9
/** A share with fewer users says too little. */
const fewestUsers = 300

/** What of the training a model can be given a part of; a model without epochs is trained on a part of the users. */
export function hasEpochs(model: { parameters: readonly { name: string }[] }): boolean {
  return model.parameters.some(({ name }) => name === 'epochs')
}

/** The shares of the training at which trials of a model are judged, ascending; the last is 1. `users`: of the train part. */
export function rungsOf(model: { parameters: readonly { name: string }[] }, halving: boolean, users: number): number[] {
  const shares: number[] = []
  for (let share = lowestShare; halving && share < 0.99; share *= reduction) {
    if (hasEpochs(model) || share * users >= fewestUsers) shares.push(share)
  }
  return [...shares, 1]
}

/** Epochs at a share of the training; null for a model without. */
export function epochsAt({ epochs }: Readonly<Params>, share: number): number | null {
  return typeof epochs === 'number' ? Math.max(1, Math.round(epochs * share)) : null
}

/** Of the models of a study, each with the shares of its rungs. */
type Climbers = readonly { space: { model: string }; rungs: readonly number[] }[]

/** The share of the training on a rung of a model. */
export function shareAt(models: Climbers, model: string, rung: number): number {
  return models.find(({ space }) => space.model === model)?.rungs[rung] ?? 1
}

/** How many whole trainings so many trials cost, where a third of each rung climbs, and of each model one to the top. */
export function trainingsOf(models: Climbers, trials: number): number {
  const each = trials / models.length
  const costs = models.flatMap(({ rungs }) => rungs.map((share, rung) => share * Math.max(1, each / reduction ** rung)))
  return costs.reduce((sum, cost) => sum + cost, 0)
}
