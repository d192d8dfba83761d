import type { Compute } from '../compute/compute'
import type { Checkpoint, Checkpoints } from './checkpoint'
import type {
  FeatureRows,
  Features,
  FitInput,
  FitProgress,
  FittedModel,
  Interactions,
  Member,
  Model,
  Parameters,
  Rater,
  Scorer,
} from './model'
import { createRandom } from './random'
import { checkParameters, findModel } from './registry'
import { presence, transpose } from './sparse'

/** Interactions of small cases: each row lists one user's items in time order, `ratings` (or 1) beside them. */
export function interactionsOf(
  rows: readonly (readonly number[])[],
  items: number,
  ratings?: readonly (readonly number[])[],
): Interactions {
  const offsets = new Uint32Array(rows.length + 1)
  rows.forEach((row, user) => {
    offsets[user + 1] = offsets[user] + row.length
  })
  const itemIndices = Uint32Array.from(rows.flat())
  const values = ratings ? Float32Array.from(ratings.flat()) : new Float32Array(itemIndices.length).fill(1)
  return { users: rows.length, items, offsets, itemIndices, values, timestamps: null }
}

/**
 * Two groups of users and two of items; everyone has chosen the items of their own group but every fifth, so that the
 * right answer for a user is the group's items left out.
 */
export function blocks(size = 20): { train: Interactions; left: number[][] } {
  const own = (user: number) => Array.from({ length: size }, (_, item) => item + (user < size ? 0 : size))
  const isLeft = (user: number, item: number) => (user + item) % 5 === 0
  const users = Array.from({ length: 2 * size }, (_, user) => user)
  const rows = users.map((user) => own(user).filter((item) => !isLeft(user, item)))
  return { train: interactionsOf(rows, 2 * size), left: users.map((u) => own(u).filter((item) => isLeft(u, item))) }
}

/** The same two groups, who rate all items but every fifth: their own group's 5, the other's 1. */
export function ratedBlocks(size = 20): { train: Interactions; left: number[][] } {
  const users = Array.from({ length: 2 * size }, (_, user) => user)
  const rows = users.map((user) => users.filter((item) => (user + item) % 5 !== 0))
  const isOwn = (user: number, item: number) => user < size === item < size
  const ratings = rows.map((row, user) => row.map((item) => (isOwn(user, item) ? 5 : 1)))
  const left = users.map((user) => users.filter((item) => isOwn(user, item) && (user + item) % 5 === 0))
  return { train: interactionsOf(rows, 2 * size, ratings), left }
}

/** Users with tastes: four of five choices fall on the user's own fifth of the items, more on its first ones. */
export function tastes(users: number, items: number, choices: number): Interactions {
  const random = createRandom(1).derive('tastes')
  const rows = Array.from({ length: users }, (_, user) => {
    const chosen = new Set<number>()
    for (let choice = 0; choice < choices; choice++) {
      const near = Math.floor((items / 5) * random.uniform() ** 2) * 5 + (user % 5)
      chosen.add(random.uniform() < 0.8 ? Math.min(near, items - 1) : random.integer(items))
    }
    return [...chosen]
  })
  return interactionsOf(rows, items)
}

/** Rows of features that were written down, an object from the column to the number for each row. */
export function featureRowsOf(rows: readonly Readonly<Record<number, number>>[], columns: number): FeatureRows {
  const entries = rows.map((row) => Object.entries(row).map(([column, value]) => [Number(column), value]))
  const offsets = new Uint32Array(rows.length + 1)
  entries.forEach((row, at) => {
    offsets[at + 1] = offsets[at] + row.length
  })
  const [indices, values] = [0, 1].map((part) => entries.flat().map((entry) => entry[part]))
  const names = Array.from({ length: columns }, (_, at) => `column ${at}`)
  const blocks = [{ group: 'given', names }]
  return {
    rows: rows.length,
    columns,
    offsets,
    indices: Uint32Array.from(indices),
    values: Float32Array.from(values),
    blocks,
  }
}

/** Features for data that has none: of items, who has chosen them; of users, nothing. */
export function choosersAsFeatures(train: Interactions): Features {
  const { offsets, indices } = transpose(presence(train))
  const names = Array.from({ length: train.users }, (_, user) => `user ${user}`)
  const values = new Float32Array(indices.length).fill(1)
  const blocks = [{ group: 'choosers', names }]
  return {
    items: { rows: train.items, columns: train.users, offsets, indices, values, blocks },
    users: featureRowsOf(
      Array.from({ length: train.users }, () => ({})),
      0,
    ),
  }
}

export interface FitOptions extends Partial<Pick<FitInput, 'judge' | 'judged' | 'checkpoints'>> {
  /** For a model that takes features, instead of `choosersAsFeatures`. */
  features?: Features
  /** For a model that is made of others, instead of item k-NN and EASE. */
  runs?: readonly Member[]
  validation?: Interactions
  params?: Parameters
  seed?: number
  signal?: AbortSignal
  report?(progress: FitProgress): void
}

/** Keeps every checkpoint that is asked for in `kept`; a fit goes on from `last`. */
export function keptCheckpoints(
  kept: Checkpoint[],
  { last = null, isDue = () => true }: Partial<Pick<Checkpoints, 'last' | 'isDue'>> = {},
): Checkpoints {
  return { last, isDue, save: async (state, tensors) => void kept.push({ tensors: await tensors(), state }) }
}

export async function fitModel(
  model: Model,
  train: Interactions,
  compute: Compute,
  options: FitOptions = {},
): Promise<FittedModel> {
  const { validation, judge, judged, checkpoints } = options
  const isMade = model.memberWeights !== undefined
  const params = checkParameters(model, { ...(isMade && !validation && { weights: 'equal' }), ...options.params })
  const tensors = await model.fit({
    train,
    ...(validation && { validation }),
    ...(judge && { judge }),
    ...(judged && { judged }),
    ...(checkpoints && { checkpoints }),
    ...(model.features && { features: options.features ?? choosersAsFeatures(train) }),
    ...(isMade && {
      runs: options.runs ?? (await fitMembers(['item-knn', 'ease'], train, compute, options.signal)),
    }),
    params,
    random: createRandom(options.seed ?? 1),
    compute,
    report: options.report ?? (() => {}),
    signal: options.signal ?? new AbortController().signal,
  })
  return { tensors, params, compute }
}

/** Trained models as members, by their ids. */
export async function fitMembers(
  ids: readonly string[],
  train: Interactions,
  compute: Compute,
  signal?: AbortSignal,
): Promise<Member[]> {
  const members: Member[] = []
  for (const id of ids) {
    const { tensors, params } = await fitModel(findModel(id), train, compute, signal && { signal })
    members.push({ name: `${id}-1`, model: findModel(id), tensors, params })
  }
  return members
}

/** The scores of all items for the users, then the scorer is closed. */
export async function scoresOf(scorer: Scorer, users: Iterable<number>, items: number): Promise<Float32Array[]> {
  const rows = Uint32Array.from(users)
  const into = new Float32Array(rows.length * items)
  await scorer.score(rows, into)
  scorer.close()
  return Array.from(rows, (_, row) => into.slice(row * items, (row + 1) * items))
}

/** The expected rating of each pair of user and item, then the rater is closed. */
export async function ratingsOf(
  rater: Rater | null | undefined,
  pairs: readonly (readonly [number, number])[],
): Promise<Float32Array> {
  if (!rater) throw new Error('the model cannot rate')
  const into = new Float32Array(pairs.length)
  await rater.rate(
    Uint32Array.from(pairs, ([user]) => user),
    Uint32Array.from(pairs, ([, item]) => item),
    into,
  )
  rater.close()
  return into
}

/** The `k` best items that are not in `seen`, ties by index. */
export function topItems(scores: Float32Array, seen: Iterable<number>, k: number): number[] {
  const excluded = new Set(seen)
  return [...scores.keys()]
    .filter((item) => !excluded.has(item) && !Number.isNaN(scores[item]))
    .sort((a, b) => scores[b] - scores[a] || a - b)
    .slice(0, k)
}

export function historyOf({ offsets, itemIndices }: Interactions, user: number): Uint32Array {
  return itemIndices.subarray(offsets[user], offsets[user + 1])
}
