import { type LossTools, type TfTensors, tensorOf } from '../../compute/tensorflow/step'
import type { TfTensor } from '../../compute/tensorflow/tensorflow'
import { dotScorer } from '../dot-scorer'
import { knownItems, knownRows, paddedLength } from '../factorisation/factors'
import type { FittedModel, Interactions, Scorer, Tensor } from '../model'
import { breaksOf, recentOf, rowsOf } from './windows'

/** Histories that are read at once: always as many, filled up, so that none depends on how many there are. */
const rowsAtATime = 32

/**
 * States [rows, places, size] from the vectors of the items there; `lengths` are those of the rows' histories, which begin with
 * their first item.
 */
export type States = (
  tools: LossTools,
  weights: TfTensors,
  histories: { items: TfTensor; lengths: Int32Array },
) => TfTensor

export interface Reading {
  readonly states: States
  /** Places after the last item where the state is taken. */
  readonly ahead: 0 | 1
  /** Vectors that are added to the states, one for each row of the histories. */
  readonly added?: Tensor
}

/**
 * Scores by the product of the state after each user's recent items and the items' vectors. Histories are read when they
 * are asked for, and once.
 */
export async function historyScorer(fitted: FittedModel, histories: Interactions, reading: Reading): Promise<Scorer> {
  const { tensors, compute } = fitted
  const items = knownItems(tensors)
  const size = paddedLength(items.dimensions)
  const users = {
    count: histories.users,
    dimensions: size,
    data: new Float32Array(histories.users * size),
    known: knownRows(histories.offsets),
  }
  const scorer = dotScorer(compute, users, items)
  const reader = await createReader(fitted, histories, reading)
  const isRead = new Uint8Array(histories.users)
  const read = async (wanted: Uint32Array, signal?: AbortSignal) => {
    const left = wanted.filter((user) => user < users.count && users.known[user] === 1 && isRead[user] === 0)
    await readStates(reader, left, reading, (user, state) => users.data.set(state, user * size), signal)
    for (const user of left) isRead[user] = 1
  }
  return {
    async score(wanted, into) {
      await read(wanted)
      await scorer.score(wanted, into)
    },
    async best(wanted, unlisted, into, signal) {
      await read(wanted, signal)
      await scorer.best?.(wanted, unlisted, into, signal)
    },
    close() {
      reader.close()
      scorer.close()
    },
  }
}

/** The product of each history's state with one vector; NaN for histories that are empty. */
export async function scoreVector(
  fitted: FittedModel,
  histories: Interactions,
  reading: Reading,
  vector: Float32Array,
): Promise<Float32Array> {
  const scores = new Float32Array(histories.users).fill(Number.NaN)
  const known = knownRows(histories.offsets)
  const left = Uint32Array.from(known.keys()).filter((user) => known[user] === 1)
  const reader = await createReader(fitted, histories, reading)
  try {
    await readStates(reader, left, reading, (user, state) => {
      scores[user] = state.reduce((sum, value, at) => sum + value * vector[at], 0)
    })
  } finally {
    reader.close()
  }
  return scores
}

type Reader = Awaited<ReturnType<typeof createReader>>

/** `visit` is given the state of each of the users, with what is added to it. */
async function readStates(
  reader: Reader,
  users: Uint32Array,
  { added }: Reading,
  visit: (user: number, state: Float32Array) => void,
  signal?: AbortSignal,
): Promise<void> {
  for (let from = 0; from < users.length; from += rowsAtATime) {
    signal?.throwIfAborted()
    const some = users.subarray(from, from + rowsAtATime)
    const { data, width } = await reader.read(some)
    some.forEach((user, row) => {
      const state = data.slice(row * width, (row + 1) * width)
      visit(user, added ? state.map((value, at) => value + added.data[user * width + at]) : state)
    })
  }
}

async function createReader(
  { tensors, params, compute }: FittedModel,
  histories: Interactions,
  { states, ahead }: Reading,
) {
  const { tf } = await compute.tensorflow()
  const weights = Object.fromEntries(
    Object.entries(tensors).map(([name, { shape, data }]) => [name, tensorOf(tf, shape, data)]),
  )
  const most = tensors.places.data[0]
  const places = most + ahead
  const recent = recentOf(histories, most, breaksOf(histories, Number(params.session_gap ?? 0)))
  const tools: LossTools = { tf, dropout: (x) => x }
  return {
    /** The last states of at most `rowsAtATime` users, `width` numbers each. */
    async read(users: Uint32Array) {
      const lengths = new Int32Array(rowsAtATime)
      users.forEach((user, row) => {
        lengths[row] = recent.to[user] - recent.from[user]
      })
      const rows = new Int32Array(rowsAtATime * places)
      rows.set(rowsOf(histories, recent, users, places))
      const last = tf.tidy(() => {
        const items = tf.gather(weights.item_factors, tensorOf(tf, [rowsAtATime, places], rows))
        const all = states(tools, weights, { items, lengths })
        const ends = lengths.map((length, row) => row * places + Math.max(0, length - 1 + ahead))
        return tf.gather(tf.reshape(all, [rowsAtATime * places, -1]), tensorOf(tf, [rowsAtATime], ends))
      })
      const data = (await last.data()) as Float32Array
      last.dispose()
      return { data, width: last.shape[1] ?? 0 }
    },
    close() {
      for (const weight of Object.values(weights)) weight.dispose()
    },
  }
}
