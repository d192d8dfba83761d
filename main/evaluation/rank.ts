import type { Evaluation } from '../contract/experiment'
import { knownParts, type PreparedData } from '../data/prepared'
import type { FitProgress, Scorer } from '../models/model'
import type { Random } from '../models/random'
import { allCases, givenCases, sampledCases, type TestCases } from './candidates'
import { emptyLists, selectTop, type TopLists } from './lists'
import { forEachScored, type Observer, rankedItems, recommendLists } from './recommend'

export interface RankRequest {
  prepared: PreparedData
  scorer: Scorer
  /** The model learns from features, so that it may list items which have no training interactions. */
  coldItems?: boolean
  evaluation: Pick<Evaluation, 'candidates' | 'exclude_seen' | 'cutoffs'>
  observe?: Observer | null
  signal: AbortSignal
  report(progress: FitProgress): void
}

/** Whom an evaluation judges; `random` draws the sampled candidates. */
export function casesOf(
  prepared: PreparedData,
  { candidates }: Pick<Evaluation, 'candidates'>,
  random: Random,
): TestCases {
  if (candidates === 'all') return allCases(prepared.test)
  if ('file' in candidates) return givenCases(prepared)
  return sampledCases(prepared, allCases(prepared.test), candidates.sampled, random)
}

/** One list for each test case, as long as the largest cutoff. */
export async function rankCases(request: RankRequest, cases: TestCases): Promise<TopLists> {
  const { prepared, evaluation } = request
  const { train } = prepared
  const k = Math.min(Math.max(...evaluation.cutoffs), train.items)
  if (evaluation.candidates !== 'all') return rankCandidates(request, cases, k)
  const exclude = evaluation.exclude_seen ? knownParts(prepared) : []
  const allowed = rankedItems(train, request.coldItems ?? false)
  return recommendLists({ ...request, users: cases.users, k, items: train.items, exclude, allowed })
}

/** Ranks exactly the candidates of each case. */
async function rankCandidates(request: RankRequest, cases: TestCases, k: number): Promise<TopLists> {
  const { items } = request.prepared.train
  const lists = emptyLists(cases.users, k)
  const masked = new Float32Array(items)
  await forEachScored({ ...request, users: cases.users, items }, (scores, _user, row) => {
    masked.fill(Number.NaN)
    const candidates = new Set(cases.candidatesOf(row))
    for (const item of candidates) masked[item] = scores[item]
    request.observe?.({ scores: masked, candidates: candidates.size, isCandidate: (item) => candidates.has(item) }, row)
    selectTop(masked, lists, row)
  })
  return lists
}
