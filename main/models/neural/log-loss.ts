import type { LossTools, TfTensors } from '../../compute/tensorflow/step'
import type { NamedArray, NamedArrays, Tf, TfTensor } from '../../compute/tensorflow/tensorflow'
import type { Parameter } from '../../contract/parameters'
import { knownRows } from '../factorisation/factors'
import type { FitInput, FittedModel, Scorer, Tensors, Vectors } from '../model'
import type { Random } from '../random'
import { transpose } from '../sparse'
import { type Pairs, pairBatch, pairsToLearn } from './pairs'
import { trainNetwork } from './train'

/** A network that says of a pair of user and item how likely the choice is, as a logit. */
export interface Judge {
  weights(random: Random): NamedArrays
  /** A logit for each of `batch.users` with `batch.items`. */
  logits(tools: LossTools, weights: TfTensors, batch: TfTensors): TfTensor
  score(fitted: FittedModel): Promise<Scorer>
}

/** Learns choices against `negatives` drawn items, each pair by itself; who and what is known goes with the weights. */
export async function learnChoices(judge: Judge, input: FitInput): Promise<Tensors> {
  const { train, params, compute } = input
  const pairs = pairsToLearn(train)
  const known = knownTensors(pairs)
  const weights = await trainNetwork(
    {
      examples: pairs.users.length,
      weights: judge.weights,
      batch: (examples, random) => pairBatch(pairs, examples, Number(params.negatives), random),
      loss: (tools, weights, batch) => logLoss(tools.tf, judge.logits(tools, weights, batch), batch.labels),
      score: (learned) => judge.score({ tensors: { ...known, ...learned }, params, compute }),
    },
    input,
  )
  return { ...weights, ...known }
}

/** Mean of log(1 + e^x) - y x. */
export function logLoss(tf: Tf, logits: TfTensor, labels: TfTensor): TfTensor {
  return tf.mean(tf.sub(tf.softplus(logits), tf.mul(logits, labels)))
}

/** 1 for users, and items, with a choice. */
export function knownTensors({ histories }: Pick<Pairs, 'histories'>): Record<'user_known' | 'item_known', NamedArray> {
  return {
    user_known: { shape: [histories.rows], data: knownRows(histories.offsets) },
    item_known: { shape: [histories.columns], data: knownRows(transpose(histories).offsets) },
  }
}

export function knownOf(tensors: NamedArrays): { users: Uint8Array; items: Uint8Array } {
  return { users: tensors.user_known.data as Uint8Array, items: tensors.item_known.data as Uint8Array }
}

/** A matrix of a trained model as vectors. */
export function rowsOf(tensors: NamedArrays, name: string): Vectors {
  const { shape, data } = tensors[name]
  return { count: shape[0], dimensions: shape[1], data: data as Float32Array }
}

export const negativesParameter: Parameter = {
  name: 'negatives',
  type: 'integer',
  default: 4,
  minimum: 1,
  maximum: 100,
  meaning: 'Drawn items beside each choice.',
}

export function embeddingParameter(size: number): Parameter {
  return {
    name: 'embedding_size',
    type: 'integer',
    default: size,
    minimum: 1,
    maximum: 512,
    scale: 'logarithmic',
    search: [8, 128],
    meaning: 'Components of the vectors of users and items.',
  }
}
