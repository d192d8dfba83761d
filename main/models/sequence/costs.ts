import type { DataSize, Model, Parameters } from '../model'
import { networkBytes } from '../neural/memory'

/** What reading a place of a history costs. */
interface Reading {
  /** Multiply-adds with vectors of `size` numbers. */
  work(size: number, params: Parameters): number
  /** Vectors of a place that a step computes, as `networkBytes` counts them. */
  vectors(params: Parameters): number
  /** Whether a vector of each user is learned too. */
  learnsUsers?: true
}

/** Memory and time of a model that reads histories. */
export function costOf(reading: Reading): Pick<Model, 'estimateBytes' | 'estimateWork'> {
  return {
    // Of a step the vectors of its places, what attention makes of pairs of them, and the scores of what they are compared with.
    estimateBytes({ users, items, interactions }, params) {
      const size = Number(params.embedding_size)
      const length = Math.min(Number(params.maximum_length), interactions / Math.max(1, users))
      const pairs = 8 * Number(params.layers ?? 0) * Number(params.heads ?? 0) * length
      const scores =
        (params.loss === 'cross-entropy' ? 3 : 5) * Number(params.mask_share ?? 1) * compared(items, params)
      const step = Number(params.batch_size) * length * (reading.vectors(params) * size + pairs + scores)
      const weights = size * (items + (reading.learnsUsers ? users : 0))
      return networkBytes({ weights, step, interactions }) + users * size * 8
    },
    estimateWork({ users, items, interactions }: DataSize, params) {
      const size = Number(params.embedding_size)
      const place = reading.work(size, params) + compared(items, params) * size
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
