import type { PreparedData } from '../../data/prepared'
import { type ScoringForm, sequencesOf } from '../../models/form'
import type { FittedModel, Interactions, Model, Scorer, Tensors } from '../../models/model'
import { breaksOf, recentOf } from '../../models/sequence/windows'
import type { SequenceForm } from '../../models/sequence-form'
import { ratings } from '../../models/sparse'
import type { ProofCase } from '../formats/format'
import type { PlainHistory } from './plain-scores'

/** Users that are scored again, and bytes of their scores at most. */
const mostUsers = 100
const mostHistories = 20
const mostBytes = 64 * 2 ** 20

/** Users spread evenly over those that were trained on, and with `unseen` histories that are half of theirs. */
export function chooseCases(
  { train }: Pick<PreparedData, 'train'>,
  unseen: boolean,
  form: ScoringForm | null = null,
): ProofCase[] {
  const room = Math.max(1, Math.floor(mostBytes / 4 / Math.max(1, train.items)))
  const known = Uint32Array.from({ length: train.users }, (_, user) => user).filter(
    (user) => train.offsets[user + 1] > train.offsets[user],
  )
  const count = Math.min(mostUsers, room, known.length)
  const users = Array.from({ length: count }, (_, at) => known[Math.floor((at * known.length) / count)])
  const halves = users.filter((user) => train.offsets[user + 1] - train.offsets[user] > 1)
  const unknown = unseen ? halfOf(train, halves.slice(0, mostHistories)) : []
  return [
    ...historiesOf(train, users, sequencesIn(form)).map((history, at) => ({ user: users[at], history })),
    ...unknown.map((history) => ({ user: null, history })),
  ]
}

export const sequencesIn = (form: ScoringForm | null) =>
  [form?.users, form?.histories].flatMap((each) => (each ? sequencesOf(each) : []))

/** What is to be known of a history for all that read it in order: their gaps are alike. */
export const longestOf = (read: readonly SequenceForm[]) => ({
  places: read.reduce((most, form) => Math.max(most, form.places), 0),
  sessionGap: read[0]?.sessionGap ?? 0,
})

/** What users have, and in which order as far as any of the sequences reads it. */
function historiesOf(train: Interactions, users: readonly number[], read: readonly SequenceForm[]): PlainHistory[] {
  const { indices, values, offsets } = ratings(train)
  const recent = recentItems(train, longestOf(read))
  return users.map((user) => ({
    items: indices.slice(offsets[user], offsets[user + 1]),
    ratings: values.slice(offsets[user], offsets[user + 1]),
    recent: recent.items.slice(recent.offsets[user], recent.offsets[user + 1]),
  }))
}

/** Each user's last session in its order, as far as the model reads it. */
export function recentItems(train: Interactions, { places, sessionGap }: Pick<SequenceForm, 'places' | 'sessionGap'>) {
  const { from, to } = recentOf(train, places, breaksOf(train, sessionGap))
  const offsets = new Uint32Array(train.users + 1)
  for (let user = 0; user < train.users; user++) offsets[user + 1] = offsets[user] + to[user] - from[user]
  const items = new Uint32Array(offsets[train.users])
  for (let user = 0; user < train.users; user++) {
    items.set(train.itemIndices.subarray(from[user], to[user]), offsets[user])
  }
  return { offsets, items }
}

/** Every second interaction of some users, as one session. */
function halfOf(train: Interactions, users: readonly number[]): PlainHistory[] {
  const halves = users.map((user) => {
    const places = Uint32Array.from({ length: train.offsets[user + 1] - train.offsets[user] }, (_, at) => at)
    const kept = places.filter((at) => at % 2 === 0).map((at) => at + train.offsets[user])
    return {
      recent: kept.map((at) => train.itemIndices[at]),
      values: Float32Array.from(kept, (at) => train.values[at]),
    }
  })
  const { indices, values, offsets } = ratings(interactionsOf(halves, train.items))
  return halves.map(({ recent }, at) => ({
    items: indices.slice(offsets[at], offsets[at + 1]),
    ratings: values.slice(offsets[at], offsets[at + 1]),
    recent,
  }))
}

/** Scores of all items as the model makes them itself: users from what it was trained on, histories by folding in. */
export async function scoreCases(
  model: Model,
  fitted: FittedModel,
  train: Interactions,
  cases: readonly ProofCase[],
): Promise<Float32Array[]> {
  const users = cases.flatMap(({ user }) => user ?? [])
  const histories = cases.flatMap(({ user, history }) => (user === null ? [history] : []))
  const known = await scoreRows(await model.score?.(fitted, train), Uint32Array.from(users), train.items)
  if (histories.length === 0) return known
  const folded = await model.foldIn?.(fitted, interactionsOf(histories.map(inOrder), train.items))
  return [...known, ...(await scoreRows(folded, Uint32Array.from(histories.keys()), train.items))]
}

async function scoreRows(scorer: Scorer | undefined, rows: Uint32Array, items: number): Promise<Float32Array[]> {
  if (!scorer) throw new Error('the model does not score')
  try {
    const scores = new Float32Array(rows.length * items)
    await scorer.score(rows, scores)
    return Array.from(rows, (_, at) => scores.subarray(at * items, (at + 1) * items))
  } finally {
    scorer.close()
  }
}

function interactionsOf(rows: readonly { recent: Uint32Array; values: Float32Array }[], items: number): Interactions {
  return {
    users: rows.length,
    items,
    offsets: offsetsOf(rows.map(({ recent }) => recent)),
    itemIndices: joined(rows.map(({ recent }) => recent)),
    values: Float32Array.from(rows.flatMap(({ values }) => [...values])),
    timestamps: null,
  }
}

/** In their order, each item with the rating that it has. */
function inOrder({ items, ratings, recent }: PlainHistory) {
  const rating = new Map([...items].map((item, at) => [item, ratings[at]]))
  return { recent, values: Float32Array.from(recent, (item) => rating.get(item) ?? Number.NaN) }
}

function offsetsOf(rows: readonly ArrayLike<number>[]): Uint32Array {
  const offsets = new Uint32Array(rows.length + 1)
  rows.forEach((row, at) => {
    offsets[at + 1] = offsets[at] + row.length
  })
  return offsets
}

const joined = (rows: readonly Uint32Array[]) => Uint32Array.from(rows.flatMap((row) => [...row]))

const nobody = 0xffffffff

/** Cases and their scores as tensors, and back. Users come before histories. */
export function caseTensors(cases: readonly ProofCase[], scores: readonly Float32Array[]): Tensors {
  const histories = cases.map(({ history }) => history)
  const width = scores[0]?.length ?? 0
  const all = new Float32Array(cases.length * width)
  for (const [at, row] of scores.entries()) all.set(row, at * width)
  const whole = (data: Uint32Array) => ({ shape: [data.length], data })
  const ratings = Float32Array.from(histories.flatMap((history) => [...history.ratings]))
  return {
    users: whole(Uint32Array.from(cases, ({ user }) => user ?? nobody)),
    offsets: whole(offsetsOf(histories.map(({ items }) => items))),
    items: whole(joined(histories.map(({ items }) => items))),
    ratings: { shape: [ratings.length], data: ratings },
    recent_offsets: whole(offsetsOf(histories.map(({ recent }) => recent))),
    recent: whole(joined(histories.map(({ recent }) => recent))),
    scores: { shape: [cases.length, width], data: all },
  }
}

export function casesFromTensors(tensors: Tensors) {
  const { users, scores } = tensors
  const width = scores.shape[1]
  const part = <T>(name: string, offsets: string, at: number) =>
    (tensors[name].data as Uint32Array).subarray(tensors[offsets].data[at], tensors[offsets].data[at + 1]) as T
  const cases = Array.from(users.data, (user, at): ProofCase => {
    const history = {
      items: part<Uint32Array>('items', 'offsets', at),
      ratings: part<Float32Array>('ratings', 'offsets', at),
      recent: part<Uint32Array>('recent', 'recent_offsets', at),
    }
    return { user: user === nobody ? null : user, history }
  })
  return { cases, scores: cases.map((_, at) => (scores.data as Float32Array).subarray(at * width, (at + 1) * width)) }
}
