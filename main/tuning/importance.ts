import { TopnError } from '../contract/errors'
import { fewestForImportance, type Importance, type StudySettings } from '../contract/tuning'
import { createRandom } from '../models/random'
import { findModel } from '../models/registry'
import { sharesOf } from './fanova'
import { type Axis, growForest, type Sample } from './forest'
import type { Trial } from './next-step'
import { lossesOf } from './order'
import { searchSpace } from './space'

/**
 * How much of an objective's variance over the space of a model its searched parameters explain, by a forest that is
 * fitted to the trials. With successive halving the values on the lowest rung count, where all trials were judged alike.
 */
export function importanceOf(
  { models, objectives, seed }: Pick<StudySettings, 'models' | 'objectives' | 'seed'>,
  trials: readonly Trial[],
  model: string = models[0].model,
  objective: string = objectives[0],
): Importance {
  const entry = models.find((one) => one.model === model)
  if (!entry) throw new TopnError('NOT_FOUND', `The study does not tune ${model}.`, { model })
  if (!objectives.includes(objective)) {
    throw new TopnError('NOT_FOUND', `The study does not judge by ${objective}.`, { objective })
  }
  const space = searchSpace(findModel(model), entry)
  const samples = trials.flatMap((trial): Sample[] => {
    if (trial.model !== model || trial.rungs.length === 0) return []
    const [value] = lossesOf([objective], trial.rungs[0].values)
    return Number.isFinite(value) ? [{ places: space.places(trial.params), value }] : []
  })
  const about = { model, objective, trials: samples.length }
  if (samples.length < fewestForImportance || space.dimensions.length === 0)
    return { ...about, parameters: [], pairs: [] }
  const axes = space.dimensions.map(
    (dimension): Axis =>
      dimension.kind === 'choice' ? { kind: 'choice', size: dimension.values.length } : { kind: 'range' },
  )
  const names = space.dimensions.map(({ name }) => name)
  return { ...about, ...named(names, sharesOf(axes, growForest(axes, samples, createRandom(seed)))) }
}

function named(names: readonly string[], { alone, pairs }: ReturnType<typeof sharesOf>) {
  const byShare = (a: { share: number }, b: { share: number }) => b.share - a.share
  return {
    parameters: names.map((name, at) => ({ name, share: alone[at] })).sort(byShare),
    pairs: names
      .flatMap((a, at) =>
        names.slice(at + 1).map((b, step) => ({ names: [a, b] as [string, string], share: pairs[at][at + 1 + step] })),
      )
      .sort(byShare),
  }
}
