import { solveSymmetric } from '../cholesky'
import { dotScorer } from '../dot-scorer'
import { areFew, derived, distinctItems, historyExplainer, rowScorer } from '../history-explainer'
import type { Explainer, FittedModel, Interactions, Scorer } from '../model'
import { presence } from '../sparse'
import { knownItems, knownRows, vectorsOf } from './factors'
import { createSide, createSolver, lengthOf, regularizationOf } from './ials-solver'
import { addOuterProducts, gramOfVectors, productsWith } from './normal-equations'

// Users of iALS by their histories alone: their equations against the items as they are.

/** Enough steps for a small system to be solved to single precision from nothing. */
const foldInSteps = 30

export async function foldIn(fitted: FittedModel, histories: Interactions): Promise<Scorer> {
  const { tensors, params, compute } = fitted
  const length = lengthOf(params)
  if (areFew(histories, length * length)) return scoreFew(fitted, histories)
  const { kernels } = compute
  const items = knownItems(tensors)
  const users = await kernels.scoped(async () => {
    const exact = { ...params, conjugate_gradient_steps: foldInSteps }
    const solver = createSolver(kernels, exact)
    const side = createSide(kernels, presence(histories), exact)
    const none = new Uint32Array(0)
    const other = { ...side, rows: items.count, factors: kernels.share(items.data), offsets: none, indices: none }
    await solver.solve(side, other)
    return {
      count: side.rows,
      dimensions: items.dimensions,
      data: side.factors.slice(),
      known: knownRows(side.offsets),
    }
  })
  return dotScorer(compute, users, items)
}

const gramOfItems = derived((tensors) => gramOfVectors(vectorsOf(tensors, 'item_factors')))

/** Solves a user's equations, by elimination, for each of `sides`. */
function solveUser({ tensors, params }: FittedModel, history: readonly number[], sides: readonly Float64Array[]): void {
  const items = vectorsOf(tensors, 'item_factors')
  const matrix = gramOfItems(tensors).slice()
  addOuterProducts(matrix, items, history, Number(params.alpha))
  const weight = regularizationOf(params, items.count, history.length)
  for (let at = 0; at < matrix.length; at += items.dimensions + 1) matrix[at] += weight
  solveSymmetric(matrix, items.dimensions, sides)
}

/** For a few users the equations are solved where they are, without the kernels. */
function scoreFew(fitted: FittedModel, histories: Interactions): Scorer {
  const { tensors, params } = fitted
  const items = vectorsOf(tensors, 'item_factors')
  const known = tensors.item_known.data
  return rowScorer(histories, (user, into) => {
    const history = distinctItems(histories, user)
    if (history.length === 0) return into.fill(Number.NaN)
    const vector = new Float64Array(items.dimensions)
    for (const item of history) {
      for (let at = 0; at < vector.length; at++) vector[at] += items.data[item * vector.length + at]
    }
    for (let at = 0; at < vector.length; at++) vector[at] *= 1 + Number(params.alpha)
    solveUser(fitted, history, [vector])
    productsWith(items, vector, into)
    for (let item = 0; item < into.length; item++) if (known[item] === 0) into[item] = Number.NaN
  })
}

/**
 * With A the user's equations, x = A^-1 sum of (1 + alpha) y_j over the history, so that a score is the sum of
 * (1 + alpha) y_i' A^-1 y_j (Hu, Koren and Volinsky 2008, section 5).
 */
export async function explain(fitted: FittedModel, histories: Interactions): Promise<Explainer> {
  const items = vectorsOf(fitted.tensors, 'item_factors')
  const { dimensions } = items
  let last: { item: number; user: number; weights: Float64Array } | null = null
  const weightsOf = (item: number, user: number) => {
    if (last?.item === item && last.user === user) return last.weights
    const weights = Float64Array.from(items.data.subarray(item * dimensions, (item + 1) * dimensions))
    solveUser(fitted, distinctItems(histories, user), [weights])
    last = { item, user, weights }
    return weights
  }
  return historyExplainer('shares', histories, (item, own, user) => {
    const weights = weightsOf(item, user)
    let sum = 0
    for (let at = 0; at < dimensions; at++) sum += weights[at] * items.data[own * dimensions + at]
    return (1 + Number(fitted.params.alpha)) * sum
  })
}
