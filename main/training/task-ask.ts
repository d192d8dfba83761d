import { columnNames } from '../data/features/assemble'
import { knownParts, type PreparedData } from '../data/prepared'
import { knownScorer } from '../evaluation/known-scorer'
import { emptyLists, noItem, selectTop, type TopLists } from '../evaluation/lists'
import { rateTestPairs } from '../evaluation/ratings'
import { rankedItems, recommendLists } from '../evaluation/recommend'
import { counterfactualOf } from '../explanation/counterfactual'
import { reasonsOf } from '../explanation/evidence'
import { rowOf } from '../models/history-explainer'
import { type Breakdown, type FeatureRows, type Interactions, type Scorer, scoresColdItems } from '../models/model'
import { type ArtifactModels, createArtifactModels, type OpenModel } from './artifact-models'
import type { Answer, Answers, FoundReasons, OwnHistory, Question, Ranked, Whom } from './questions'
import type { AskTask } from './screen-tasks'

let opened: { key: string; models: ArtifactModels } | null = null

/** Answers a question on trained models; what it has read stays for the next question to the same process. */
export async function askTask(task: AskTask): Promise<Answer> {
  if (opened?.key !== task.prepared) {
    opened = { key: task.prepared, models: createArtifactModels(task.prepared, task.threads, task.memoryBytes) }
  }
  return answer(task.question, opened.models)
}

async function answer(question: Question, models: ArtifactModels): Promise<Answer> {
  const open = await models.open(question.artifact)
  const data = await models.data()
  switch (question.kind) {
    case 'list':
      return list(question, open, data)
    case 'explain':
      return explain(question, open, data)
    case 'similar':
      return similar(question, open, data)
    case 'pools':
      return pools(question, open, data)
    case 'cold':
      return cold(question, open, data)
    case 'rating-errors':
      return ratingErrors(open, data)
  }
}

/** A single history as a model is given it. */
function rowOfHistory({ items, values }: OwnHistory, itemCount: number): Interactions {
  return {
    users: 1,
    items: itemCount,
    offsets: Uint32Array.of(0, items.length),
    itemIndices: Uint32Array.from(items),
    values: Float32Array.from(values),
    timestamps: null,
  }
}

/** What a run knows of someone: the training part, or the known history of a held-out user. */
function historyOf(whom: Whom, { train, foldIn }: PreparedData): Interactions {
  if ('history' in whom) return rowOfHistory(whom.history, train.items)
  const { user } = whom
  const isHeldOut = foldIn !== null && foldIn.offsets[user + 1] > foldIn.offsets[user]
  return rowOf(isHeldOut ? foldIn : train, user)
}

async function list(
  { whom, k, hidden }: Extract<Question, { kind: 'list' }>,
  { model, fitted }: OpenModel,
  data: PreparedData,
): Promise<Answers['list']> {
  const { items } = data.train
  const allowed = rankedItems(data.train, scoresColdItems(model))
  const rank = async (scorer: Scorer, user: number) => {
    const scores = await scoresOf(scorer, user, items)
    for (const item of hidden) scores[item] = Number.NaN
    for (let item = 0; allowed && item < items; item++) if (allowed[item] === 0) scores[item] = Number.NaN
    return best(scores, k)
  }
  // A model that scores by the history alone need not look at those of all others.
  const needsAll = 'user' in whom && model.score !== model.foldIn
  if (needsAll) return rank(await knownScorer(model, fitted, data), whom.user)
  if (!model.foldIn) return null
  return rank(await model.foldIn(fitted, historyOf(whom, data)), 0)
}

async function scoresOf(scorer: Scorer, user: number, items: number): Promise<Float32Array> {
  try {
    const scores = new Float32Array(items)
    await scorer.score(Uint32Array.of(user), scores)
    return scores
  } finally {
    scorer.close()
  }
}

function best(scores: Float32Array, k: number): Ranked {
  const lists = emptyLists(Uint32Array.of(0), Math.min(k, scores.length))
  selectTop(scores, lists, 0)
  return rankedOf(lists, 0)
}

function rankedOf({ k, items, scores }: TopLists, row: number): Ranked {
  const own = items.subarray(row * k, (row + 1) * k)
  const length = own.indexOf(noItem) < 0 ? k : own.indexOf(noItem)
  return { items: [...own.subarray(0, length)], scores: [...scores.subarray(row * k, row * k + length)] }
}

async function explain(
  { whom, item, k, hidden }: Extract<Question, { kind: 'explain' }>,
  open: OpenModel,
  data: PreparedData,
): Promise<FoundReasons> {
  const { model, fitted } = open
  const asked = { model, fitted, history: historyOf(whom, data) }
  const reasons = await reasonsOf(asked, item)
  const away = new Set([...hidden, ...asked.history.itemIndices])
  const allowed = rankedItems(data.train, scoresColdItems(model))
  const rules = { k, isCandidate: (other: number) => !away.has(other) && allowed?.[other] !== 0 }
  const { terms, history, isExact, rest } = reasons
  return {
    terms,
    score: await scoreOf(open, asked.history, whom, item, data),
    isExact,
    rest,
    history: [...history],
    others: await named(reasons.ways, open, data),
    counterfactual: await counterfactualOf(asked, item, history, rules).then(
      (found) => found && { ...found, items: [...found.items] },
    ),
  }
}

/** By folding in, as what it is taken apart into has it; of a model that cannot, the score that it has. */
async function scoreOf(
  { model, fitted }: OpenModel,
  history: Interactions,
  whom: Whom,
  item: number,
  data: PreparedData,
) {
  const scorer = model.foldIn
    ? await model.foldIn(fitted, history)
    : 'user' in whom && (await knownScorer(model, fitted, data))
  if (!scorer) return null
  const [score] = (
    await scoresOf(scorer, model.foldIn || !('user' in whom) ? 0 : whom.user, data.train.items)
  ).subarray(item)
  return Number.isNaN(score) ? null : score
}

async function named(ways: readonly Breakdown[], open: OpenModel, data: PreparedData): Promise<FoundReasons['others']> {
  const columns = ways.some(({ of }) => of === 'features') ? await open.itemFeatures() : null
  const ownNames = columns ? columnNames(columns) : []
  const nameOf = {
    history: () => '',
    users: (index: number) => data.userIds[index],
    features: (index: number) => ownNames[index] ?? String(index),
    members: (index: number) => memberNames(open.fitted.tensors)[index] ?? String(index),
  }
  return ways
    .filter(({ of }) => of !== 'history')
    .map(({ of, parts }) => ({
      of,
      parts: parts.map((part) => ({ ...part, name: nameOf[of](part.index) })).sort((a, b) => b.amount - a.amount),
    }))
}

function memberNames({ members }: OpenModel['fitted']['tensors']): string[] {
  if (!members) return []
  const described: { name: string }[] = JSON.parse(new TextDecoder().decode(members.data as Uint8Array))
  return described.map(({ name }) => name)
}

async function similar(
  { item, k }: Extract<Question, { kind: 'similar' }>,
  { model, fitted }: OpenModel,
  { train }: PreparedData,
): Promise<Answers['similar']> {
  if (model.itemVectors) {
    const scores = cosines(model.itemVectors(fitted), item)
    scores[item] = Number.NaN
    return { by: 'vectors', ...best(scores, k) }
  }
  if (!model.foldIn) return null
  const history = rowOfHistory({ items: [item], values: [1] }, train.items)
  const scores = await scoresOf(await model.foldIn(fitted, history), 0, train.items)
  scores[item] = Number.NaN
  return { by: 'history', ...best(scores, k) }
}

/** NaN for items without a vector. */
function cosines({ count, dimensions, data }: { count: number; dimensions: number; data: Float32Array }, item: number) {
  const rows = Array.from({ length: count }, (_, row) => data.subarray(row * dimensions, (row + 1) * dimensions))
  const product = (one: Float32Array, other: Float32Array) => one.reduce((sum, value, at) => sum + value * other[at], 0)
  const own = rows[item]
  const length = Math.sqrt(product(own, own))
  return Float32Array.from(rows, (row) => product(row, own) / (Math.sqrt(product(row, row)) * length))
}

async function pools(
  { users, k, excludeSeen, hidden }: Extract<Question, { kind: 'pools' }>,
  { model, fitted }: OpenModel,
  data: PreparedData,
): Promise<Ranked[]> {
  const scorer = await knownScorer(model, fitted, data)
  const allowed = rankedItems(data.train, scoresColdItems(model)) ?? new Uint8Array(data.train.items).fill(1)
  for (const item of hidden) allowed[item] = 0
  try {
    const lists = await recommendLists({
      scorer,
      users: Uint32Array.from(users),
      k,
      items: data.train.items,
      exclude: excludeSeen ? knownParts(data) : [],
      allowed,
      signal: new AbortController().signal,
      report() {},
    })
    return users.map((_, row) => rankedOf(lists, row))
  } finally {
    scorer.close()
  }
}

async function cold(
  { columns, k }: Extract<Question, { kind: 'cold' }>,
  open: OpenModel,
  { train }: PreparedData,
): Promise<Answers['cold']> {
  const { model, fitted } = open
  const features = await open.itemFeatures()
  if (!features || !model.scoreNewItem) return null
  const names = columnNames(features)
  const known = Uint32Array.from(columns.map((name) => names.indexOf(name)).filter((column) => column >= 0)).sort()
  if (known.length === 0) return { names, users: [], scores: [] }
  const item = { indices: known, values: usualValues(features, known) }
  const scores = await model.scoreNewItem(fitted, train, item)
  if (!scores) return null
  const ranked = best(scores, k)
  return { names, users: ranked.items, scores: ranked.scores }
}

/** The mean absolute error of what the model expects of the test interactions of each item. */
async function ratingErrors({ model, fitted }: OpenModel, data: PreparedData): Promise<Float32Array | null> {
  const { train, test } = data
  const rater = await model.rate?.(fitted, train)
  if (!rater) return null
  const rated = await rateTestPairs({ rater, train, test, signal: new AbortController().signal, report() {} })
  rater.close()
  if (!rated) return null
  const [sums, counts] = [new Float64Array(train.items), new Float64Array(train.items)]
  test.itemIndices.forEach((item, at) => {
    sums[item] += Math.abs(rated.expected[at] - rated.actual[at])
    counts[item]++
  })
  return Float32Array.from(sums, (sum, item) => sum / counts[item])
}

/** What items have in each of these columns, on average over those that have anything there; 1 where none has. */
export function usualValues({ columns, indices, values }: FeatureRows, wanted: Uint32Array): Float32Array {
  const [sums, counts] = [new Float64Array(columns), new Uint32Array(columns)]
  for (let at = 0; at < indices.length; at++) {
    sums[indices[at]] += values[at]
    counts[indices[at]]++
  }
  return Float32Array.from(wanted, (column) => (counts[column] === 0 ? 1 : sums[column] / counts[column]))
}
