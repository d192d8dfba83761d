import { TopnError } from '../contract/errors'
import type { Evaluation } from '../contract/experiment'
import { knownParts, type PreparedData } from '../data/prepared'
import type { FitProgress, Interactions, Rater, Scorer } from '../models/model'
import type { Random } from '../models/random'
import { givenCases, sampledCases, type TestCases } from './candidates'
import { emptyLists, noItem, oneListPerUser, selectTop, type TopLists } from './lists'
import type { Catalogue, RatedPairs, UserMetric } from './metric'
import { findMetric } from './metrics/registry'
import { rateTestPairs } from './ratings'
import { forEachScored, rankedItems, recommendLists } from './recommend'

export interface EvaluateRequest {
  prepared: PreparedData
  /** Scores users by what is known of them: see `known-scorer.ts`. */
  scorer: Scorer
  /** Made on the training part; null where the model expects no ratings. */
  rater: Rater | null
  /** The model learns from features, so that it may list items which have no training interactions. */
  coldItems?: boolean
  evaluation: Evaluation
  /** Draws the sampled candidates. */
  random: Random
  signal: AbortSignal
  report(progress: FitProgress): void
}

export interface EvaluationResult {
  /** Keys are `id@k`, or `id` where there is no k. */
  metrics: Record<string, number>
  /** One for each judged user, as long as the largest cutoff; of users with several cases the best of all of them. */
  lists: TopLists
  /** Users with test items, ascending. */
  users: Uint32Array
  /** Beside `users`, for each metric of single lists; a user's mean where several cases are theirs. */
  perUser: Record<string, Float64Array>
}

/**
 * Judges a model's lists by the test part. Of each user the relevant items are the distinct test items; users without
 * any are left out. Definitions: docs/metrics.md.
 */
export async function evaluate(request: EvaluateRequest): Promise<EvaluationResult> {
  const { prepared, evaluation } = request
  const { lists, cases } = await rank(request)
  if (cases.users.length === 0) {
    throw new TopnError('BAD_DATA', 'No user has test items, so nothing can be evaluated. Choose another split.')
  }
  const users = Uint32Array.from(new Set(cases.users)).sort()
  const catalogue = catalogueOf(prepared.train)
  const metrics: Record<string, number> = {}
  const perUser: Record<string, Float64Array> = {}
  const hits = judge(lists, cases)
  const wanted = evaluation.metrics.map(findMetric)
  const pairs = wanted.some(({ kind }) => kind === 'rating') ? await ratedPairs(request) : null
  for (const metric of wanted) {
    if (metric.kind === 'rating') {
      if (pairs) metrics[metric.id] = metric.value(pairs)
      continue
    }
    for (const k of evaluation.cutoffs) {
      const key = `${metric.id}@${k}`
      if (metric.kind === 'overall') {
        metrics[key] = metric.value(listedItems(lists, k, catalogue), catalogue)
      } else {
        perUser[key] = valuesPerUser(metric, k, hits, cases, users)
        metrics[key] = perUser[key].reduce((sum, value) => sum + value, 0) / users.length
      }
    }
  }
  return { metrics, lists: oneListPerUser(lists), users, perUser }
}

function catalogueOf(train: Interactions): Catalogue {
  const users = new Uint32Array(train.items)
  let allUsers = 0
  for (let user = 0; user < train.users; user++) {
    const items = new Set(train.itemIndices.subarray(train.offsets[user], train.offsets[user + 1]))
    for (const item of items) users[item]++
    if (items.size > 0) allUsers++
  }
  return { users, allUsers }
}

async function ratedPairs({ prepared, rater, signal, report }: EvaluateRequest): Promise<RatedPairs | null> {
  const { train, test } = prepared
  return rater && rateTestPairs({ rater, train, test, signal, report })
}

/** One list for each test case. */
async function rank(request: EvaluateRequest): Promise<{ lists: TopLists; cases: TestCases }> {
  const { prepared, evaluation, random } = request
  const k = Math.min(Math.max(...evaluation.cutoffs), prepared.train.items)
  const all = allCases(prepared.test)
  if (evaluation.candidates === 'all') {
    const { train } = prepared
    const exclude = evaluation.exclude_seen ? knownParts(prepared) : []
    const allowed = rankedItems(train, request.coldItems ?? false)
    const lists = await recommendLists({ ...request, users: all.users, k, items: train.items, exclude, allowed })
    return { lists, cases: all }
  }
  const cases =
    'file' in evaluation.candidates
      ? givenCases(prepared)
      : sampledCases(prepared, all, evaluation.candidates.sampled, random)
  return { lists: await rankCandidates(request, cases, k), cases }
}

/** Ranks exactly the candidates of each case. */
async function rankCandidates(request: EvaluateRequest, cases: TestCases, k: number): Promise<TopLists> {
  const { items } = request.prepared.train
  const lists = emptyLists(cases.users, k)
  const masked = new Float32Array(items)
  await forEachScored({ ...request, users: cases.users, items }, (scores, _user, row) => {
    masked.fill(Number.NaN)
    for (const item of cases.candidatesOf(row)) masked[item] = scores[item]
    selectTop(masked, lists, row)
  })
  return lists
}

/** Each user with test items once; the candidates are not listed one by one. */
function allCases(test: Interactions): TestCases {
  const users: number[] = []
  for (let user = 0; user < test.users; user++) if (test.offsets[user + 1] > test.offsets[user]) users.push(user)
  return {
    users: Uint32Array.from(users),
    relevantOf: (row) => new Set(test.itemIndices.subarray(test.offsets[users[row]], test.offsets[users[row] + 1])),
    candidatesOf: () => [],
  }
}

interface JudgedCase {
  hits: Uint8Array
  relevant: number
}

function judge({ items, k }: TopLists, cases: TestCases): JudgedCase[] {
  return Array.from(cases.users, (_, row) => {
    const relevant = cases.relevantOf(row)
    const hits = Uint8Array.from(items.subarray(row * k, (row + 1) * k), (item) => (relevant.has(item) ? 1 : 0))
    return { hits, relevant: relevant.size }
  })
}

/** The mean over each user's cases, in the order of `users`. */
function valuesPerUser(metric: UserMetric, k: number, judged: JudgedCase[], cases: TestCases, users: Uint32Array) {
  const place = new Map(Array.from(users, (user, index) => [user, index]))
  const sums = new Float64Array(users.length)
  const counts = new Uint32Array(users.length)
  judged.forEach((list, row) => {
    const at = place.get(cases.users[row]) as number
    sums[at] += metric.value(list, k)
    counts[at]++
  })
  return sums.map((sum, at) => sum / counts[at])
}

/** Given candidates may hold items without training interactions; those are left out here. */
function* listedItems(lists: TopLists, k: number, { users }: Catalogue): Iterable<number> {
  for (let row = 0; row < lists.users.length; row++) {
    for (let rank = 0; rank < Math.min(k, lists.k); rank++) {
      const item = lists.items[row * lists.k + rank]
      if (item !== noItem && users[item] > 0) yield item
    }
  }
}
