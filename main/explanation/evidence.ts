import type { ReasonTerms } from '../contract/explanations'
import type { Breakdown, Explainer } from '../models/model'
import { type Asked, scoreWithout } from './without'

export interface Evidence {
  /** An item of the history. */
  readonly index: number
  /** What it adds to the score, or how much lower the score is without it. */
  readonly amount: number
}

export interface Reasons {
  readonly terms: ReasonTerms
  /** In the model's own terms; empty for a model that has none. */
  readonly ways: readonly Breakdown[]
  /** Of the history, the strongest first. */
  readonly history: readonly Evidence[]
  /** Whether the amounts of the history are parts of the score, to which the rest adds up. */
  readonly isExact: boolean
  /** What of the score no item of the history makes; null where their amounts are no parts of it. */
  readonly rest: number | null
}

/** Items of the history that are left out one by one at most, the latest ones. */
const mostLeftOut = 400

/**
 * Why an item has its score: what the model itself says of it, and which items of the history it rests on. Where the model
 * does not say the latter, each item of the history is left out in turn and the change of the score is what it adds.
 */
export async function reasonsOf(asked: Asked, item: number): Promise<Reasons> {
  const { model, fitted, history } = asked
  const explainer = (await model.explain?.(fitted, history)) ?? null
  const own = explainer && (await explainOnce(explainer, item))
  const ofHistory = own?.find(({ of }) => of === 'history')
  if (explainer && own && ofHistory) {
    return {
      terms: explainer.terms,
      ways: own,
      history: strongestFirst(ofHistory.parts),
      isExact: explainer.terms !== 'removal',
      rest: ofHistory.rest,
    }
  }
  const removed = model.foldIn ? await leaveOut(asked, item) : []
  return {
    terms: explainer && own && own.length > 0 ? explainer.terms : model.foldIn ? 'removal' : 'whole',
    ways: own ?? [],
    history: strongestFirst(removed),
    isExact: false,
    rest: null,
  }
}

async function explainOnce(explainer: Explainer, item: number): Promise<Breakdown[]> {
  try {
    return await explainer.explain(0, item)
  } finally {
    explainer.close()
  }
}

/** How much lower the score is without each item; where there is none left, all of it. */
async function leaveOut(asked: Asked, item: number): Promise<Evidence[]> {
  const latest = [...new Set(asked.history.itemIndices.toReversed())].slice(0, mostLeftOut)
  const scores = new Float64Array(latest.length + 1)
  const sets = [new Set<number>(), ...latest.map((index) => new Set([index]))]
  await scoreWithout(asked, sets, (all, at) => {
    scores[at] = all[item]
  })
  const [whole] = scores
  if (Number.isNaN(whole)) return []
  return latest.map((index, at) => {
    const left = scores[at + 1]
    return { index, amount: Number.isNaN(left) ? Math.abs(whole) : whole - left }
  })
}

function strongestFirst(parts: readonly Evidence[]): Evidence[] {
  return [...parts].sort((a, b) => b.amount - a.amount || a.index - b.index)
}
