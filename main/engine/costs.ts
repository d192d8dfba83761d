import type { ParameterValue } from '../contract/parameters'

export interface Size {
  users: number
  items: number
  interactions: number
}
type Parameters = Readonly<Record<string, ParameterValue>>

/** What a family of models computes: how many multiply-adds to fit and to score all users, and how fast. */
interface Cost {
  operations(size: Size, params: Parameters): { fit: number; score: number }
  /** On one thread, measured on MovieLens data of 0.1 and 0.8 million interactions. */
  perSecond: number
}

/** Vectors one after the other. */
const densePerSecond = 5e9
/** Items here and there in memory. */
const sparsePerSecond = 3e8
/** Ranking one item of one user, beyond scoring it; on one thread at any number of them. */
const rankingSeconds = 1.5e-8
/** Starting a process, reading prepared data, writing the artifact. */
const overheadSeconds = 0.5

const numberOf = (params: Parameters, name: string, fallback: number) => Number(params[name] ?? fallback)

const counting: Cost = {
  operations: ({ interactions }) => ({ fit: interactions, score: 0 }),
  perSecond: sparsePerSecond,
}

/**
 * Every pair of items in a history is counted, of users or items; histories are far from equally long, which about
 * quadruples the sum of their squares. A score adds the similarities of the items in the history.
 */
const neighbours: Cost = {
  operations: ({ users, interactions }, params) => ({
    fit: (4 * interactions ** 2) / users,
    score: interactions * numberOf(params, 'neighbors', 100),
  }),
  perSecond: sparsePerSecond,
}

/**
 * In each epoch, and each step of its solver, all interactions are gone through twice from both sides, and each vector
 * is multiplied by a square matrix; a score is a dot product.
 */
const factorisation: Cost = {
  operations({ users, items, interactions }, params) {
    const length = numberOf(params, 'embedding_size', 64)
    const steps = numberOf(params, 'conjugate_gradient_steps', 0) + 1
    const perStep = 4 * interactions * length + (users + items) * length ** 2
    return { fit: numberOf(params, 'epochs', 20) * steps * perStep, score: users * items * length }
  },
  perSecond: densePerSecond,
}

const families: Record<string, Cost> = { Baselines: counting, Neighbours: neighbours, Factorisation: factorisation }

/**
 * About how many seconds training and evaluating a model takes: its operations over the measured rate. A family without
 * a formula of its own counts as factorisation. Meant to tell seconds from hours.
 */
export function estimateSeconds(family: string, size: Size, params: Parameters, threads: number): number {
  const { operations, perSecond } = Object.hasOwn(families, family) ? families[family] : factorisation
  const { fit, score } = operations(size, params)
  const ranking = size.users * size.items * rankingSeconds
  return overheadSeconds + (fit + score) / (perSecond * threads) + ranking
}
