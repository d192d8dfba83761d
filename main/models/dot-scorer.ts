import type { Compute } from '../compute/compute'
import { forKnown, type KernelScores, kernelScorer, runTop } from './kernel-scorer'
import type { Scorer, Vectors } from './model'

/** Items of one panel, the width of the kernel's block. */
const panelItems = 8
const panelsInChunk = 32
/** Bytes of the users of a chunk while their lists are made: half of a small first cache. */
const chunkBytes = 16 * 2 ** 10
const usersAtATime = 8192

/**
 * Scores by the dot product of user and item vectors. NaN for users without a vector (`hasUser` 0 or outside) and for
 * items without one. Vectors have a multiple of 4 components; 2 x users x items x components operations.
 */
export function dotScorer(
  { kernels }: Compute,
  users: Vectors & { known: Uint8Array },
  items: Vectors & { known: Uint8Array },
): Scorer {
  const length = users.dimensions
  const release = kernels.hold()
  const panels = kernels.share(packPanels(items))
  let sorted: ReturnType<typeof sortByLength> | undefined
  const shareRows = (wanted: Uint32Array) => {
    const rows = kernels.float32(wanted.length * length)
    wanted.forEach((user, row) => {
      rows.set(users.data.subarray(user * length, (user + 1) * length), row * length)
    })
    return rows
  }
  const of: KernelScores = {
    items: items.count,
    isKnown: (user) => user < users.count && users.known[user] === 1,
    unknownItems: Uint32Array.from(items.known.keys()).filter((item) => items.known[item] === 0),
    async compute(wanted) {
      const scores = kernels.float32(wanted.length * items.count)
      const chunks = Math.ceil(items.count / panelItems / panelsInChunk)
      const sizes = [wanted.length, panels, items.count, length] as const
      await kernels.run('scoreChunk', chunks, [shareRows(wanted), ...sizes, scores, panelsInChunk])
      return { scores, stride: items.count }
    },
  }
  return {
    ...kernelScorer(kernels, of, release),
    best: (wanted, unlisted, into, signal) =>
      forKnown(wanted, of, into, usersAtATime, (known, lists) =>
        kernels.scoped(async () => {
          const chunkUsers = Math.max(4, Math.min(64, Math.floor(chunkBytes / 4 / length / 4) * 4))
          const packed = kernels.float32(kernels.threads * chunkUsers * (length + 1))
          sorted ??= sortByLength(items)
          const { data, order, placeOf, lengths } = sorted
          const places = [kernels.share(order), kernels.share(lengths), packed]
          const values = [shareRows(known), known.length, kernels.share(data), items.count, length, ...places]
          const given = { ...of, ...unlisted, placeOf }
          await runTop(kernels, 'topProductsChunk', values, known, given, lists, chunkUsers, signal)
        }),
      ),
  }
}

/** Panels of items by descending length of their vectors, and how long the first of each panel is. */
function sortByLength(items: Vectors) {
  const { count, dimensions, data } = items
  const lengthOf = Float64Array.from({ length: count }, (_, item) => {
    let squares = 0
    for (let at = item * dimensions; at < (item + 1) * dimensions; at++) squares += data[at] ** 2
    // What is not a number comes first, where nothing is left out.
    return Number.isNaN(squares) ? Number.POSITIVE_INFINITY : Math.sqrt(squares)
  })
  const order = Uint32Array.from({ length: count }, (_, item) => item).sort(
    (a, b) => lengthOf[b] - lengthOf[a] || a - b,
  )
  const placeOf = new Uint32Array(count)
  order.forEach((item, place) => {
    placeOf[item] = place
  })
  const panels = Math.ceil(count / panelItems)
  const lengths = Float32Array.from({ length: panels }, (_, panel) => lengthOf[order[panel * panelItems]])
  return { order, placeOf, lengths, data: packPanels(items, order) }
}

/** Groups of eight items as [component][8 items], the last one filled up with zeros; in `order`, or as they are. */
export function packPanels({ count, dimensions, data }: Vectors, order?: Uint32Array): Float32Array {
  const panels = new Float32Array(Math.ceil(count / panelItems) * panelItems * dimensions)
  for (let place = 0; place < count; place++) {
    const row = (order ? order[place] : place) * dimensions
    const start = Math.floor(place / panelItems) * panelItems * dimensions + (place % panelItems)
    for (let at = 0; at < dimensions; at++) panels[start + at * panelItems] = data[row + at]
  }
  return panels
}
