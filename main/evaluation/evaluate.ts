import { TopnError } from '../contract/errors'
import type { Evaluation, LeftOut, LeftOutReason } from '../contract/experiment'
import { knownParts, type PreparedData } from '../data/prepared'
import type { FitProgress, Interactions, Rater, Scorer } from '../models/model'
import type { Random } from '../models/random'
import type { TestCases } from './candidates'
import { createJudge, type ItemFeatures } from './judge'
import { noItem, oneListPerUser, type TopLists } from './lists'
import type { AllLists, Catalogue, Metric, Placing, RatedPairs } from './metric'
import { findMetric } from './metrics/registry'
import { logLossOf, placingOf } from './placing'
import { casesOf, rankCases } from './rank'
import { rateTestPairs } from './ratings'
import type { Observer } from './recommend'

export interface EvaluateRequest {
  prepared: PreparedData
  /** Scores users by what is known of them: see `known-scorer.ts`. */
  scorer: Scorer
  /** Made on the training part; null where the model expects no ratings. */
  rater: Rater | null
  /** The model learns from features, so that it may list items which have no training interactions. */
  coldItems?: boolean
  /** The sigmoid of a score is the probability that the user chooses the item. */
  scoresAreLogits?: boolean
  /** What is known of items, for metrics that ask for it; null where there is nothing. */
  itemFeatures?: ItemFeatures | null
  /** How often the reasons for first items are the ones that matter; null where there are none. Left out: not known. */
  faithfulness?: (lists: TopLists) => Promise<number | null>
  evaluation: Evaluation
  /** Draws the sampled candidates. */
  random: Random
  signal: AbortSignal
  report(progress: FitProgress): void
}

export interface EvaluationResult {
  /** Keys are `id@k`, or `id` where there is no k. */
  metrics: Record<string, number>
  /** Metrics that were asked for and could not be computed. */
  leftOut: LeftOut
  /** One for each judged user, as long as the largest cutoff; of users with several cases the best of all of them. */
  lists: TopLists
  /** Users with test items, ascending. */
  users: Uint32Array
  /** Beside `users`, for each metric of single users; a user's mean where several cases are theirs. */
  perUser: Record<string, Float64Array>
}

/**
 * Judges a model's lists by the test part. Of each user the relevant items are the distinct test items; users without
 * any are left out. Definitions: docs/metrics.md.
 */
export async function evaluate(request: EvaluateRequest): Promise<EvaluationResult> {
  const { prepared, evaluation } = request
  const cases = casesOf(prepared, evaluation, request.random)
  if (cases.users.length === 0) {
    throw new TopnError('BAD_DATA', 'No user has test items, so nothing can be evaluated. Choose another split.')
  }
  const wanted = evaluation.metrics.map(findMetric)
  const given = await gather(request, cases, wanted)
  const users = Uint32Array.from(new Set(cases.users)).sort()
  const perUserOf = averagePerUser(cases, users)
  const result: EvaluationResult = { metrics: {}, leftOut: {}, lists: oneListPerUser(given.lists), users, perUser: {} }
  for (const metric of wanted) {
    const found = valuesOf(metric, given, request)
    if (typeof found === 'string') {
      result.leftOut[metric.id] = found
      continue
    }
    for (const [key, value] of Object.entries(found)) {
      if (typeof value !== 'number') result.perUser[key] = perUserOf(value)
      result.metrics[key] = typeof value === 'number' ? value : meanOf(result.perUser[key])
    }
  }
  return result
}

/** What metrics are computed from. */
interface Given {
  lists: TopLists
  judge: ReturnType<typeof createJudge>
  /** One for each case; empty where no metric asks for them. */
  placings: readonly Placing[]
  pairs: RatedPairs | LeftOutReason
  catalogue: Catalogue
  /** Null where it was not asked for, or there are no reasons. */
  faithfulness: number | null
}

async function gather(request: EvaluateRequest, cases: TestCases, wanted: readonly Metric[]): Promise<Given> {
  const { prepared, evaluation } = request
  const isWanted = (kind: Metric['kind']) => wanted.some((metric) => metric.kind === kind)
  const placings: Placing[] = []
  const observe = isWanted('placing') ? observer(cases, placings, request.scoresAreLogits ?? false, wanted) : null
  const lists = await rankCases({ ...request, observe }, cases)
  const catalogue = catalogueOf(prepared.train)
  const popularity = { ...request, scorer: popularityScorer(catalogue), coldItems: false, report() {} }
  const judge = createJudge({
    lists,
    cases,
    test: prepared.test,
    known: knownParts(prepared),
    itemFeatures: request.itemFeatures ?? null,
    popular: isWanted('expected') ? await rankCases({ ...popularity, evaluation }, cases) : null,
  })
  const pairs = isWanted('rating') ? await ratedPairs(request) : 'no-rater'
  const faithfulness = isWanted('explained') ? ((await request.faithfulness?.(lists)) ?? null) : null
  return { lists, judge, placings, pairs, catalogue, faithfulness }
}

function observer(cases: TestCases, placings: Placing[], areLogits: boolean, wanted: readonly Metric[]): Observer {
  const needsLoss = areLogits && wanted.some((metric) => metric.kind === 'placing' && metric.needsLogits)
  return (competition, row) => {
    const relevant = cases.relevantOf(row)
    const loss = needsLoss ? logLossOf(competition.scores, relevant) : 0
    placings[row] = { ...placingOf(competition, relevant), loss }
  }
}

/** By key a number, or what each case has. */
type Values = Record<string, number | ((row: number) => number)>

function valuesOf(metric: Metric, given: Given, request: EvaluateRequest): Values | LeftOutReason {
  const { cutoffs } = request.evaluation
  const atCutoffs = (at: (k: number) => Values[string]) =>
    Object.fromEntries(cutoffs.map((k) => [`${metric.id}@${k}`, at(k)]))
  switch (metric.kind) {
    case 'rating':
      return typeof given.pairs === 'string' ? given.pairs : { [metric.id]: metric.value(given.pairs) }
    case 'placing':
      if (metric.needsLogits && !request.scoresAreLogits) return 'no-probabilities'
      return { [metric.id]: (row) => metric.value(given.placings[row]) }
    case 'explained':
      return given.faithfulness === null ? 'no-reasons' : { [metric.id]: given.faithfulness }
    case 'overall':
      return atCutoffs((k) => metric.value(allLists(given.lists, k, given.catalogue), given.catalogue))
    default: {
      const value = given.judge(metric)
      return typeof value === 'string' ? value : atCutoffs((k) => (row) => value(row, k))
    }
  }
}

function catalogueOf(train: Interactions): Catalogue {
  const users = new Uint32Array(train.items)
  const lastUser = new Uint32Array(train.items)
  let allUsers = 0
  for (let user = 0; user < train.users; user++) {
    const [from, to] = [train.offsets[user], train.offsets[user + 1]]
    for (let at = from; at < to; at++) {
      const item = train.itemIndices[at]
      if (lastUser[item] !== user + 1) users[item]++
      lastUser[item] = user + 1
    }
    if (to > from) allUsers++
  }
  return { users, allUsers }
}

/** Scores every item by the users who have it. */
function popularityScorer({ users: counts }: Catalogue): Scorer {
  return {
    async score(users, into) {
      for (let row = 0; row < users.length; row++) into.set(counts, row * counts.length)
    },
    close() {},
  }
}

async function ratedPairs({ prepared, rater, signal, report }: EvaluateRequest): Promise<RatedPairs | LeftOutReason> {
  const { train, test } = prepared
  if (!rater) return 'no-rater'
  return (await rateTestPairs({ rater, train, test, signal, report })) ?? 'same-ratings'
}

/** The mean over each user's cases, in the order of `users`. */
function averagePerUser(cases: TestCases, users: Uint32Array): (valueOfCase: (row: number) => number) => Float64Array {
  const place = new Map(Array.from(users, (user, at) => [user, at]))
  const places = cases.users.map((user) => place.get(user) as number)
  const counts = new Uint32Array(users.length)
  for (const at of places) counts[at]++
  return (valueOfCase) => {
    const sums = new Float64Array(users.length)
    for (let row = 0; row < places.length; row++) sums[places[row]] += valueOfCase(row)
    return sums.map((sum, at) => sum / counts[at])
  }
}

function meanOf(values: Float64Array): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length
}

function allLists({ items, users, k: length }: TopLists, k: number, catalogue: Catalogue): AllLists {
  const times = new Uint32Array(catalogue.users.length)
  for (let row = 0; row < users.length; row++) {
    for (let at = row * length; at < row * length + Math.min(k, length) && items[at] !== noItem; at++)
      times[items[at]]++
  }
  return { k, lists: users.length, times }
}
