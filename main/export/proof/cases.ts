import type { PreparedData } from '../../data/prepared'
import type { HistoryForm } from '../../models/form'
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
  form: HistoryForm | null = null,
): ProofCase[] {
  const room = Math.max(1, Math.floor(mostBytes / 4 / Math.max(1, train.items)))
  const historyOf = form?.kind === 'sequence' ? recentHistories(train, form) : ratedHistories(train)
  const known = Uint32Array.from({ length: train.users }, (_, user) => user).filter(
    (user) => train.offsets[user + 1] > train.offsets[user],
  )
  const count = Math.min(mostUsers, room, known.length)
  const users = Array.from({ length: count }, (_, at) => known[Math.floor((at * known.length) / count)])
  const halves = users.filter((user) => train.offsets[user + 1] - train.offsets[user] > 1)
  return [
    ...users.map((user) => ({ user, history: historyOf(user) })),
    ...(unseen ? halves.slice(0, mostHistories).map((user) => ({ user: null, history: halfOf(historyOf(user)) })) : []),
  ]
}

function ratedHistories(train: Interactions): (user: number) => PlainHistory {
  const { indices, values, offsets } = ratings(train)
  return (user) => ({
    items: indices.slice(offsets[user], offsets[user + 1]),
    ratings: values.slice(offsets[user], offsets[user + 1]),
  })
}

/** Each user's last session in its order, as far as the model reads it. */
export function recentItems(train: Interactions, { places, sessionGap }: SequenceForm) {
  const { from, to } = recentOf(train, places, breaksOf(train, sessionGap))
  const offsets = new Uint32Array(train.users + 1)
  for (let user = 0; user < train.users; user++) offsets[user + 1] = offsets[user] + to[user] - from[user]
  const items = new Uint32Array(offsets[train.users])
  for (let user = 0; user < train.users; user++) {
    items.set(train.itemIndices.subarray(from[user], to[user]), offsets[user])
  }
  return { offsets, items }
}

function recentHistories(train: Interactions, form: SequenceForm): (user: number) => PlainHistory {
  const { offsets, items } = recentItems(train, form)
  return (user) => {
    const own = items.slice(offsets[user], offsets[user + 1])
    return { items: own, ratings: new Float32Array(own.length).fill(1) }
  }
}

function halfOf({ items, ratings }: PlainHistory): PlainHistory {
  return { items: items.filter((_, at) => at % 2 === 0), ratings: ratings.filter((_, at) => at % 2 === 0) }
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
  const folded = await model.foldIn?.(fitted, interactionsOf(histories, train.items))
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

function interactionsOf(histories: readonly PlainHistory[], items: number): Interactions {
  const offsets = new Uint32Array(histories.length + 1)
  histories.forEach((history, at) => {
    offsets[at + 1] = offsets[at] + history.items.length
  })
  const itemIndices = Uint32Array.from(histories.flatMap((history) => [...history.items]))
  const values = Float32Array.from(histories.flatMap((history) => [...history.ratings]))
  return { users: histories.length, items, offsets, itemIndices, values, timestamps: null }
}

const nobody = 0xffffffff

/** Cases and their scores as tensors, and back. Users come before histories. */
export function caseTensors(cases: readonly ProofCase[], scores: readonly Float32Array[]): Tensors {
  const { offsets, itemIndices, values } = interactionsOf(
    cases.map(({ history }) => history),
    0,
  )
  const items = scores[0]?.length ?? 0
  const all = new Float32Array(cases.length * items)
  for (const [at, row] of scores.entries()) all.set(row, at * items)
  return {
    users: { shape: [cases.length], data: Uint32Array.from(cases, ({ user }) => user ?? nobody) },
    offsets: { shape: [offsets.length], data: offsets },
    items: { shape: [itemIndices.length], data: itemIndices },
    ratings: { shape: [values.length], data: values },
    scores: { shape: [cases.length, items], data: all },
  }
}

export function casesFromTensors({ users, offsets, items, ratings, scores }: Tensors) {
  const width = scores.shape[1]
  const cases = Array.from(users.data, (user, at): ProofCase => {
    const place = [offsets.data[at], offsets.data[at + 1]] as const
    const history = {
      items: (items.data as Uint32Array).subarray(...place),
      ratings: (ratings.data as Float32Array).subarray(...place),
    }
    return { user: user === nobody ? null : user, history }
  })
  return { cases, scores: cases.map((_, at) => (scores.data as Float32Array).subarray(at * width, (at + 1) * width)) }
}
