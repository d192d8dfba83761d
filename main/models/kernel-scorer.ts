import type { Kernels } from '../compute/kernels/kernels'
import type { BestLists, Scorer, Unlisted } from './model'

/** How a model's scores come into shared memory. */
export interface KernelScores {
  readonly items: number
  /** Users that the model can score. */
  isKnown(user: number): boolean
  /** Items that it cannot score. */
  readonly unknownItems: Uint32Array
  /** Scores of known users in shared memory, rows `stride` floats apart; the caller gives them back. */
  compute(users: Uint32Array): Promise<{ scores: Float32Array; stride: number }>
}

/** Bytes of scores that `best` holds at a time. */
const batchBytes = 32 * 2 ** 20
const usersInChunk = 8

/** A scorer of what kernels compute; `close` gives back what it holds. */
export function kernelScorer(kernels: Kernels, of: KernelScores, close: () => void): Scorer {
  const { items, unknownItems } = of
  return {
    score: (users, into) =>
      kernels.scoped(async () => {
        const known = users.filter(of.isKnown)
        const { scores, stride } = await of.compute(known)
        let at = 0
        users.forEach((user, row) => {
          const target = into.subarray(row * items, (row + 1) * items)
          if (!of.isKnown(user)) {
            target.fill(Number.NaN)
            return
          }
          target.set(scores.subarray(at * stride, at * stride + items))
          at++
          for (const item of unknownItems) target[item] = Number.NaN
        })
      }),
    async best(users, unlisted, into, signal) {
      const size = Math.max(1, Math.floor(batchBytes / 4 / items))
      await forKnown(users, of, into, size, (known, lists) =>
        kernels.scoped(async () => {
          const { scores, stride } = await of.compute(known)
          const sizes = [scores, stride, known.length, items]
          await runTop(kernels, 'topScoresChunk', sizes, known, { ...of, ...unlisted }, lists, usersInChunk, signal)
        }),
      )
    },
    close,
  }
}

/** `make` is given the known users, at most `size` at a time, and lists for them; the others get none. */
export async function forKnown(
  users: Uint32Array,
  { isKnown }: Pick<KernelScores, 'isKnown'>,
  into: BestLists,
  size: number,
  make: (known: Uint32Array, lists: BestLists) => Promise<void>,
): Promise<void> {
  const { k } = into
  const rows = Uint32Array.from(users.keys()).filter((row) => isKnown(users[row]))
  for (let from = 0; from < rows.length; from += size) {
    const places = rows.subarray(from, from + size)
    const length = places.length * k
    const lists = { k, items: new Uint32Array(length), scores: new Float32Array(length) }
    await make(
      places.map((row) => users[row]),
      lists,
    )
    places.forEach((row, at) => {
      into.items.set(lists.items.subarray(at * k, (at + 1) * k), row * k)
      into.scores.set(lists.scores.subarray(at * k, (at + 1) * k), row * k)
    })
  }
}

type Unlistable = Unlisted & Pick<KernelScores, 'items' | 'unknownItems'> & { readonly placeOf?: Uint32Array }

/**
 * Runs one of the kernels that make lists; `values` are its arguments before what is not to be listed, `placeOf` where the
 * kernel has each item, if not in its own place.
 */
export async function runTop(
  kernels: Kernels,
  kernel: 'topScoresChunk' | 'topProductsChunk',
  values: (number | Float32Array | Uint32Array)[],
  users: Uint32Array,
  unlisted: Unlistable,
  lists: BestLists,
  chunkUsers: number,
  signal?: AbortSignal,
): Promise<void> {
  const { placeOf } = unlisted
  const { offsets, hidden } = hiddenOf(users, unlisted.exclude)
  if (placeOf) for (let at = 0; at < hidden.length; at++) hidden[at] = placeOf[hidden[at]]
  const mask = maskOf(unlisted)
  const [items, scores] = [kernels.uint32(lists.items.length), kernels.float32(lists.scores.length)]
  // Scores of a block, then for each user of a chunk a mask and two words.
  const scratch = kernels.uint32(kernels.threads * (32 + chunkUsers * (mask.length + 2)))
  const tables = [kernels.share(offsets), kernels.share(hidden), kernels.share(mask), mask.length]
  const given = [...values, ...tables, lists.k, items, scores, chunkUsers, scratch]
  await kernels.run(kernel, Math.ceil(users.length / chunkUsers), given, signal)
  lists.items.set(items)
  lists.scores.set(scores)
}

/** Each user's items in all of `parts`, as compressed sparse rows. */
function hiddenOf(users: Uint32Array, parts: Unlisted['exclude']): { offsets: Uint32Array; hidden: Uint32Array } {
  const offsets = new Uint32Array(users.length + 1)
  users.forEach((user, row) => {
    offsets[row + 1] = parts.reduce((sum, part) => sum + part.offsets[user + 1] - part.offsets[user], offsets[row])
  })
  const hidden = new Uint32Array(offsets[users.length])
  users.forEach((user, row) => {
    let at = offsets[row]
    for (const part of parts) {
      const items = part.itemIndices.subarray(part.offsets[user], part.offsets[user + 1])
      hidden.set(items, at)
      at += items.length
    }
  })
  return { offsets, hidden }
}

/** A bit for each item that no list may have, and for those beyond the last one. */
function maskOf({ items, allowed, unknownItems, placeOf }: Unlistable): Uint32Array {
  const mask = new Uint32Array(Math.ceil(items / 32))
  const hidePlace = (place: number) => {
    mask[place >> 5] |= 1 << (place & 31)
  }
  const hide = (item: number) => hidePlace(placeOf ? placeOf[item] : item)
  unknownItems.forEach(hide)
  for (let beyond = items; beyond < mask.length * 32; beyond++) hidePlace(beyond)
  allowed?.forEach((flag, item) => {
    if (flag === 0) hide(item)
  })
  return mask
}
