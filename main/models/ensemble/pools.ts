import type { FitInput, Interactions, Scorer } from '../model'
import type { Random } from '../random'
import { type Fusion, toContributions } from './fusion'
import type { WeightCase } from './weights'

/** Users of the validation part by whom weights are found, at most; drawn at random. */
export const mostUsers = 2000
/** Of each member the best candidates of a user that may come into the list at any weights. */
export const poolItems = 200
/** Bytes of scores held at a time. */
export const batchBytes = 32 * 2 ** 20

export interface PoolRequest extends Pick<FitInput, 'train' | 'random' | 'signal'> {
  readonly validation: Interactions
  readonly scorers: readonly Scorer[]
  readonly fusion: Fusion
  /** Hears of the share of users that is done. */
  tell(fraction: number): Promise<void>
}

/**
 * For users of the validation part who have a history: the best candidates of each member beside what each member adds
 * for them. Items of the training history are no candidates. Scores of all users never exist at once.
 */
export async function weightCases(request: PoolRequest): Promise<WeightCase[]> {
  const { train, validation, scorers, fusion, random, signal, tell } = request
  const users = drawUsers(train, validation, random)
  const { items } = train
  const batchUsers = Math.max(1, Math.floor(batchBytes / 4 / items / scorers.length))
  const cases: WeightCase[] = []
  const seen = new Uint8Array(items)
  for (let from = 0; from < users.length; from += batchUsers) {
    signal.throwIfAborted()
    const batch = users.subarray(from, from + batchUsers)
    const scores: Float32Array[] = []
    for (const scorer of scorers) {
      const own = new Float32Array(batch.length * items)
      await scorer.score(batch, own)
      scores.push(own)
    }
    batch.forEach((user, row) => {
      markHistory(seen, train, user, 1)
      const rows = scores.map((own) => own.subarray(row * items, (row + 1) * items))
      const unscored = rows.map((own) => toContributions(own, seen, fusion))
      cases.push(caseOf(rows, unscored, seen, new Set(historyOf(validation, user))))
      markHistory(seen, train, user, 0)
    })
    await tell((from + batch.length) / users.length)
  }
  return cases
}

export function historyOf({ offsets, itemIndices }: Interactions, user: number): Uint32Array {
  return itemIndices.subarray(offsets[user], offsets[user + 1])
}

export function markHistory(seen: Uint8Array, histories: Interactions, user: number, flag: 0 | 1): void {
  for (const item of historyOf(histories, user)) seen[item] = flag
}

/** Ascending. */
function drawUsers(train: Interactions, validation: Interactions, random: Random): Uint32Array {
  const hasBoth = (user: number) => historyOf(train, user).length > 0 && historyOf(validation, user).length > 0
  const users = Uint32Array.from({ length: train.users }, (_, user) => user).filter(hasBoth)
  if (users.length <= mostUsers) return users
  for (let at = 0; at < mostUsers; at++) {
    const other = at + random.integer(users.length - at)
    ;[users[at], users[other]] = [users[other], users[at]]
  }
  return users.slice(0, mostUsers).sort()
}

function caseOf(
  rows: readonly Float32Array[],
  unscored: readonly number[],
  seen: Uint8Array,
  chosen: ReadonlySet<number>,
): WeightCase {
  const items = Uint32Array.from(new Set(rows.flatMap((own) => bestOf(own, seen)))).sort()
  const contributions = new Float32Array(rows.length * items.length)
  rows.forEach((own, member) => {
    items.forEach((item, at) => {
      contributions[member * items.length + at] = Number.isNaN(own[item]) ? unscored[member] : own[item]
    })
  })
  const right = Uint32Array.from(items.keys()).filter((at) => chosen.has(items[at]))
  return { items, contributions, right, relevant: chosen.size }
}

/** The candidates with the highest contributions, of equal ones the first. */
function bestOf(contributions: Float32Array, seen: Uint8Array): number[] {
  const isCandidate = (value: number, item: number) => seen[item] === 0 && !Number.isNaN(value)
  const ascending = contributions.filter(isCandidate).sort()
  const bound = ascending[Math.max(0, ascending.length - poolItems)]
  const above: number[] = []
  const equal: number[] = []
  contributions.forEach((value, item) => {
    if (!isCandidate(value, item)) return
    if (value > bound) above.push(item)
    else if (value === bound && equal.length < poolItems) equal.push(item)
  })
  return [...above, ...equal.slice(0, poolItems - above.length)]
}
