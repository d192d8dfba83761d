import type { LeftOutReason } from '../contract/experiment'
import type { FeatureRows, Interactions } from '../models/model'
import type { TestCases } from './candidates'
import { noItem, type TopLists } from './lists'
import type { DescribedList, ExpectedList, GradedList, JudgedList, ListMetric } from './metric'

/** What is known of all items. */
export interface ItemFeatures {
  /** A row for each item of the data. */
  rows: FeatureRows
  /** The columns are categories, not components of a vector. */
  areCategories: boolean
}

/** Lists and all that metrics of single lists may ask of them. */
export interface JudgeRequest {
  lists: TopLists
  cases: TestCases
  /** Ratings of the test part. */
  test: Interactions
  /** What each user is known to have. */
  known: readonly Interactions[]
  itemFeatures: ItemFeatures | null
  /** What popularity lists for the same cases; null where no metric asks for it. */
  popular: TopLists | null
}

/** The value of one case's list cut at `k`. */
export type ValueOf = (row: number, k: number) => number

/** Gives each metric of single lists what it needs, made once. A reason where the data has it not. */
export function createJudge(request: JudgeRequest): (metric: ListMetric) => ValueOf | LeftOutReason {
  const lists = judgeLists(request.lists, request.cases)
  const graded = once(() => gradeLists(request, lists))
  const expected = once(() => expectLists(request, lists))
  const described = once(() => describeLists(request, lists))
  return (metric) => {
    switch (metric.kind) {
      case 'user':
        return (row, k) => metric.value(lists[row], k)
      case 'graded': {
        const given = graded()
        return given ? (row, k) => metric.value(given[row], k) : 'no-grades'
      }
      case 'expected': {
        const given = expected()
        return (row, k) => metric.value(given[row], k)
      }
      case 'described': {
        const given = described()
        if (!given) return 'no-attribute'
        if (metric.needsCategories && !request.itemFeatures?.areCategories) return 'no-categories'
        return (row, k) => metric.value(given[row], k)
      }
    }
  }
}

/** One for each case. */
export function judgeLists({ items, k }: TopLists, cases: TestCases): JudgedList[] {
  const hits = new Uint8Array(items.length)
  /** Of each item the last row that it was relevant in, from 1: no set is made for each user. */
  const relevantIn = new Uint32Array(cases.items)
  return Array.from(cases.users, (_, row) => {
    const relevant = cases.relevantOf(row)
    for (let at = 0; at < relevant.length; at++) relevantIn[relevant[at]] = row + 1
    const from = row * k
    let length = 0
    for (; length < k && items[from + length] !== noItem; length++) {
      if (relevantIn[items[from + length]] === row + 1) hits[from + length] = 1
    }
    return { hits: hits.subarray(from, from + k), relevant: relevant.length, length }
  })
}

/** Null where all test ratings are the same, so that they grade nothing. Of a repeated item the highest counts. */
function gradeLists({ lists: { items, k }, cases, test }: JudgeRequest, judged: JudgedList[]): GradedList[] | null {
  if (test.values.every((value) => value === test.values[0])) return null
  const worth = new Float32Array(test.items)
  return judged.map(({ hits }, row) => {
    const relevant = cases.relevantOf(row)
    for (const item of relevant) worth[item] = 0
    const user = cases.users[row]
    for (let at = test.offsets[user]; at < test.offsets[user + 1]; at++) {
      const item = test.itemIndices[at]
      worth[item] = Math.max(worth[item], test.values[at])
    }
    const gains = Float32Array.from(hits, (hit, rank) => (hit ? worth[items[row * k + rank]] : 0))
    return {
      gains,
      ideal: Float32Array.from(relevant, (item) => worth[item])
        .sort()
        .reverse(),
    }
  })
}

function expectLists({ lists, popular }: JudgeRequest, judged: JudgedList[]): ExpectedList[] {
  if (!popular) throw new Error('a metric asks for the lists of popularity, and none were made')
  const { items, k } = popular
  return judged.map(({ hits }, row) => {
    const usual = items.subarray(row * k, (row + 1) * k)
    const expected = Float64Array.from(hits, (hit, rank) => {
      const place = hit ? usual.indexOf(lists.items[row * k + rank]) : -1
      return place < 0 ? Number.POSITIVE_INFINITY : place + 1
    })
    return { hits, expected }
  })
}

/** Null where nothing is known of items. */
function describeLists(request: JudgeRequest, judged: JudgedList[]): DescribedList[] | null {
  const { lists, cases, known, itemFeatures } = request
  if (!itemFeatures) return null
  return judged.map(({ length }, row) => ({
    items: lists.items.subarray(row * lists.k, row * lists.k + length),
    known: itemsOf(known, cases.users[row]),
    features: itemFeatures.rows,
  }))
}

function itemsOf(parts: readonly Interactions[], user: number): Uint32Array {
  const rows = parts.map(({ offsets, itemIndices }) => itemIndices.subarray(offsets[user], offsets[user + 1]))
  const filled = rows.filter(({ length }) => length > 0)
  return filled.length === 1 ? filled[0] : Uint32Array.from(filled.flatMap((row) => [...row]))
}

function once<T>(make: () => T): () => T {
  let made: { value: T } | null = null
  return () => {
    made ??= { value: make() }
    return made.value
  }
}
