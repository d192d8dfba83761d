import type { ReasonTerms } from '../contract/explanations'
import type { Breakdown, Explainer, Interactions, Scorer, Tensors } from './model'

/** The distinct items of a row of histories, ascending. */
export function distinctItems({ offsets, itemIndices }: Interactions, user: number): number[] {
  return [...new Set(itemIndices.subarray(offsets[user], offsets[user + 1]))].sort((a, b) => a - b)
}

/** Explains by what each item of the history adds; `amountOf` is given items of the history, each once. */
export function historyExplainer(
  terms: ReasonTerms,
  histories: Interactions,
  amountOf: (item: number, own: number, user: number) => number,
  restOf: (item: number, user: number) => number = () => 0,
): Explainer {
  return breakdownExplainer(terms, async (user, item) => {
    const parts = distinctItems(histories, user)
      .map((own) => ({ index: own, amount: amountOf(item, own, user) }))
      .filter(({ amount }) => amount !== 0)
    return [{ of: 'history', parts, rest: restOf(item, user) }]
  })
}

export function breakdownExplainer(
  terms: ReasonTerms,
  explain: (user: number, item: number) => Promise<Breakdown[]>,
): Explainer {
  return { terms, explain, close() {} }
}

/** Explains a score that takes no notice of the history: all of it is the item's own. */
export function alikeExplainer(
  terms: 'everyone' | 'chance',
  scoreOf: (item: number, user: number) => number,
): Explainer {
  return breakdownExplainer(terms, async (user, item) => [{ of: 'history', parts: [], rest: scoreOf(item, user) }])
}

/** Histories so few and short that scoring them is no work for the kernels: those of one user who is looked at. */
export function areFew({ users, itemIndices, items }: Interactions, workOfEntry = items): boolean {
  return users <= 4 && itemIndices.length * workOfEntry <= 16_000_000
}

/** Scores row by row; `fill` writes the scores of a row that it is given empty, and NaN where there are none. */
export function rowScorer(
  { users, items }: Pick<Interactions, 'users' | 'items'>,
  fill: (user: number, into: Float32Array) => void,
): Scorer {
  return {
    async score(wanted, into) {
      wanted.forEach((user, row) => {
        const own = into.subarray(row * items, (row + 1) * items)
        if (user < users) fill(user, own.fill(0))
        else own.fill(Number.NaN)
      })
    },
    close() {},
  }
}

/** What is derived from a trained model, made once as long as its tensors are held. */
export function derived<T>(make: (tensors: Tensors) => T): (tensors: Tensors) => T {
  const known = new WeakMap<Tensors, T>()
  return (tensors) => {
    const found = known.get(tensors)
    if (found !== undefined) return found
    const made = make(tensors)
    known.set(tensors, made)
    return made
  }
}

/** One user's history by itself. */
export function rowOf(histories: Interactions, user: number): Interactions {
  const [from, to] = [histories.offsets[user], histories.offsets[user + 1]]
  return {
    users: 1,
    items: histories.items,
    offsets: Uint32Array.of(0, to - from),
    itemIndices: histories.itemIndices.subarray(from, to),
    values: histories.values.subarray(from, to),
    timestamps: histories.timestamps?.subarray(from, to) ?? null,
  }
}
