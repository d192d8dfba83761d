import { lessIsBetter, type MetricId } from '../contract/experiment'

/** What orders trials: how much of the training they rest on, and how well they did. */
export interface Judged {
  /** 0 to 1. */
  share: number
  /** For each objective, less is better. */
  losses: readonly number[]
}

/** The metric and the cutoff of an objective's key, such as `ndcg@10`; null where it has none. */
export function metricOf(objective: string): { id: MetricId; k: number | null } {
  const [id, k] = objective.split('@')
  return { id: id as MetricId, k: k === undefined ? null : Number(k) }
}

/** The values as losses; what is no number is worse than any. */
export function lossesOf(objectives: readonly string[], values: Readonly<Record<string, number>>): number[] {
  return objectives.map((key) => {
    const value = values[key]
    if (value === undefined || Number.isNaN(value)) return Number.POSITIVE_INFINITY
    return lessIsBetter.includes(metricOf(key).id) ? value : -value
  })
}

/** Whether `a` is no worse in any objective and better in one. */
export function dominates(a: readonly number[], b: readonly number[]): boolean {
  return a.every((loss, at) => loss <= b[at]) && a.some((loss, at) => loss < b[at])
}

/** Places of those that no other one dominates, in the order given. */
export function nonDominated(losses: readonly (readonly number[])[]): number[] {
  return [...losses.keys()].filter((at) => !losses.some((other) => dominates(other, losses[at])))
}

/**
 * Places, the best first: those judged on more of the training go before others, since they were among the best there.
 * On the same share by fronts that no later one dominates, and within a front the loneliest first (the crowding distance
 * of NSGA-II, Deb et al. 2002); with one objective that is by its value. Ties keep their order.
 */
export function ranking(judged: readonly Judged[]): number[] {
  const shares = [...new Set(judged.map(({ share }) => share))].sort((a, b) => b - a)
  return shares.flatMap((share) => {
    let rest = [...judged.keys()].filter((at) => judged[at].share === share)
    if (judged[0].losses.length === 1) return rest.sort((a, b) => compare(judged[a].losses[0], judged[b].losses[0]))
    const ranked: number[] = []
    while (rest.length > 0) {
      const losses = rest.map((at) => judged[at].losses)
      const front = nonDominated(losses).map((at) => rest[at])
      ranked.push(...byCrowding(front, judged))
      rest = rest.filter((at) => !front.includes(at))
    }
    return ranked
  })
}

function byCrowding(front: readonly number[], judged: readonly Judged[]): number[] {
  const distance = new Map(front.map((at) => [at, 0]))
  for (const objective of judged[front[0]].losses.keys()) {
    const loss = (at: number) => judged[at].losses[objective]
    const sorted = [...front].sort((a, b) => compare(loss(a), loss(b)))
    const range = loss(sorted[sorted.length - 1]) - loss(sorted[0])
    sorted.forEach((at, place) => {
      const isEnd = place === 0 || place === sorted.length - 1
      const gap = isEnd ? Number.POSITIVE_INFINITY : (loss(sorted[place + 1]) - loss(sorted[place - 1])) / (range || 1)
      distance.set(at, (distance.get(at) ?? 0) + gap)
    })
  }
  return [...front].sort((a, b) => compare(distance.get(b) ?? 0, distance.get(a) ?? 0))
}

/** Infinities are equal to one another. */
function compare(a: number, b: number): number {
  return a === b ? 0 : a - b
}
