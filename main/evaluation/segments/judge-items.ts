import { TopnError } from '../../contract/errors'
import type { Interactions } from '../../models/model'
import type { TestCases } from '../candidates'
import { createJudge } from '../judge'
import type { TopLists } from '../lists'
import type { ListMetric } from '../metric'

export interface JudgeWithinRequest {
  /** One for each case, in the order of all cases. */
  lists: TopLists
  test: Interactions
  metric: ListMetric
  k: number
}

/** Cases that have relevant items in a segment, with these alone. */
export interface SegmentCases extends TestCases {
  /** Their places among all cases. */
  rows: Uint32Array
}

/** Each case as if only the items of a segment were relevant; without any it is left out. */
export function casesWithin(cases: TestCases, isMember: Uint8Array): SegmentCases {
  const within = (row: number) => cases.relevantOf(row).filter((item) => isMember[item] === 1)
  const rows = Uint32Array.from(cases.users.keys()).filter((row) => within(row).length > 0)
  return {
    rows,
    users: rows.map((row) => cases.users[row]),
    items: cases.items,
    relevantOf: (at) => within(rows[at]),
    candidatesOf: (at) => cases.candidatesOf(rows[at]),
  }
}

/**
 * A metric of whole lists where only some items are relevant: a hit is a listed relevant item of the segment, at the
 * rank that it has in the whole list, and R counts those of the segment. One value a case.
 */
export function judgeWithin({ lists, test, metric, k }: JudgeWithinRequest, within: SegmentCases) {
  const judged = createJudge({
    lists: rowsOf(lists, within),
    cases: within,
    test,
    known: [],
    itemFeatures: null,
    popular: null,
  })(metric)
  if (typeof judged === 'string') {
    throw new TopnError('BAD_REQUEST', `${metric.name} cannot be judged by items. Choose another metric.`, {
      field: 'metric',
    })
  }
  return Float64Array.from(within.rows, (_, at) => judged(at, k))
}

function rowsOf({ k, items, scores }: TopLists, { rows, users }: SegmentCases): TopLists {
  const picked = { k, users, items: new Uint32Array(rows.length * k), scores: new Float32Array(rows.length * k) }
  rows.forEach((row, at) => {
    picked.items.set(items.subarray(row * k, (row + 1) * k), at * k)
    picked.scores.set(scores.subarray(row * k, (row + 1) * k), at * k)
  })
  return picked
}
