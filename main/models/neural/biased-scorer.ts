import type { Compute } from '../../compute/compute'
import { dotScorer } from '../dot-scorer'
import { padded } from '../factorisation/factors'
import type { Scorer, Vectors } from '../model'

type KnownVectors = Vectors & { readonly known: Uint8Array }

/** Scores x_u . y_i + bias. */
export function biasedScorer(compute: Compute, users: KnownVectors, items: KnownVectors, bias: number): Scorer {
  return dotScorer(
    compute,
    { ...lengthened(users, bias), known: users.known },
    { ...lengthened(items, 1), known: items.known },
  )
}

/** One component more, the same for all. */
function lengthened({ count, dimensions, data }: Vectors, last: number): Vectors {
  const result = new Float32Array(count * (dimensions + 1)).fill(last)
  for (let row = 0; row < count; row++) {
    result.set(data.subarray(row * dimensions, (row + 1) * dimensions), row * (dimensions + 1))
  }
  return padded({ count, dimensions: dimensions + 1, data: result })
}
