/** Stands for "no item" at ranks beyond the end of a list. */
export const noItem = 0xffffffff

/** Lists of several users, best first. */
export interface TopLists {
  readonly k: number
  readonly users: Uint32Array
  /** users.length x k, row-major; `noItem` where a list is shorter. */
  readonly items: Uint32Array
  /** Beside `items`; NaN where there is none. */
  readonly scores: Float32Array
}

export function emptyLists(users: Uint32Array, k: number): TopLists {
  const items = new Uint32Array(users.length * k).fill(noItem)
  return { k, users, items, scores: new Float32Array(users.length * k).fill(Number.NaN) }
}

/**
 * One list a user, in the order in which users first appear: where a user has several, the best of them all, each item
 * once. The same lists where nobody has several.
 */
export function oneListPerUser(lists: TopLists): TopLists {
  const { k } = lists
  const rowsOf = new Map<number, number[]>()
  lists.users.forEach((user, row) => {
    const rows = rowsOf.get(user)
    if (rows) rows.push(row)
    else rowsOf.set(user, [row])
  })
  if (rowsOf.size === lists.users.length) return lists
  const merged = emptyLists(Uint32Array.from(rowsOf.keys()), k)
  let at = 0
  for (const rows of rowsOf.values()) {
    const best = rows.flatMap((row) => entriesOf(lists, row)).sort((a, b) => b.score - a.score || a.item - b.item)
    const distinct = best.filter(({ item }, place) => item !== best[place - 1]?.item)
    distinct.slice(0, k).forEach(({ item, score }, rank) => {
      merged.items[at * k + rank] = item
      merged.scores[at * k + rank] = score
    })
    at++
  }
  return merged
}

function entriesOf({ k, items, scores }: TopLists, row: number): { item: number; score: number }[] {
  const entries = Array.from({ length: k }, (_, rank) => ({
    item: items[row * k + rank],
    score: scores[row * k + rank],
  }))
  return entries.filter(({ item }) => item !== noItem)
}

/**
 * Writes the `k` best of `scores` (one for each item) to row `row` of `lists`: highest score first, equal scores by
 * ascending item index, NaN never. One pass with a heap whose root is the worst item kept: O(items + hits log k).
 */
export function selectTop(scores: Float32Array, lists: TopLists, row: number): void {
  const { k } = lists
  const items = lists.items.subarray(row * k, (row + 1) * k)
  const kept = lists.scores.subarray(row * k, (row + 1) * k)
  let size = 0
  for (let item = 0; item < scores.length; item++) {
    const score = scores[item]
    if (size === k) {
      // Items come in ascending order, so an equal score never displaces an earlier item. False for NaN too.
      if (!(score > kept[0])) continue
      siftDown(items, kept, size, item, score)
    } else if (!Number.isNaN(score)) {
      siftUp(items, kept, size++, item, score)
    }
  }
  for (let last = size - 1; last > 0; last--) {
    const [item, score] = [items[last], kept[last]]
    items[last] = items[0]
    kept[last] = kept[0]
    siftDown(items, kept, last, item, score)
  }
}

/** Whether the first of two entries stands below the second in a list. */
function isWorse(score: number, item: number, otherScore: number, otherItem: number): boolean {
  return score < otherScore || (score === otherScore && item > otherItem)
}

function siftUp(items: Uint32Array, scores: Float32Array, from: number, item: number, score: number) {
  let at = from
  while (at > 0) {
    const parent = (at - 1) >> 1
    if (!isWorse(score, item, scores[parent], items[parent])) break
    items[at] = items[parent]
    scores[at] = scores[parent]
    at = parent
  }
  items[at] = item
  scores[at] = score
}

/** Puts an entry in the root's place and lets it sink within the first `size` entries. */
function siftDown(items: Uint32Array, scores: Float32Array, size: number, item: number, score: number) {
  let at = 0
  for (;;) {
    let child = 2 * at + 1
    if (child >= size) break
    if (child + 1 < size && isWorse(scores[child + 1], items[child + 1], scores[child], items[child])) child++
    if (!isWorse(scores[child], items[child], score, item)) break
    items[at] = items[child]
    scores[at] = scores[child]
    at = child
  }
  items[at] = item
  scores[at] = score
}
