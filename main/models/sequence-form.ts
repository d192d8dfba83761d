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
  readonly reader: MeanReader | GatedReader | AttentionReader
  /** What the state is multiplied by before it is compared with items; null: nothing. */
  readonly turn: Vectors | null
}

/** x = what the reader makes of the history + the user's own vector. */
export interface PersonalSequenceForm {
  readonly kind: 'personal-sequence'
  readonly users: Vectors
  readonly sequence: SequenceForm
}

/** m + `out` of `inner` of m, the mean of the items' vectors. */
export interface MeanReader {
  readonly kind: 'mean'
  readonly inner: Layer
  readonly out: Layer
}

/**
 * Of a `gru` h' = (1 - z) n + z h from h = 0, where (r, z, n) are a third of what `input` makes of an item's vector each, with what
 * `before` makes of h: r and z = sigmoid of both sums, n = tanh(input + r x before). Of an `lstm` h' = sigmoid(o) tanh(c')
 * with c' = sigmoid(f) c + sigmoid(i) tanh(g) from c = 0, where (i, f, g, o) are a quarter of the sum of both each. The
 * state is what `out` makes of the last h.
 */
export interface GatedReader {
  readonly kind: 'gated'
  readonly cell: 'gru' | 'lstm'
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
 * softmax(query . key / sqrt(size of a head)), head by head, times `out`. With a `mask` it stands as one item more after the
 * last one, a place is a mean of all places, and the state is that of the mask.
 */
export interface AttentionReader {
  readonly kind: 'attention'
  readonly heads: number
  readonly mask: Float32Array | null
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
