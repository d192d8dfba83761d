import type { Fusion } from './ensemble/fusion'
import type { FittedModel, Vectors } from './model'
import type { PersonalSequenceForm, SequenceForm } from './sequence-form'

/** Rows of a matrix and which of them the model learned anything of: the others are never scored. */
export type KnownVectors = Vectors & { readonly known: Uint8Array }

/**
 * How a trained model's scores arise, as arithmetic that other programs can repeat without TopN: what exports are written
 * and proved by. A score of NaN means that the item is never listed.
 */
export interface ScoringForm {
  /** Of users it was trained on. Left out where they are scored by their history like anyone. */
  readonly users?: UsersForm
  /** Of a history, whoever's it is; left out where the model does not fold in by such arithmetic. */
  readonly histories?: HistoryForm
}

export type UsersForm =
  | DotForm
  | NeighbourHistoriesForm
  | PairsForm
  | PersonalSequenceForm
  | FusedForm<UsersForm | HistoryForm>

/** score(u, i) = x_u . y_i */
export interface DotForm {
  readonly kind: 'dot'
  readonly users: KnownVectors
  readonly items: KnownVectors
}

/** score(u, i) = the similarities of those of u's neighbours who have item i, added up; NaN where nobody has. */
export interface NeighbourHistoriesForm {
  readonly kind: 'neighbour-histories'
  readonly items: number
  readonly count: number
  /** Users x count; a similarity of 0 is no neighbour. */
  readonly neighbours: Uint32Array
  readonly similarities: Float32Array
  /** The items of user `n` are `histories.indices[offsets[n] .. offsets[n + 1]]`. */
  readonly histories: { readonly offsets: Uint32Array; readonly indices: Uint32Array }
}

export type HistoryForm =
  | LayersForm
  | AlikeForm
  | ItemWeightsForm
  | ItemNeighboursForm
  | ProjectionForm
  | LeastSquaresForm
  | SequenceForm
  | FusedForm<HistoryForm>

/** bend(W' x + b): a row of weights for each input. */
export interface Layer {
  readonly weights: Vectors
  readonly bias: Float32Array
  readonly bend: 'none' | 'relu' | 'tanh'
}

/**
 * score(u, i) = x_u . y_i, where there are `products`, + what the layers make of relu(first_u + first_i); the last layer
 * has one number.
 */
export interface PairsForm {
  readonly kind: 'pairs'
  readonly products: { readonly users: Vectors; readonly items: Vectors } | null
  readonly first: { readonly users: Vectors; readonly items: Vectors }
  readonly layers: readonly Layer[]
  readonly known: { readonly users: Uint8Array; readonly items: Uint8Array }
}

/** What layers make of the history as ones and zeros, divided by the root of the number of its items: a score for each item. */
export interface LayersForm {
  readonly kind: 'layers'
  readonly layers: readonly Layer[]
  readonly known: Uint8Array
}

/** The same scores whatever the history. */
export interface AlikeForm {
  readonly kind: 'alike'
  readonly scores: Float32Array
}

/** score(i) = sum of weights[j][i] over the items j of the history. */
export interface ItemWeightsForm {
  readonly kind: 'item-weights'
  /** Items x items, row-major. */
  readonly weights: Float32Array
  readonly known: Uint8Array
}

/** score(i) = sum of the similarities of those of i's neighbours that are in the history; NaN where none is. */
export interface ItemNeighboursForm {
  readonly kind: 'item-neighbours'
  /** Items x count; a similarity of 0 is no neighbour. */
  readonly count: number
  readonly neighbours: Uint32Array
  readonly similarities: Float32Array
}

/**
 * x = sum of value x p_j over the history, divided by nothing, by its own length (`unit`), or by the root of the number of
 * items (`root-count`), and the mean of a_j over the history, where there are `averages`; score(i) = x . y_i
 */
export interface ProjectionForm {
  readonly kind: 'projection'
  readonly takes: 'presence' | 'ratings'
  readonly into: Vectors
  readonly scaling: 'none' | 'unit' | 'root-count'
  readonly averages?: Vectors
  readonly items: KnownVectors
  /** Nothing in common with an item is no score of 0 but none. */
  readonly zeroIsNone: boolean
}

/**
 * The vector x of the history's items H, n of them, that solves
 *
 *   (everywhere x sum of y_i y_i' over all items  +  own x sum of y_i y_i' over H  +  r I) x = sum of t_i y_i over H
 *
 * with r = factor (base + each n) ^ exponent. Without biases t_i = target and score(i) = x . y_i. With biases t_i = the
 * rating - mean - b_i - b, b = sum over H of (rating - mean - b_i) / (userRegularization + n), and
 * score(i) = mean + b_i + b + x . y_i.
 */
export interface LeastSquaresForm {
  readonly kind: 'least-squares'
  readonly items: KnownVectors
  readonly everywhere: number
  readonly own: number
  readonly regularization: {
    readonly factor: number
    readonly base: number
    readonly each: number
    readonly exponent: number
  }
  readonly target: number
  readonly biases: {
    readonly mean: number
    readonly items: Float32Array
    readonly userRegularization: number
  } | null
}

/**
 * score(i) = sum over the members of weight x what `fusion.ts` makes of the member's own score, among the items that the
 * history has not; NaN where no member scores the item. A member scores users whom it knows, or their histories.
 */
export interface FusedForm<F> {
  readonly kind: 'fused'
  readonly members: readonly { readonly weight: number; readonly form: F }[]
  readonly fusion: Fusion
}

/** Whether it scores users by who they are. */
export function isOfUsers(form: UsersForm | HistoryForm): form is UsersForm {
  if (form.kind === 'fused') return form.members.some((member) => isOfUsers(member.form))
  return ['dot', 'neighbour-histories', 'pairs', 'personal-sequence'].includes(form.kind)
}

/** How many items are scored. */
export function itemsOf(form: UsersForm | HistoryForm): number {
  switch (form.kind) {
    case 'neighbour-histories':
      return form.items
    case 'pairs':
      return form.first.items.count
    case 'alike':
      return form.scores.length
    case 'item-neighbours':
      return form.neighbours.length / form.count
    case 'item-weights':
    case 'layers':
      return form.known.length
    case 'personal-sequence':
      return form.sequence.items.count
    case 'fused':
      return Math.max(...form.members.map((member) => itemsOf(member.form)))
    default:
      return form.items.count
  }
}

/** The forms that read histories in their order. */
export function sequencesOf(form: UsersForm | HistoryForm): SequenceForm[] {
  if (form.kind === 'sequence') return [form]
  if (form.kind === 'personal-sequence') return [form.sequence]
  return form.kind === 'fused' ? form.members.flatMap((member) => sequencesOf(member.form)) : []
}

/** Whether a history's ratings matter, or only which items are in it. */
export function takesRatings(form: UsersForm | HistoryForm): boolean {
  if (form.kind === 'fused') return form.members.some((member) => takesRatings(member.form))
  if (form.kind === 'projection') return form.takes === 'ratings'
  return form.kind === 'least-squares' && form.biases !== null
}

/** A trained model without the means to compute. */
export type Trained = Pick<FittedModel, 'tensors' | 'params'>

/** Answers the form of a model; null where its parameters make scores that have none. */
export type FormOf = (trained: Trained) => ScoringForm | null
