import type { Kernels } from '../../compute/kernels/kernels'
import { kernelScorer } from '../kernel-scorer'
import type { Scorer } from '../model'
import type { ValuedRows } from '../sparse'

const usersInChunk = 8

/**
 * Scores by the product of two sparse matrices: of each user's history, users x rows, with lists, rows x items. NaN for
 * items that get nothing.
 */
export function sparseScorer(kernels: Kernels, histories: ValuedRows, lists: ValuedRows): Scorer {
  const release = kernels.hold()
  const items = lists.columns
  const tables = [histories, lists].flatMap(({ offsets, indices, values }) => [
    kernels.share(offsets),
    kernels.share(indices),
    kernels.share(values),
  ])
  const of = {
    items,
    isKnown: (user: number) => user < histories.rows,
    unknownItems: new Uint32Array(0),
    async compute(users: Uint32Array) {
      const scores = kernels.float32(users.length * items)
      const chunks = Math.ceil(users.length / usersInChunk)
      const rows = [kernels.share(users), users.length]
      await kernels.run('neighbourScoresChunk', chunks, [...rows, ...tables, items, scores, usersInChunk])
      return { scores, stride: items }
    },
  }
  return kernelScorer(kernels, of, release)
}
