import { solveSymmetric } from '../cholesky'
import { breakdownExplainer, rowOf } from '../history-explainer'
import type { Explainer, Interactions } from '../model'
import { hash32 } from '../random'
import { ratings } from '../sparse'
import { type Descent, descendUser, type FixedItems, type OwnItems, scoreOf, sigmoid } from './fold-in'

/** Draws of a history that stand for all that training would draw. */
const mostDraws = 4096
const mostOfItem = 32

/**
 * How much less the score of an item would be without each item of the history, to first order: with L the history's loss
 * at the user's vector, H its second derivative and L_j what item j adds to it, y . H^-1 grad L_j, which is how the
 * minimum of L moves (Koh and Liang 2017, Understanding black-box predictions via influence functions). The drawn items
 * of L_j depend on j alone.
 */
export function influences(
  own: OwnItems,
  fixed: FixedItems,
  descent: Descent,
  vector: Float64Array,
  item: number,
): Float64Array {
  const size = fixed.dimensions + 1
  const visits = descent.loss === 'squared' ? 1 : descent.negatives + (descent.loss === 'logistic' ? 1 : 0)
  const ridge = visits * descent.regularization
  const hessian = new Float64Array(size * size)
  for (let at = 0; at < size; at++) hessian[at * size + at] = own.items.length * ridge + 1e-9
  const gradients = Array.from(own.items, () => vector.map((value) => ridge * value))
  forEachTerm(own, fixed, descent, ({ place, chosen, other, weight }) => {
    const direction = directionOf(fixed, chosen, other)
    const { slope, curve } = bend(own, fixed, descent, vector, { place, chosen, other })
    for (let one = 0; one < size; one++) {
      gradients[place][one] += weight * slope * direction[one]
      const scaled = weight * curve * direction[one]
      for (let another = 0; another <= one; another++) hessian[one * size + another] += scaled * direction[another]
    }
  })
  const weights = directionOf(fixed, item, -1).slice()
  solveSymmetric(hessian, size, [weights])
  return Float64Array.from(gradients, (gradient) => -gradient.reduce((sum, value, at) => sum + value * weights[at], 0))
}

/** Explains by `influences`; what the history does not make is the rest of the score. */
export function explainByInfluence(fixed: FixedItems, descent: Descent, histories: Interactions): Explainer {
  return breakdownExplainer('removal', async (user, item) => {
    const { indices, values } = ratings(rowOf(histories, user))
    if (indices.length === 0) return []
    const own = { items: indices, values }
    const vector = descendUser(own, fixed, descent)
    const amounts = influences(own, fixed, descent, vector, item)
    const rest = fixed.mean + scoreOf(vector, fixed, item) - amounts.reduce((sum, amount) => sum + amount, 0)
    return [{ of: 'history', parts: Array.from(indices, (index, at) => ({ index, amount: amounts[at] })), rest }]
  })
}

interface Term {
  /** In the history. */
  place: number
  /** What is raised, and what is lowered; -1 for nothing. */
  chosen: number
  other: number
  weight: number
}

function forEachTerm(own: OwnItems, fixed: FixedItems, descent: Descent, visit: (term: Term) => void): void {
  const { loss, negatives } = descent
  const draws = Math.max(2, Math.min(mostOfItem, Math.floor(mostDraws / Math.max(1, own.items.length))))
  const history = new Set(own.items)
  own.items.forEach((item, place) => {
    if (loss !== 'bpr') visit({ place, chosen: item, other: -1, weight: 1 })
    for (let draw = 0; loss !== 'squared' && draw < draws; draw++) {
      const other = fixed.members[hash32(hash32(item + 1) + draw) % Math.max(1, fixed.members.length)]
      if (other === undefined || history.has(other)) continue
      visit({ place, chosen: loss === 'bpr' ? item : -1, other, weight: negatives / draws })
    }
  })
}

function directionOf({ dimensions, vectors }: FixedItems, chosen: number, other: number): Float64Array {
  const direction = new Float64Array(dimensions + 1)
  for (const [item, sign] of [
    [chosen, 1],
    [other, -1],
  ]) {
    if (item < 0) continue
    for (let at = 0; at < dimensions; at++) direction[at] += sign * vectors[item * dimensions + at]
    direction[dimensions] += sign
  }
  return direction
}

/** First and second derivative of a term's loss by the product of its direction with the vector. */
function bend(
  { values }: OwnItems,
  fixed: FixedItems,
  { loss }: Descent,
  vector: Float64Array,
  { place, chosen, other }: Pick<Term, 'place' | 'chosen' | 'other'>,
): { slope: number; curve: number } {
  if (loss === 'squared') return { slope: fixed.mean + scoreOf(vector, fixed, chosen) - values[place], curve: 1 }
  const product = (chosen < 0 ? 0 : scoreOf(vector, fixed, chosen)) - (other < 0 ? 0 : scoreOf(vector, fixed, other))
  const miss = sigmoid(-product)
  return { slope: -miss, curve: miss * (1 - miss) }
}
