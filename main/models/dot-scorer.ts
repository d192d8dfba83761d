import type { Compute } from '../compute/compute'
import type { Scorer, Vectors } from './model'

/** Items of one panel, the width of the kernel's block. */
const panelItems = 8
const panelsInChunk = 32

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
  const unknownItems = Uint32Array.from(items.known.keys()).filter((item) => items.known[item] === 0)
  return {
    score: (wanted, into) =>
      kernels.scoped(async () => {
        const rows = kernels.float32(wanted.length * length)
        wanted.forEach((user, row) => {
          if (user < users.count) rows.set(users.data.subarray(user * length, (user + 1) * length), row * length)
        })
        const scores = kernels.float32(wanted.length * items.count)
        const chunks = Math.ceil(items.count / panelItems / panelsInChunk)
        const sizes = [wanted.length, panels, items.count, length] as const
        await kernels.run('scoreChunk', chunks, [rows, ...sizes, scores, panelsInChunk])
        into.set(scores)
        wanted.forEach((user, row) => {
          const start = row * items.count
          if (user >= users.count || users.known[user] === 0) into.fill(Number.NaN, start, start + items.count)
          else for (const item of unknownItems) into[start + item] = Number.NaN
        })
      }),
    close: release,
  }
}

/** Groups of eight items as [component][8 items], the last one filled up with zeros. */
export function packPanels({ count, dimensions, data }: Vectors): Float32Array {
  const panels = new Float32Array(Math.ceil(count / panelItems) * panelItems * dimensions)
  for (let item = 0; item < count; item++) {
    const start = Math.floor(item / panelItems) * panelItems * dimensions + (item % panelItems)
    for (let at = 0; at < dimensions; at++) panels[start + at * panelItems] = data[item * dimensions + at]
  }
  return panels
}
