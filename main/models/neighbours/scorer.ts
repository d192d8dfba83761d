import type { Kernels } from '../../compute/kernels/kernels'
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
  return {
    score: (users, into) =>
      kernels.scoped(async () => {
        const known = users.filter((user) => user < histories.rows)
        const scores = kernels.float32(known.length * items)
        const chunks = Math.ceil(known.length / usersInChunk)
        const rows = [kernels.share(known), known.length]
        await kernels.run('neighbourScoresChunk', chunks, [...rows, ...tables, items, scores, usersInChunk])
        into.fill(Number.NaN)
        let at = 0
        users.forEach((user, row) => {
          if (user >= histories.rows) return
          into.set(scores.subarray(at * items, ++at * items), row * items)
        })
      }),
    close: release,
  }
}
