import type { LossTools, TfTensors } from '../../compute/tensorflow/step'
import type { NamedArrays, TfTensor } from '../../compute/tensorflow/tensorflow'
import type { Parameter } from '../../contract/parameters'
import type { ScoringForm, Trained } from '../form'
import type { FittedModel, Model, Parameters, Scorer } from '../model'
import type { Random } from '../random'
import { embeddingParameter, learnChoices, negativesParameter, rowsOf } from './log-loss'
import { blockBytes, networkBytes, pairsOfStep, perceptronNumbers } from './memory'
import { learningParameters, needsValidation } from './parameters'
import { hiddenSizes, layerParameters, perceptronWork } from './perceptron'

/** What a network is made for; `hidden` is empty where it has no layers. */
interface PairSizes {
  readonly users: number
  readonly items: number
  readonly size: number
  readonly hidden: readonly number[]
}

/** A network that judges a user and an item by their vectors. */
interface PairNetwork {
  /** The matrices that stand for users and items where their vectors are asked for. */
  readonly vectors: { readonly users: string; readonly items: string }
  weights(sizes: PairSizes, random: Random): NamedArrays
  /** A logit for each of `batch.users` with `batch.items`. */
  logits(tools: LossTools, weights: TfTensors, batch: TfTensors, params: Parameters): TfTensor
  score(fitted: FittedModel): Promise<Scorer>
  form(trained: Trained): ScoringForm
  costs(params: Parameters): PairCosts
}

interface PairCosts {
  /** Numbers that are learned of one user, or item. */
  readonly ofRow: number
  /** Numbers that a step computes of one pair. */
  readonly ofPair: number
  /** Multiply-adds of the score of one pair. */
  readonly score: number
  /** Multiply-adds of learning one pair: along vectors, and here and there in memory. */
  readonly learned: { readonly dense: number; readonly sparse: number }
}

type Described = Pick<
  Model,
  'id' | 'name' | 'summary' | 'assumes' | 'suits' | 'presets' | 'parameters' | 'scoresByProduct'
>

/**
 * A model of He et al. 2017: a network that is trained on the log loss of each choice and of `negatives` drawn items, each
 * pair by itself.
 */
export function pairModel(described: Described, network: PairNetwork): Model {
  const { vectors, score, form, costs } = network
  return {
    ...described,
    family: 'Neural',
    feedback: 'implicit',
    source: 'He, Liao, Zhang, Nie, Hu and Chua 2017, Neural collaborative filtering',
    needsValidation,
    checkpoint: true,
    fit(input) {
      const { params } = input
      const { users, items } = input.train
      const sizes = { users, items, size: Number(params.embedding_size), hidden: hiddenSizes(params) }
      const judge = {
        weights: (random: Random) => network.weights(sizes, random),
        logits: (tools: LossTools, weights: TfTensors, batch: TfTensors) =>
          network.logits(tools, weights, batch, params),
        score,
      }
      return learnChoices(judge, input)
    },
    score,
    form,
    scoresAreLogits: () => true,
    itemVectors: ({ tensors }) => rowsOf(tensors, vectors.items),
    userVectors: ({ tensors }) => rowsOf(tensors, vectors.users),
    estimateBytes({ users, items, interactions }, params) {
      const { ofRow, ofPair } = costs(params)
      const step = pairsOfStep(interactions, params) * ofPair
      const blocks = hiddenSizes(params).length > 0 ? blockBytes : 0
      return blocks + networkBytes({ weights: (users + items) * ofRow, step, interactions })
    },
    estimateWork({ users, items, interactions }, params) {
      const { score, learned } = costs(params)
      const pairs = interactions * (1 + Number(params.negatives)) * Number(params.epochs)
      return {
        dense: users * items * score + pairs * learned.dense,
        sparse: pairs * learned.sparse,
        isSerial: true,
      }
    },
  }
}

/** Parameters of these models; `layers` and `hidden_size` where there are layers. */
export function pairParameters(defaults: {
  embedding_size: number
  epochs: number
  layers?: { hidden_size: number; layers: number }
}): Parameter[] {
  return [
    embeddingParameter(defaults.embedding_size),
    ...(defaults.layers ? layerParameters(defaults.layers) : []),
    negativesParameter,
    ...learningParameters({ epochs: defaults.epochs, batch_size: 1024, learning_rate: 0.005 }),
  ]
}

/** Of the layers of one pair: numbers that a step computes, and multiply-adds of its score and of learning it. */
export function perceptronCosts(params: Parameters): { numbers: number; score: number; learned: number } {
  const hidden = hiddenSizes(params)
  const score = perceptronWork(hidden)
  const firstLayers = 2 * Number(params.embedding_size) * hidden[0]
  return { numbers: perceptronNumbers(params), score, learned: 3 * (score + firstLayers) }
}
