import type { KnownVectors, Layer } from './form'
import type { Vectors } from './model'

/**
 * Reads the most recent items of a history in their order, at most `places` of them, an item as often as it occurs:
 * x = the reader's state after the last one, score(i) = x . y_i
 */
export interface SequenceForm {
  readonly kind: 'sequence'
  readonly places: number
  /** Hours without anything after which a history begins anew; 0: never. */
  readonly sessionGap: number
  /** What the reader reads, and what its state is compared with. */
  readonly items: KnownVectors
  readonly reader: GatedReader | AttentionReader
}

/**
 * h' = (1 - z) n + z h from h = 0, where (r, z, n) are a third of what `input` makes of an item's vector each, with what
 * `before` makes of h: r and z = sigmoid of both sums, n = tanh(input + r x before). The state is what `out` makes of the
 * last h.
 */
export interface GatedReader {
  readonly kind: 'gated'
  readonly input: Layer
  readonly before: Layer
  readonly out: Layer
}

/** (x - mean) / sqrt(variance + `normEpsilon`) x scale + shift, over the numbers of a place. */
export interface Norm {
  readonly scale: Float32Array
  readonly shift: Float32Array
}

export const normEpsilon = 1e-5

/**
 * x = norm(y_item + position), then for each block x += attention(norm(x)) and x += layers(norm(x)); the state is the norm of
 * the last place. A place is a mean of the values of places up to itself, weighed by
 * softmax(query . key / sqrt(size of a head)), head by head, times `out`.
 */
export interface AttentionReader {
  readonly kind: 'attention'
  readonly heads: number
  readonly positions: Vectors
  readonly first: Norm
  readonly blocks: readonly AttentionBlock[]
  readonly last: Norm
}

export interface AttentionBlock {
  readonly beforeAttention: Norm
  readonly query: Vectors
  readonly key: Vectors
  readonly value: Vectors
  readonly out: Vectors
  readonly beforeLayers: Norm
  readonly layers: readonly Layer[]
}
