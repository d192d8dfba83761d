import { badFile } from '../data/bad-file'
import type { PreparedData } from '../data/prepared'
import { external } from '../models/elsewhere/external'
import type { Tensors } from '../models/model'
import type { Brought } from './brought'
import { createIdFinder } from './id-finder'
import type { ReadContext } from './lines'
import { type ListFile, type ListRow, openListFile } from './list-rows'

interface Entry extends Pick<ListRow, 'score' | 'rank' | 'line'> {
  item: number
}

/** Reads lists as the tensors of `external`: in the order of the file's ranks or scores, with scores that say the same. */
export async function readLists(path: string, prepared: PreparedData, context: ReadContext): Promise<Brought> {
  const file = await openListFile(path)
  const users = createIdFinder(prepared.userIds, file.plainId)
  const items = createIdFinder(prepared.itemIds, file.plainId)
  const lists: (Entry[] | undefined)[] = new Array(prepared.userIds.length)
  let [rows, leftOut] = [0, 0]
  await file.read(({ user: userId, item: itemId, ...entry }) => {
    rows++
    const [user, item] = [users.find(userId), items.find(itemId)]
    if (user === undefined || item === undefined) leftOut++
    else if (lists[user]) lists[user].push({ item, ...entry })
    else lists[user] = [{ item, ...entry }]
  }, context)
  if (rows === 0) throw badFile(path, 'has no lists. Bring in a file with a line for each item of a list.')
  if (leftOut === rows) throw badFile(path, strangers(users.examples(), items.examples()))
  for (const [user, list] of lists.entries()) {
    if (list) sortList(list, file.order, { path, user: prepared.userIds[user], itemIds: prepared.itemIds })
  }
  const ranksStandIn = !lists.every((list) => list === undefined || scoresSayOrder(list))
  return {
    model: external,
    tensors: tensorsOf(lists, ranksStandIn),
    has: Uint8Array.from(lists, (list) => (list ? 1 : 0)),
    found: {
      rows,
      leftOut,
      unknownUsers: users.unknown(),
      unknownItems: items.unknown(),
      users: lists.reduce((count, list) => count + (list ? 1 : 0), 0),
      longest: lists.reduce((most, list) => Math.max(most, list?.length ?? 0), 0),
      ranksStandIn,
    },
  }
}

function strangers(users: string[], items: string[]): string {
  const examples = (ids: string[]) => (ids.length > 0 ? ids.map((id) => id.slice(0, 50)).join(', ') : 'none')
  return `has no list of this data: unknown users ${examples(users)}; unknown items ${examples(items)}. Choose the data that it was made from.`
}

/** By rank or score, best first; ties by the other one, then by item. Throws where an item is listed twice. */
function sortList(
  list: Entry[],
  order: ListFile['order'],
  { path, user, itemIds }: { path: string; user: string; itemIds: readonly string[] },
): void {
  const lines = new Map<number, number>()
  for (const { item, line } of list) {
    const before = lines.get(item)
    if (before !== undefined) {
      throw badFile(path, `line ${line}: item ${itemIds[item]} is in the list of ${user} already, at line ${before}.`)
    }
    lines.set(item, line)
  }
  const byRank = (a: Entry, b: Entry) => (a.rank ?? 0) - (b.rank ?? 0)
  const byScore = (a: Entry, b: Entry) => (b.score ?? 0) - (a.score ?? 0)
  const [first, second] = order === 'rank' ? [byRank, byScore] : [byScore, byRank]
  list.sort((a, b) => first(a, b) || second(a, b) || a.item - b.item)
}

/** Whether a list that is sorted by its scores in single precision, ties by item, is the same. */
function scoresSayOrder(list: Entry[]): boolean {
  return list.every(({ score, item }, at) => {
    if (score === null || !Number.isFinite(Math.fround(score))) return false
    if (at === 0) return true
    const [before, own] = [Math.fround(list[at - 1].score ?? 0), Math.fround(score)]
    return before > own || (before === own && list[at - 1].item < item)
  })
}

function tensorsOf(lists: readonly (Entry[] | undefined)[], ranksStandIn: boolean): Tensors {
  const offsets = new Uint32Array(lists.length + 1)
  for (const [user, list] of lists.entries()) offsets[user + 1] = offsets[user] + (list?.length ?? 0)
  const items = new Uint32Array(offsets[lists.length])
  const scores = new Float32Array(items.length)
  for (const [user, list] of lists.entries()) {
    list?.forEach(({ item, score }, place) => {
      items[offsets[user] + place] = item
      scores[offsets[user] + place] = ranksStandIn ? 1 / (place + 1) : (score ?? 0)
    })
  }
  return {
    list_offsets: { shape: [offsets.length], data: offsets },
    list_items: { shape: [items.length], data: items },
    list_scores: { shape: [scores.length], data: scores },
  }
}
