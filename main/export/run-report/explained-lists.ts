import { noItem, type TopLists } from '../../evaluation/lists'
import type { Breakdown, Interactions } from '../../models/model'
import type { ExportSource } from '../formats/format'

export interface ExplainedList {
  user: string
  /** The items of the training part that came last. */
  history: string[]
  entries: { name: string; score: number; isHit: boolean; reasons: { name: string; amount: number }[] }[]
}

const shownUsers = 3
const shownItems = 10
const shownHistory = 20
const shownReasons = 3

/** Lists of a few users, spread evenly, with the items of the history that say most for each item where the model can tell. */
export async function explainedLists(source: ExportSource): Promise<ExplainedList[]> {
  const { model, fitted, prepared } = source
  const lists = await source.lists()
  const { train } = prepared
  const known = [...lists.users.keys()].filter((row) => lengthOf(train, lists.users[row]) > 0)
  const count = Math.min(shownUsers, known.length)
  const rows = Array.from({ length: count }, (_, at) => known[Math.floor((at * known.length) / count)])
  const explainer = await model.explain?.(fitted, train)
  try {
    const explained: ExplainedList[] = []
    for (const row of rows) {
      const why = (item: number) => explainer?.explain(lists.users[row], item) ?? Promise.resolve([])
      explained.push(await explainRow(source, lists, row, why))
    }
    return explained
  } finally {
    explainer?.close()
  }
}

const lengthOf = ({ offsets }: Interactions, user: number) => offsets[user + 1] - offsets[user]

const itemsOf = ({ offsets, itemIndices }: Interactions, user: number) =>
  itemIndices.subarray(offsets[user], offsets[user + 1])

async function explainRow(
  { prepared }: ExportSource,
  lists: TopLists,
  row: number,
  why: (item: number) => Promise<Breakdown[]>,
): Promise<ExplainedList> {
  const user = lists.users[row]
  const nameOf = (item: number) => prepared.titles?.[item] || prepared.itemIds[item]
  const tested = new Set(itemsOf(prepared.test, user))
  const entries: ExplainedList['entries'] = []
  for (let at = row * lists.k; at < row * lists.k + Math.min(lists.k, shownItems); at++) {
    const item = lists.items[at]
    if (item === noItem) break
    const history = (await why(item)).find(({ of }) => of === 'history')
    const strongest = [...(history?.parts ?? [])].sort((a, b) => b.amount - a.amount).slice(0, shownReasons)
    const reasons = strongest.map(({ index, amount }) => ({ name: nameOf(index), amount }))
    entries.push({ name: nameOf(item), score: lists.scores[at], isHit: tested.has(item), reasons })
  }
  const history = [...itemsOf(prepared.train, user).slice(-shownHistory)].map(nameOf)
  return { user: prepared.userIds[user], history, entries }
}
