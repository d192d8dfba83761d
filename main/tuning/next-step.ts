import type { SamplerId, TrialRecord } from '../contract/tuning'
import { createRandom } from '../models/random'
import { type Judged, lossesOf, nonDominated, ranking } from './order'
import { reduction } from './rungs'
import type { Sampler } from './sampler'
import { findSampler } from './samplers/registry'
import { keyOf, type Params, type Point, type SearchSpace } from './space'

/** What the next step of a study depends on, beside its trials. */
export interface Search {
  sampler: SamplerId
  seed: number
  objectives: readonly string[]
  models: readonly { space: SearchSpace; rungs: readonly number[] }[]
}

export type Trial = Pick<TrialRecord, 'number' | 'model' | 'params' | 'state' | 'rungs' | 'values'>

/** `begin` a trial, or let one `climb` to the rung after its last one. */
export type Step =
  | { kind: 'begin'; number: number; model: string; params: Params }
  | { kind: 'climb'; number: number; rung: number }

/** `all`; `climbs`: no trial begins any more; `last`: only so much that one trial is trained whole. */
export type Allowed = 'all' | 'climbs' | 'last'

/**
 * What is to be done next, or null where nothing is: then the study has to wait for the trials that run, or is done.
 * A pure function of the search and of the trials as they stand, so that a study that was cut off goes on as it would have.
 *
 * Asynchronous successive halving (Li et al. 2020, algorithm 2): a trial of the best third of its rung climbs as soon as
 * it is known to be one, from the highest rung down; otherwise a new one begins. Trials are compared with those of the
 * same model. Where no trial begins any more, the best of each model that has none trained whole climbs to the top.
 */
export function nextStep(search: Search, trials: readonly Trial[], allowed: Allowed): Step | null {
  if (allowed === 'last') return lastStep(search, trials)
  const cutOff = firstCutOff(trials)
  if (cutOff) return cutOff
  for (const { space, rungs } of search.models) {
    const step = climbOfThird(search, trialsOf(space.model, trials), rungs)
    if (step) return step
  }
  if (allowed === 'all') {
    const step = begin(search, trials)
    if (step) return step
  }
  for (const { space } of search.models) {
    const step = climbOfBest(search, trialsOf(space.model, trials))
    if (step) return step
  }
  return null
}

/** The numbers of the best trial, or with two objectives of those that no other one beats; of those trained most. */
export function bestTrials(objectives: readonly string[], trials: readonly Trial[]): number[] {
  const judged = trials.filter(({ rungs, state }) => rungs.length > 0 && state !== 'failed')
  const shareOf = ({ rungs }: Trial) => rungs[rungs.length - 1].share
  const most = Math.max(...judged.map(shareOf))
  const trained = judged.filter((trial) => shareOf(trial) === most)
  const losses = trained.map(({ values }) => lossesOf(objectives, values ?? {}))
  const best = nonDominated(losses).sort((a, b) => losses[a][0] - losses[b][0])
  return (objectives.length > 1 ? best : best.slice(0, 1)).map((at) => trained[at].number)
}

function trialsOf(model: string, trials: readonly Trial[]): Trial[] {
  return trials.filter((trial) => trial.model === model)
}

function climbOfThird({ objectives }: Search, trials: readonly Trial[], rungs: readonly number[]): Step | null {
  for (let rung = rungs.length - 2; rung >= 0; rung--) {
    const judged = trials.filter((trial) => trial.rungs.length > rung)
    const losses = judged.map((trial) => ({ share: 1, losses: lossesOf(objectives, trial.rungs[rung].values) }))
    const third = ranking(losses).slice(0, Math.floor(judged.length / reduction))
    const next = third.map((at) => judged[at]).find((trial) => isWaiting(trial) && trial.rungs.length === rung + 1)
    if (next) return { kind: 'climb', number: next.number, rung: rung + 1 }
  }
  return null
}

/** Where nothing was judged yet, one trial is; then the best climbs. */
function lastStep(search: Search, trials: readonly Trial[]): Step | null {
  const isNothingJudged = trials.every(({ state, rungs }) => state === 'failed' && rungs.length === 0)
  return climbOfBest(search, trials) ?? firstCutOff(trials) ?? (isNothingJudged ? begin(search, trials) : null)
}

/** The best of those that wait, where none is trained whole or on its way. */
function climbOfBest(search: Search, trials: readonly Trial[]): Step | null {
  if (trials.some(({ state }) => state === 'done' || state === 'running')) return null
  const waiting = trials.filter((trial) => isWaiting(trial) && trial.rungs.length > 0)
  const [best] = ranking(waiting.map((trial) => judgedOf(search, trial)))
  return best === undefined ? null : { kind: 'climb', number: waiting[best].number, rung: waiting[best].rungs.length }
}

/** A trial that was begun and not judged yet, since the study was cut off. */
function firstCutOff(trials: readonly Trial[]): Step | null {
  const found = trials.find((trial) => isWaiting(trial) && trial.rungs.length === 0)
  return found ? { kind: 'climb', number: found.number, rung: 0 } : null
}

function isWaiting({ state }: Trial): boolean {
  return state === 'waiting'
}

function judgedOf({ objectives }: Pick<Search, 'objectives'>, { rungs }: Trial): Judged {
  const last = rungs[rungs.length - 1]
  return { share: last.share, losses: lossesOf(objectives, last.values) }
}

/** Judged trials, the best first, then those that failed. */
function rankedTrials(search: Pick<Search, 'objectives'>, trials: readonly Trial[]): Trial[] {
  const judged = trials.filter(({ rungs }) => rungs.length > 0)
  const failed = trials.filter(({ state, rungs }) => state === 'failed' && rungs.length === 0)
  return [...ranking(judged.map((trial) => judgedOf(search, trial))).map((at) => judged[at]), ...failed]
}

function begin(search: Search, trials: readonly Trial[]): Step | null {
  const sampler = findSampler(search.sampler)
  const number = Math.max(0, ...trials.map((trial) => trial.number)) + 1
  const common = createRandom(search.seed).derive('study')
  const random = common.derive(`trial ${number}`)
  const tried = new Set(trials.map(({ model, params }) => keyOf(model, params)))
  for (const space of modelsInOrder(search, sampler, trials, random.derive('model'))) {
    const own = trialsOf(space.model, trials)
    const ranked = rankedTrials(search, own).map(({ params }) => space.encode(params))
    const request = { space, index: own.length, ranked, random: random.derive(space.model), common }
    for (const point of points(sampler, request)) {
      const params = space.decode(point)
      if (!tried.has(keyOf(space.model, params))) return { kind: 'begin', number, model: space.model, params }
    }
  }
  return null
}

function* points(sampler: Sampler, request: Parameters<Sampler['propose']>[0]): Iterable<Point> {
  if (sampler.beginsWithDefaults) yield request.space.encode(request.space.defaults)
  yield* sampler.propose(request)
}

/**
 * Whose turn it is: models in turn; after its sampler's start the model is drawn by its share of the good trials of the
 * whole study, with one more trial spread over all models. The others follow for where nothing is left to try.
 */
function modelsInOrder(
  search: Search,
  sampler: Sampler,
  trials: readonly Trial[],
  random: ReturnType<typeof createRandom>,
): SearchSpace[] {
  const spaces = search.models.map(({ space }) => space)
  const counts = spaces.map(({ model }) => trialsOf(model, trials).length)
  const inTurn = [...spaces.keys()].sort((a, b) => counts[a] - counts[b] || a - b)
  const isStarted = spaces.every((space, at) => counts[at] >= (sampler.startup(space) ?? Number.POSITIVE_INFINITY))
  if (!isStarted || spaces.length === 1) return inTurn.map((at) => spaces[at])
  const ranked = rankedTrials(search, trials)
  const good = ranked.slice(0, Math.max(1, Math.ceil(ranked.length / 4)))
  const weights = spaces.map(({ model }) => trialsOf(model, good).length + 1 / spaces.length)
  const chosen = drawWeighted(weights, random.uniform())
  return [chosen, ...inTurn.filter((at) => at !== chosen)].map((at) => spaces[at])
}

function drawWeighted(weights: readonly number[], place: number): number {
  let left = place * weights.reduce((sum, weight) => sum + weight, 0)
  const found = weights.findIndex((weight) => {
    left -= weight
    return left < 0
  })
  return found === -1 ? weights.length - 1 : found
}
