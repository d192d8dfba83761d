import type { FitProgress, Interactions, Scorer } from '../models/model'
import { emptyLists, selectTop, type TopLists } from './lists'
import type { Competition } from './placing'

/** Hears of the scores of one case after another, each before the next ones are written. */
export type Observer = (competition: Competition, row: number) => void

export interface RecommendRequest {
  scorer: Scorer
  /** Rows of the histories that the scorer was made for. */
  users: Uint32Array
  /** Length of a list; never more than there are items. */
  k: number
  /** Number of items. */
  items: number
  /** Interactions whose items are not listed for their users. */
  exclude: readonly Interactions[]
  /** 1 for items that may be listed; null: all. */
  allowed: Uint8Array | null
  /** Takes the scores of all items, so that a scorer's own way to lists is not taken. */
  observe?: Observer | null
  signal: AbortSignal
  report(progress: FitProgress): void
}

/** The best items of each user. Scores exist for one batch of users at a time. */
export async function recommendLists(request: RecommendRequest): Promise<TopLists> {
  const { scorer, users, items, exclude, allowed, observe } = request
  const k = Math.min(request.k, items)
  const lists = emptyLists(users, k)
  if (scorer.best && !observe) {
    await fillLists({ ...request, best: scorer.best }, lists)
    return lists
  }
  const unlisted = allowed ? Uint32Array.from(allowed.keys()).filter((item) => allowed[item] === 0) : []
  /** Of each item the last row that it was left out for, from 1: a user may have an item more than once. */
  const leftOutFor = new Uint32Array(items)
  await forEachScored(request, (scores, user, row) => {
    let candidates = items - unlisted.length
    for (const item of unlisted) scores[item] = Number.NaN
    for (const part of exclude) {
      for (let at = part.offsets[user]; at < part.offsets[user + 1]; at++) {
        const item = part.itemIndices[at]
        scores[item] = Number.NaN
        if (leftOutFor[item] === row + 1) continue
        leftOutFor[item] = row + 1
        if (!allowed || allowed[item] === 1) candidates--
      }
    }
    const isCandidate = (item: number) => leftOutFor[item] !== row + 1 && (!allowed || allowed[item] === 1)
    observe?.({ scores, candidates, isCandidate }, row)
    selectTop(scores, lists, row)
  })
  return lists
}

/** Users whose lists a scorer makes at a time. */
const listsAtATime = 8192

async function fillLists(
  { users, best, exclude, allowed, signal, report }: RecommendRequest & { best: NonNullable<Scorer['best']> },
  { k, items, scores }: TopLists,
): Promise<void> {
  for (let from = 0; from < users.length; from += listsAtATime) {
    signal.throwIfAborted()
    const batch = users.subarray(from, from + listsAtATime)
    const into = { k, items: items.subarray(from * k), scores: scores.subarray(from * k) }
    await best(batch, { exclude, allowed }, into, signal)
    report({ phase: 'evaluate', fraction: (from + batch.length) / users.length })
  }
}

/** Bytes of scores held at a time. */
const batchBytes = 32 * 2 ** 20

/** Scores all items for one batch of users after another; between batches the event loop runs, so a cancel is heard. */
export async function forEachScored(
  { scorer, users, items, signal, report }: Pick<RecommendRequest, 'scorer' | 'users' | 'items' | 'signal' | 'report'>,
  visit: (scores: Float32Array, user: number, row: number) => void,
): Promise<void> {
  const batchUsers = Math.max(1, Math.min(users.length, Math.floor(batchBytes / 4 / items)))
  const scores = new Float32Array(batchUsers * items)
  for (let from = 0; from < users.length; from += batchUsers) {
    signal.throwIfAborted()
    const batch = users.subarray(from, from + batchUsers)
    await scorer.score(batch, scores.subarray(0, batch.length * items))
    for (let at = 0; at < batch.length; at++) {
      visit(scores.subarray(at * items, (at + 1) * items), batch[at], from + at)
    }
    report({ phase: 'evaluate', fraction: (from + batch.length) / users.length })
    await new Promise((resolve) => setImmediate(resolve))
  }
}

/** 1 for the items of full ranking: the training catalogue, or with `coldItems` every item; the scorer tells which. */
export function rankedItems(train: Interactions, coldItems: boolean): Uint8Array | null {
  return coldItems ? null : trainingCatalogue(train)
}

/** 1 for each item with at least one interaction in `train`: the training catalogue. */
export function trainingCatalogue(train: Interactions): Uint8Array {
  const catalogue = new Uint8Array(train.items)
  for (const item of train.itemIndices) catalogue[item] = 1
  return catalogue
}
