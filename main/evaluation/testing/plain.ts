import type { PreparedData } from '../../data/prepared'
import { rowsOf } from '../../data/testing/interactions'

// Metrics written from their definitions, as plainly as can be: every pair is looked at, every list sorted whole.

export interface PlainCase {
  prepared: PreparedData
  /** Users x items; NaN where the model cannot score. */
  scores: number[][]
  /** The categories of each item. */
  categories: number[][]
}

/** A user with test items. */
interface User {
  test: number[]
  /** The rating of each of `test`. */
  ratings: number[]
  relevant: Set<number>
  known: number[]
  scores: number[]
  candidates: number[]
  /** Candidates with a score, best first. */
  ranked: number[]
}

const sum = (numbers: number[]) => numbers.reduce((total, number) => total + number, 0)
const mean = (numbers: number[]) => (numbers.length > 0 ? sum(numbers) / numbers.length : 0)
const discounted = (gains: number[]) => sum(gains.map((gain, at) => (gain * Math.LN2) / Math.log(at + 2)))
const descending = (numbers: number[]) => numbers.toSorted((a, b) => b - a)
const pairsOf = <T>(list: T[]) => list.flatMap((a, at) => list.slice(at + 1).map((b) => [a, b] as const))

/** All metrics that need no expected ratings, by key. */
export function plainEvaluation(given: PlainCase, excludeSeen: boolean, cutoffs: number[]): Record<string, number> {
  const train = rowsOf(given.prepared.train)
  const users = usersOf(given, excludeSeen)
  const values: [string, number][] = [
    ['auc', mean(users.map(auc))],
    ['r-precision', mean(users.map(({ ranked, relevant }) => share(ranked.slice(0, relevant.size), relevant)))],
    ['log-loss', mean(users.map(logLoss))],
    ...cutoffs.flatMap((k) =>
      Object.entries({ ...ofLists(users, k), ...ofAll(users, k, train), ...ofItems(users, k, given) }).map(
        ([id, value]): [string, number] => [`${id}@${k}`, value],
      ),
    ),
  ]
  return Object.fromEntries(values)
}

const share = (items: number[], relevant: Set<number>) =>
  items.filter((item) => relevant.has(item)).length / relevant.size

function usersOf({ prepared, scores }: PlainCase, excludeSeen: boolean): User[] {
  const [train, held] = [rowsOf(prepared.train), rowsOf(prepared.test)]
  const validation = prepared.validation ? rowsOf(prepared.validation) : train.map(() => [])
  const catalogue = [...new Set(train.flat())].sort((a, b) => a - b)
  return held.flatMap((test, user) => {
    if (test.length === 0) return []
    const known = [...train[user], ...validation[user]]
    const own = scores[user]
    const candidates = catalogue.filter((item) => !excludeSeen || !known.includes(item))
    const ranked = candidates.filter((item) => !Number.isNaN(own[item])).sort((a, b) => own[b] - own[a] || a - b)
    const from = prepared.test.offsets[user]
    const ratings = test.map((_, at) => prepared.test.values[from + at])
    return [{ test, ratings, relevant: new Set(test), known, scores: own, candidates, ranked }]
  })
}

function auc({ scores, candidates, relevant }: User): number {
  const others = candidates.filter((item) => !relevant.has(item))
  if (others.length === 0) return 0.5
  const wins = [...relevant]
    .filter((item) => candidates.includes(item) && !Number.isNaN(scores[item]))
    .flatMap((item) =>
      others.map((other) => (Number.isNaN(scores[other]) ? 1 : (Math.sign(scores[item] - scores[other]) + 1) / 2)),
    )
  return sum(wins) / relevant.size / others.length
}

function logLoss({ scores, ranked, relevant }: User): number {
  const probability = (item: number) => 1 / (1 + Math.exp(-scores[item]))
  return mean(ranked.map((item) => -Math.log(relevant.has(item) ? probability(item) : 1 - probability(item))))
}

function ofLists(users: User[], k: number): Record<string, number> {
  const hits = ({ ranked, relevant }: User) => ranked.slice(0, k).map((item) => Number(relevant.has(item)))
  const average = (value: (user: User, hits: number[], r: number) => number) =>
    mean(users.map((user) => value(user, hits(user), user.relevant.size)))
  const rating = ({ test, ratings }: User, item: number) => Math.max(0, ...ratings.filter((_, at) => test[at] === item))
  return {
    precision: average((_, flags) => sum(flags) / k),
    recall: average((_, flags, r) => sum(flags) / r),
    'capped-recall': average((_, flags, r) => sum(flags) / Math.min(r, k)),
    // The harmonic mean of h/k and h/R is 2h / (k + R).
    f1: average((_, flags, r) => (2 * sum(flags)) / (k + r)),
    'hit-rate': average((_, flags) => Math.sign(sum(flags))),
    ndcg: average((_, flags, r) => discounted(flags) / discounted(new Array(Math.min(r, k)).fill(1))),
    'graded-ndcg': average((user) => {
      const ideal = discounted(descending([...user.relevant].map((item) => rating(user, item))).slice(0, k))
      return ideal === 0 ? 0 : discounted(user.ranked.slice(0, k).map((item) => rating(user, item))) / ideal
    }),
    map: average((_, flags, r) => {
      const precisions = flags.map((hit, at) => (hit ? sum(flags.slice(0, at + 1)) / (at + 1) : 0))
      return sum(precisions) / Math.min(r, k)
    }),
    mrr: average((_, flags) => Math.max(0, ...flags.map((hit, at) => hit / (at + 1)))),
  }
}

function ofAll(users: User[], k: number, train: number[][]): Record<string, number> {
  const catalogue = [...new Set(train.flat())]
  const lists = users.map(({ ranked }) => ranked.slice(0, k))
  const places = lists.flat()
  const owners = (item: number) => train.filter((row) => row.includes(item)).length
  const times = (item: number) => places.filter((listed) => listed === item).length
  const counts = catalogue.map(times)
  const differences = sum(counts.flatMap((a) => counts.map((b) => Math.abs(a - b))))
  const popular = catalogue.sort((a, b) => owners(b) - owners(a) || a - b)
  return {
    coverage: new Set(places).size / catalogue.length,
    gini: places.length > 0 ? differences / (2 * counts.length * places.length) : 0,
    // Of a place, the information of its item; over places that is -sum p log2 p.
    entropy: mean(places.map((item) => -Math.log2(times(item) / places.length))),
    'average-popularity': mean(places.map(owners)),
    novelty: mean(places.map((item) => -Math.log2(owners(item) / train.filter((row) => row.length > 0).length))),
    personalisation: mean(pairsOf(lists).map(([a, b]) => 1 - a.filter((item) => b.includes(item)).length / k)),
    serendipity: mean(
      users.map(({ ranked, relevant, candidates }) => {
        const usual = popular.filter((item) => candidates.includes(item)).slice(0, k)
        return ranked.slice(0, k).filter((item) => relevant.has(item) && !usual.includes(item)).length / k
      }),
    ),
  }
}

function ofItems(users: User[], k: number, { categories }: PlainCase): Record<string, number> {
  const all = [...new Set(categories.flat())]
  const vector = (item: number) => all.map((category) => Number(categories[item].includes(category)))
  const cosine = (a: number, b: number) =>
    sum(vector(a).map((value, at) => value * vector(b)[at])) / Math.hypot(...vector(a)) / Math.hypot(...vector(b))
  const mix = (items: number[]) => {
    const described = items.filter((item) => categories[item].length > 0)
    return all.map((category) =>
      mean(described.map((item) => (categories[item].includes(category) ? 1 / categories[item].length : 0))),
    )
  }
  return {
    diversity: mean(
      users.map(({ ranked }) => {
        const described = ranked.slice(0, k).filter((item) => categories[item].length > 0)
        return mean(pairsOf(described).map(([a, b]) => 1 - cosine(a, b)))
      }),
    ),
    calibration: mean(
      users.map(({ ranked, known }) => {
        const [wanted, found] = [mix(known), mix(ranked.slice(0, k))]
        return sum(wanted.map((p, at) => (p === 0 ? 0 : p * Math.log(p / (0.99 * found[at] + 0.01 * p)))))
      }),
    ),
  }
}
