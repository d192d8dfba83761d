import type { DataSize, Model, Parameters } from '../model'

/**
 * Memory and time of a model that reads histories; `reading`: multiply-adds of a place with vectors of `size`
 * numbers, as often as it keeps one for the gradient.
 */
export function costOf(
  reading: (size: number, params: Parameters) => number,
): Pick<Model, 'estimateBytes' | 'estimateWork'> {
  return {
    // Weights, moments, gradients and copies of items; of a step the numbers inside the network and the scores, with
    // gradients; states of users.
    estimateBytes({ users, items, interactions }, params) {
      const size = Number(params.embedding_size)
      const length = Math.min(Number(params.maximum_length), interactions / Math.max(1, users))
      const step = Number(params.batch_size) * length * 12 * (reading(size, params) / size + compared(items, params))
      return step + size * (items * 48 + users * 16) + interactions * 16
    },
    estimateWork({ users, items, interactions }: DataSize, params) {
      const size = Number(params.embedding_size)
      const place = reading(size, params) + compared(items, params) * size
      return {
        dense: users * items * size,
        sparse: 0,
        blocked: 6 * interactions * Number(params.epochs) * place + users * Number(params.maximum_length) * place,
        isSerial: true,
      }
    },
  }
}

/** Items that each place is compared with. */
function compared(items: number, { loss, negatives }: Parameters): number {
  return loss === 'cross-entropy' ? items : Math.min(items, Number(negatives))
}
