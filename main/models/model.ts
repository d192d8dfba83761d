import type { Compute } from '../compute/compute'
import type { ReasonPart, ReasonTerms } from '../contract/explanations'
import type { Capability, ModelDescription, ParameterValue } from '../contract/parameters'
import type { Progress, TrainingPace } from '../contract/records'
import type { Checkpoints } from './checkpoint'
import type { FormOf } from './form'
import type { Random } from './random'

/**
 * Interactions in compressed sparse rows: user `u` has `items[offsets[u] .. offsets[u + 1]]`, in time order (equal
 * timestamps in file order), `values` beside them (ratings, or 1). An item may occur more than once in a row.
 */
export interface Interactions {
  readonly users: number
  readonly items: number
  /** Length users + 1. */
  readonly offsets: Uint32Array
  readonly itemIndices: Uint32Array
  readonly values: Float32Array
  /** Seconds since 1970, or null where the data has no time. */
  readonly timestamps: Float64Array | null
}

/**
 * Features of users, or items, in compressed sparse rows: row `r` has the numbers `values` in the columns `indices`, both
 * from `offsets[r]` to `offsets[r + 1]`; columns ascend within a row, and what is not there is 0.
 */
export interface FeatureRows {
  readonly rows: number
  readonly columns: number
  /** Length rows + 1. */
  readonly offsets: Uint32Array
  readonly indices: Uint32Array
  readonly values: Float32Array
  /** What the columns stand for: the names of each feature's columns, one feature after the other. */
  readonly blocks: readonly { readonly group: string; readonly names: readonly string[] }[]
}

/** What is known of users and items beside their interactions; without features there are no columns. */
export interface Features {
  readonly users: FeatureRows
  readonly items: FeatureRows
}

/** A named array of a trained model, row-major. */
export interface Tensor {
  readonly shape: readonly number[]
  readonly data: Float32Array | Float64Array | Int32Array | Uint32Array | Uint8Array
}
export type Tensors = Record<string, Tensor>

export type Parameters = Readonly<Record<string, ParameterValue>>

/** What a model reports while it trains; `fraction` is of the fit alone. */
export type FitProgress = Pick<Progress, 'phase' | 'fraction'> &
  Partial<Pick<Progress, 'epoch' | 'epochs' | 'values'>> & {
    pace?: Omit<TrainingPace, 'memoryBytes'>
    /** The fraction that was done before this fit began, where it goes on from a checkpoint. */
    from?: number
  }

/** A trained model as a part of another one. */
export interface Member extends Pick<FittedModel, 'tensors' | 'params'> {
  /** What its run is called. */
  readonly name: string
  readonly model: Model
  /** Where it is given already; left out where the weights are to be found. */
  readonly weight?: number
}

export interface FitInput {
  readonly train: Interactions
  readonly validation?: Interactions
  /** For a model that declares `features`, always there. */
  readonly features?: Features
  /** For a model that has `memberWeights`, always there: trained on `train`, two at least. */
  readonly runs?: readonly Member[]
  /** All parameters of the model, checked and with defaults filled in. */
  readonly params: Parameters
  readonly random: Random
  readonly compute: Compute
  report(progress: FitProgress): void
  /** Once aborted, fit rejects within a second with the signal's reason. */
  readonly signal: AbortSignal
  /** How well a scorer ranks the validation part, by metric (`ndcg@10`); left out where there is no such part. */
  judge?(scorer: Scorer): Promise<Readonly<Record<string, number>>>
  /** Histories that the scorer of `judge` is made for where they are not those of `train`: of held-out users, folded in. */
  readonly judged?: Interactions
  /** For a model that has `checkpoint`; left out where nothing is kept. */
  readonly checkpoints?: Checkpoints
}

/** Other data for a model that is trained. */
export interface TransferInput extends Pick<FitInput, 'train' | 'report' | 'signal'> {
  readonly items: FeatureRows
}

export interface FittedModel {
  readonly tensors: Tensors
  readonly params: Parameters
  readonly compute: Compute
}

export interface Rater {
  /**
   * Writes the rating that user `users[n]` is expected to give item `items[n]` into `into[n]`. Always a number: what the
   * model knows nothing of falls back to what it does know, at worst to the mean of all training ratings.
   */
  rate(users: Uint32Array, items: Uint32Array, into: Float32Array): Promise<void>
  /** Gives back memory held in the compute's kernels. */
  close(): void
}

/** What is not listed: a user's items in `exclude`, and items whose flag in `allowed` is 0 (null: all may be). */
export interface Unlisted {
  readonly exclude: readonly Interactions[]
  readonly allowed: Uint8Array | null
}

/** users x k, row-major: items, best first, and their scores; beyond the end of a list 2^32 - 1 and NaN. */
export interface BestLists {
  readonly k: number
  readonly items: Uint32Array
  readonly scores: Float32Array
}

export interface Scorer {
  /**
   * Writes the score of every item for each of `users` (rows of the histories that the scorer was made for) into
   * `into`, row-major users.length x items. NaN where the model cannot score: such an item is never listed.
   * A user outside the histories gets NaN throughout.
   */
  score(users: Uint32Array, into: Float32Array): Promise<void>
  /**
   * Writes the best items of each of `users`, as selecting from `score` would find them, without scores of all items
   * leaving the kernels; lists that are not there, or are shorter, are as they were. Left out where that is not quicker.
   */
  best?(users: Uint32Array, unlisted: Unlisted, into: BestLists, signal?: AbortSignal): Promise<void>
  /** Gives back memory held in the compute's kernels. */
  close(): void
}

/** What of a score the parts of one kind make: their amounts and `rest` add up to it. */
export interface Breakdown {
  readonly of: ReasonPart
  /**
   * Items of the history, training users, columns of the items' features, or members, by index. What makes nothing may be
   * left out.
   */
  readonly parts: readonly { readonly index: number; readonly amount: number }[]
  /** What belongs to no part, such as the item's own bias. */
  readonly rest: number
}

/** Says why scores are what they are, for the histories that it was made for. */
export interface Explainer {
  readonly terms: ReasonTerms
  /** The score of an item for a row of the histories, taken apart in one or more ways; none where there is no score. */
  explain(user: number, item: number): Promise<Breakdown[]>
  close(): void
}

/** Rows of a matrix, one for each item or user. */
export interface Vectors {
  readonly count: number
  readonly dimensions: number
  readonly data: Float32Array
}

export interface DataSize {
  readonly users: number
  readonly items: number
  readonly interactions: number
  /** Numbers in the features of all users and items; left out where they are not known yet. */
  readonly featureValues?: number
  /** Columns of the items' features; left out where they are not known yet. */
  readonly featureColumns?: number
  /** Columns of the users' features. */
  readonly userFeatureColumns?: number
  /** Of a model that is made of others; left out where they are not known yet. */
  readonly members?: readonly Pick<Member, 'model' | 'params'>[]
}

/** Multiply-adds by where their numbers are: the rates at which a machine does them differ several times. */
export interface Work {
  /** Along vectors that come from memory. */
  readonly dense: number
  /** Here and there in memory. */
  readonly sparse: number
  /** In blocks that stay in the cache. */
  readonly blocked?: number
  /** It trains on one thread, however many there are. */
  readonly isSerial?: boolean
}

/** A recommender: pure functions from arrays to arrays. No SQL, no Electron, no file system. */
export interface Model extends Omit<ModelDescription, 'capabilities'> {
  /**
   * Left out: it learns from interactions alone. `required`: it does nothing without features of items. What a scorer
   * needs of the features is among the tensors.
   */
  readonly features?: 'required' | 'optional'
  /** Other programs made it: it is read from files, never trained, and knows by itself which users it has lists for. */
  readonly madeElsewhere?: true
  /** It learns from the order of histories, which says nothing where the data has no times. */
  readonly readsOrder?: true
  fit(input: FitInput): Promise<Tensors>
  /** Scores for the users that it was trained on; `train` is what it was trained on. */
  score?(fitted: FittedModel, train: Interactions): Promise<Scorer>
  /** Scores for histories that it was not trained on, without training again. */
  foldIn?(fitted: FittedModel, histories: Interactions): Promise<Scorer>
  /** Whether this one folds in; left out where each that has `foldIn` does. */
  foldsIn?(fitted: Pick<FittedModel, 'tensors'>): boolean
  /** Folding in takes steps of descent, as training does, so that its lists are near those of training and not the same. */
  readonly foldsInBySteps?: true
  /** Takes the scores that folding in the histories gives apart, exactly. */
  explain?(fitted: FittedModel, histories: Interactions): Promise<Explainer>
  /**
   * The scores that users would have for an item that is known by its features alone, as one that nobody has chosen has
   * them: one for each row of `train`. `indices` ascend. Null where nothing was learned of features of items, or the
   * tensors are older than what this takes.
   */
  scoreNewItem?(
    fitted: FittedModel,
    train: Interactions,
    item: Pick<FeatureRows, 'indices' | 'values'>,
  ): Promise<Float32Array | null>
  /**
   * The model for other data: for its `items`, known by their features alone, in the columns that were learned, and its
   * users, known by their histories in `train` alone. Its tensors score as those of a fit do. Null where nothing was
   * learned of features of items, or the tensors are older than what this takes.
   */
  transfer?(fitted: FittedModel, to: TransferInput): Promise<Tensors | null>
  /** Expected ratings of single pairs; `train` is what it was trained on. Null where its parameters learn no ratings. */
  rate?(fitted: FittedModel, train: Interactions): Promise<Rater | null>
  /** Whether the sigmoid of a score is the probability that the user chooses the item, as the model learned it. */
  scoresAreLogits?(params: Parameters): boolean
  /** Its fit saves checkpoints and goes on from one, to the same result bit for bit. */
  readonly checkpoint?: true
  /** How its scores arise, for programs that are not TopN; left out where no such arithmetic is written down. */
  readonly form?: FormOf
  /** Of users it was trained on, whatever its parameters: the form of a score is the product of two vectors. */
  readonly scoresByProduct?: true
  /** Of histories, whatever its parameters: the form is weights or neighbours between items, which say how alike they are. */
  readonly scoresByItems?: true
  itemVectors?(fitted: FittedModel): Vectors
  userVectors?(fitted: FittedModel): Vectors
  /** A model that has it is made of trained runs: the share of each, in their order; they add up to 1. */
  memberWeights?(tensors: Tensors): number[]
  /** Bytes that fit will hold at its peak beyond the interactions themselves, before anything is allocated. */
  estimateBytes(train: DataSize, params: Parameters): number
  /**
   * Share of these bytes that lies in the memory of the kernels, which ends at 4 GiB; about half where it is left out; no
   * network has it, whose memory is the device's.
   */
  readonly kernelShare?: number
  /** What fitting and scoring all users computes. */
  estimateWork(train: DataSize, params: Parameters): Work
}

export function capabilitiesOf(model: Model): Capability[] {
  const all: Capability[] = [
    'score',
    'foldIn',
    'rate',
    'itemVectors',
    'userVectors',
    'features',
    'memberWeights',
    'checkpoint',
    'explain',
    'scoreNewItem',
    'transfer',
  ]
  return all.filter((name) => name in model)
}

/** The model as this one is: where it does not fold in, without what rests on that. */
export function asFitted(model: Model, fitted: Pick<FittedModel, 'tensors'>): Model {
  if (model.foldsIn?.(fitted) ?? true) return model
  const { foldIn: _, explain: __, ...others } = model
  return others
}

/** Whether it may score items without training interactions; which ones, its scorer tells. */
export function scoresColdItems(model: Model): boolean {
  return 'features' in model || 'memberWeights' in model || 'madeElsewhere' in model
}
