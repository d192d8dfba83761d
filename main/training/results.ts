import type { TopLists } from '../evaluation/lists'
import type { Tensors } from '../models/model'

/** Lists and per-user values as the tensors of an artifact, and back. */
export function listTensors(lists: TopLists): Tensors {
  const shape = [lists.users.length, lists.k]
  return {
    users: { shape: [lists.users.length], data: lists.users },
    items: { shape, data: lists.items },
    scores: { shape, data: lists.scores },
  }
}

export function listsFromTensors({ users, items, scores }: Tensors): TopLists {
  return {
    k: items.shape[1],
    users: users.data as Uint32Array,
    items: items.data as Uint32Array,
    scores: scores.data as Float32Array,
  }
}

export interface UserMetrics {
  users: Uint32Array
  values: Record<string, Float64Array>
}

/** Values of the same users in several runs, as tensors and back. */
export function valueTensors(values: readonly Float64Array[]): Tensors {
  return Object.fromEntries(values.map((data, at) => [String(at), { shape: [data.length], data }]))
}

export function valuesFromTensors(tensors: Tensors): Float64Array[] {
  return Object.keys(tensors).map((_, at) => tensors[String(at)].data as Float64Array)
}

/** What segments are judged by: the values above and the indices of their users, and the members of each segment. */
export interface SegmentInput {
  users: Uint32Array
  values: Float64Array[]
  members: Uint32Array[]
}

export function segmentTensors({ users, values, members }: SegmentInput): Tensors {
  const named = (name: string, arrays: readonly (Uint32Array | Float64Array)[]) =>
    arrays.map((data, at) => [`${name}.${at}`, { shape: [data.length], data }] as const)
  return Object.fromEntries([...named('users', [users]), ...named('values', values), ...named('members', members)])
}

export function segmentInputFromTensors(tensors: Tensors): SegmentInput {
  const named = <T>(name: string): T[] => {
    const count = Object.keys(tensors).filter((key) => key.startsWith(`${name}.`)).length
    return Array.from({ length: count }, (_, at) => tensors[`${name}.${at}`].data as T)
  }
  return { users: named<Uint32Array>('users')[0], values: named('values'), members: named('members') }
}

const usersName = 'users'

export function userMetricTensors(users: Uint32Array, perUser: Record<string, Float64Array>): Tensors {
  const values = Object.entries(perUser).map(([key, data]) => [key, { shape: [data.length], data }] as const)
  return { [usersName]: { shape: [users.length], data: users }, ...Object.fromEntries(values) }
}

export function userMetricsFromTensors(tensors: Tensors): UserMetrics {
  const { [usersName]: users, ...rest } = tensors
  const values = Object.entries(rest).map(([key, tensor]) => [key, tensor.data as Float64Array] as const)
  return { users: users.data as Uint32Array, values: Object.fromEntries(values) }
}
