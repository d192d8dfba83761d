import type { LossTools, TfTensors } from '../../compute/tensorflow/step'
import type { NamedArrays, TfTensor } from '../../compute/tensorflow/tensorflow'
import type { FeatureRows, FitInput, FittedModel, Interactions, Parameters, Scorer, Tensor, Tensors } from '../model'
import { upload } from '../neural/device-scorer'
import { type Network, trainNetwork } from '../neural/train'
import { choiceLoss, comparedItems, drawOf } from './compare'
import type { Encoder } from './encoder'
import { newItemBatch, towerVectors } from './feature-tower'
import type { Head } from './heads'
import { type ItemTower, itemFactors } from './item-tower'
import { historyScorer, type Reading, type States, scoreVector } from './scorer'
import { breaksOf, itemsIn, longest, nextItemBatch, type Windows, whole, windowsOf } from './windows'

/** A model that reads histories and predicts the next item by the product of its state and the items' vectors. */
export interface NextItemParts {
  encoder(params: Parameters): Encoder
  tower(input: FitInput): ItemTower
  head?(params: Parameters, train: Interactions): Head | null
}

/** Learns the weights; the tensors hold `item_factors`, `item_known` and how many places the encoder has. */
export async function fitNextItem(input: FitInput, parts: NextItemParts): Promise<Tensors> {
  const { network, complete } = nextItemNetwork(input, parts)
  return complete(await trainNetwork(network, input))
}

/** What is learned, and how weights become the tensors of a model. */
export function nextItemNetwork(input: FitInput, parts: NextItemParts) {
  const { train, params, compute } = input
  const [encoder, tower] = [parts.encoder(params), parts.tower(input)]
  const head = parts.head?.(params, train) ?? null
  const size = Number(params.embedding_size)
  const most = Number(params.maximum_length)
  const windows = windowsOf(train, most, breaksOf(train, Number(params.session_gap ?? 0)))
  const places = Math.max(1, Math.min(most, longest(windows) - 1))
  const complete = async (weights: NamedArrays): Promise<Tensors> => ({
    ...weights,
    ...(await itemFactors(await compute.tensorflow(), tower, weights, size)),
    ...tower.tensors,
    item_known: { shape: [train.items], data: tower.known },
    places: { shape: [1], data: Int32Array.of(places) },
  })
  const network: Network = {
    examples: windows.users.length,
    weights: (random) => ({
      ...encoder.weights(size, places, random.derive('encoder')),
      ...tower.weights(size, random.derive('items')),
      ...head?.weights(size, random.derive('head')),
    }),
    batch: batchOf(train, windows, tower, head, params),
    loss: (tools, weights, batch) =>
      lossOf(tools, weights, batch, { encoder, tower, head, params, items: train.items }),
    score: async (learned, histories) => {
      const fitted = { tensors: await complete(learned), params, compute }
      if (histories) return scoreNextItem(fitted, histories, parts)
      return scoreNextItem(fitted, train, parts, learned.user_factors)
    },
  }
  return { network, complete }
}

/** `users`: vectors that are added to the states, one for each row of the histories. */
export function scoreNextItem(
  fitted: FittedModel,
  histories: Interactions,
  parts: NextItemParts,
  users?: Tensor,
): Promise<Scorer> {
  return historyScorer(fitted, histories, readingOf(fitted, histories, parts, users))
}

/** Scores of each history for an item that is known by its features alone; null where none were learned. */
export async function scoreByFeatures(
  fitted: FittedModel,
  histories: Interactions,
  item: Pick<FeatureRows, 'indices' | 'values'>,
  parts: NextItemParts,
  users?: Tensor,
): Promise<Float32Array | null> {
  const batch = newItemBatch(fitted.tensors, item)
  if (!batch) return null
  const { tf } = await fitted.compute.tensorflow()
  const made = tf.tidy(() => {
    const names = Object.keys(fitted.tensors).filter((name) =>
      /^(identities|features|dense_features)$|^joined/.test(name),
    )
    const on = upload(tf, Object.fromEntries(names.map((name) => [name, fitted.tensors[name]])))
    return towerVectors({ tf, dropout: (x) => x }, on, upload(tf, batch))
  })
  const vector = (await made.data()) as Float32Array
  made.dispose()
  return scoreVector(fitted, histories, readingOf(fitted, histories, parts, users), vector)
}

function readingOf(fitted: FittedModel, histories: Interactions, parts: NextItemParts, users?: Tensor): Reading {
  const encoder = parts.encoder(fitted.params)
  const head = parts.head?.(fitted.params, histories)
  const states: States = (tools, weights, { items }) => {
    const read = encoder.states(tools, weights, items)
    return head?.listing?.(tools, weights, read) ?? read
  }
  return { states, ahead: 0, ...(users && { added: users }) }
}

/** Inputs, targets and drawn items of some windows, each item by its row among the vectors. */
function batchOf(
  train: Interactions,
  windows: Windows,
  tower: ItemTower,
  head: Head | null,
  params: Parameters,
): Network['batch'] {
  const draw = drawOf(train, params, itemsIn(train, windows, 1))
  return (examples, random) => {
    const items = nextItemBatch(train, windows, examples)
    return {
      ...head?.batch(items, windows, examples, random.derive('head')),
      filled: whole(items.filled),
      ...comparedItems(items, [examples.length, items.places], tower, draw, random),
    }
  }
}

interface LossOptions {
  readonly encoder: Encoder
  readonly tower: ItemTower
  readonly head: Head | null
  readonly params: Parameters
  readonly items: number
}

function lossOf(tools: LossTools, weights: TfTensors, batch: TfTensors, options: LossOptions): TfTensor {
  const { tf } = tools
  const { encoder, tower, head, params, items } = options
  const vectors = tower.vectors(tools, weights, batch)
  const read = encoder.states(tools, weights, tf.gather(vectors, batch.inputs))
  const states = head?.learning?.(tools, weights, read, batch) ?? read
  const asked = tf.gather(tf.reshape(states, [-1, vectors.shape[1] ?? 0]), batch.filled)
  const loss = choiceLoss(tools, asked, vectors, batch, params, items)
  const more = head?.loss?.(tools, weights, asked, tf.gather(vectors, batch.targets), batch)
  return more ? tf.add(loss, more) : loss
}
