import type { ParameterValue } from '../contract/parameters'

export interface Size {
  users: number
  items: number
  interactions: number
}
type Parameters = Readonly<Record<string, ParameterValue>>
type Operations = (size: Size, params: Parameters) => { fit: number; score: number }

/** Multiply-adds of a kernel in a second, on one thread: measured on MovieLens data, rounded down. */
const operationsPerSecond = 5e8
/** Ranking one item of one user, beyond scoring it; measured likewise. */
const rankingSeconds = 6e-9
/** Starting a process, reading prepared data, writing the artifact. */
const overheadSeconds = 0.5

const numberOf = (params: Parameters, name: string, fallback: number) => Number(params[name] ?? fallback)

/** Counting. */
const counting: Operations = ({ users, items, interactions }) => ({ fit: interactions, score: users * items })

/**
 * Every pair of items in a history is counted, of users or items; histories are far from equally long, which about
 * quadruples the sum of their squares. A score adds the similarities of the items in the history.
 */
const neighbours: Operations = ({ users, interactions }, params) => ({
  fit: (4 * interactions ** 2) / users,
  score: interactions * numberOf(params, 'neighbors', 100),
})

/**
 * Each epoch goes through all interactions twice and multiplies each vector with a square matrix a few times; a score
 * is a dot product.
 */
const factorisation: Operations = ({ users, items, interactions }, params) => {
  const length = numberOf(params, 'embedding_size', 64)
  const steps = numberOf(params, 'conjugate_gradient_steps', 1) + 1
  const perEpoch = steps * (4 * interactions * length + (users + items) * length ** 2)
  return { fit: numberOf(params, 'epochs', 20) * perEpoch, score: users * items * length }
}

const families: Record<string, Operations> = { Baselines: counting, Neighbours: neighbours }

/**
 * About how many seconds training and evaluating a model takes: its operations over the measured rate. A family
 * without a formula of its own counts as factorisation. Meant to tell seconds from hours.
 */
export function estimateSeconds(family: string, size: Size, params: Parameters, threads: number): number {
  const { fit, score } = (Object.hasOwn(families, family) ? families[family] : factorisation)(size, params)
  const ranking = size.users * size.items * rankingSeconds
  return overheadSeconds + (fit + score) / (operationsPerSecond * threads) + ranking
}
