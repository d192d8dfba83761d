import type { Compute } from '../../compute/compute'
import { dotScorer } from '../dot-scorer'
import { padded } from '../factorisation/factors'
import type { DotForm, KnownVectors } from '../form'
import type { Scorer, Vectors } from '../model'

/** Scores x_u . y_i + bias. */
export function biasedScorer(compute: Compute, users: KnownVectors, items: KnownVectors, bias: number): Scorer {
  const form = biasedProducts(users, items, bias)
  return dotScorer(compute, form.users, form.items)
}

/** The same as a product of two vectors. */
export function biasedProducts(users: KnownVectors, items: KnownVectors, bias: number): DotForm {
  return {
    kind: 'dot',
    users: { ...lengthened(users, bias), known: users.known },
    items: { ...lengthened(items, 1), known: items.known },
  }
}

/** One component more, the same for all. */
function lengthened({ count, dimensions, data }: Vectors, last: number): Vectors {
  const result = new Float32Array(count * (dimensions + 1)).fill(last)
  for (let row = 0; row < count; row++) {
    result.set(data.subarray(row * dimensions, (row + 1) * dimensions), row * (dimensions + 1))
  }
  return padded({ count, dimensions: dimensions + 1, data: result })
}
