import type { LossTools, TfTensors } from '../../compute/tensorflow/step'
import type { NamedArray, NamedArrays, Tf, TfTensor } from '../../compute/tensorflow/tensorflow'
import { knownRows } from '../factorisation/factors'
import type { Layer, ScoringForm } from '../form'
import type { FitInput, FittedModel, Interactions, Model, Parameters, Scorer, Tensors, Vectors } from '../model'
import type { Random } from '../random'
import { type BinaryRows, presence } from '../sparse'
import { deviceScorer, upload } from './device-scorer'
import { glorot, zeros } from './initial'
import { linkArrays, linkedSums, linksOf, openLinks } from './links'
import { embeddingParameter, knownTensors, rowsOf } from './log-loss'
import { networkBytes } from './memory'
import { learningParameters, needsValidation } from './parameters'
import { trainNetwork } from './train'

/**
 * Variational autoencoder with a multinomial likelihood: a history, divided by its length and with some of it left out,
 * becomes mean and variance of z; what z says of all items is compared with the whole history.
 */
export const multVae: Model = {
  id: 'mult-vae',
  name: 'Mult-VAE',
  family: 'Neural',
  feedback: 'implicit',
  summary: 'Squeezes a history through few numbers and reads from them what else belongs to it.',
  source: 'Liang, Krishnan, Hoffman and Jebara 2018, Variational autoencoders for collaborative filtering',
  assumes: 'Assumes that a history is drawn from a distribution over all items, which a few hidden numbers make.',
  suits: 'Among the best networks for lists of what people choose next to what they have; takes new histories.',
  presets: [
    { id: 'balanced', name: 'Balanced', meaning: 'Does well on data of many kinds.', params: {} },
    {
      id: 'published',
      name: 'Published',
      meaning: 'Sizes and weights as they were published, for a hundred thousand users and more.',
      params: { embedding_size: 200, hidden_size: 600, batch_size: 500, anneal_steps: 200_000 },
    },
  ],
  parameters: [
    { ...embeddingParameter(64), meaning: 'Hidden numbers that a history becomes.' },
    {
      name: 'hidden_size',
      type: 'integer',
      default: 256,
      minimum: 1,
      maximum: 4096,
      scale: 'logarithmic',
      search: [128, 600],
      meaning: 'Units of the layers before and behind the hidden numbers.',
    },
    {
      name: 'input_dropout',
      type: 'number',
      default: 0.5,
      minimum: 0,
      maximum: 0.95,
      search: [0.2, 0.7],
      meaning: 'Share of a history that the network is not shown while it learns.',
    },
    {
      name: 'kl_weight',
      type: 'number',
      default: 0.2,
      minimum: 0,
      maximum: 1,
      search: [0, 1],
      meaning: 'Weight of the divergence of the hidden numbers from normal ones, once it is reached.',
    },
    {
      name: 'anneal_steps',
      type: 'integer',
      default: 1000,
      minimum: 0,
      maximum: 10_000_000,
      meaning: 'Steps over which that weight rises from 0.',
    },
    ...learningParameters({ epochs: 80, batch_size: 64, learning_rate: 0.002 }),
  ],
  needsValidation,
  checkpoint: true,
  fit,
  score: scoreHistories,
  foldIn: scoreHistories,
  form,
  itemVectors: ({ tensors }) => columnsOf(rowsOf(tensors, 'output_weights')),
  estimateBytes({ users, items, interactions }, { hidden_size, batch_size }) {
    const rows = Math.min(users, Number(batch_size))
    const step = rows * (4 * items + 8 * Number(hidden_size))
    return networkBytes({ weights: 2 * items * Number(hidden_size), step, interactions })
  },
  estimateWork({ users, items }, { hidden_size, batch_size, epochs }) {
    const size = Number(hidden_size)
    const steps = Math.ceil(users / Number(batch_size)) * Number(epochs)
    const weights = 2 * items * size
    const products = users * items * size * (3 * Number(epochs) + 1)
    return { dense: 20 * steps * weights, sparse: 0, blocked: products, isSerial: true }
  },
}

async function fit(input: FitInput): Promise<Tensors> {
  const { train, params, compute } = input
  const histories = presence(train)
  const chosen = knownRows(histories.offsets)
  const users = Uint32Array.from(chosen.keys()).filter((user) => chosen[user] === 1)
  const known = knownTensors({ histories })
  const learned = await trainNetwork(
    {
      examples: users.length,
      weights: (random) => weightsOf(train.items, params, random),
      batch: (examples, random, steps) =>
        historyBatch(
          histories,
          examples.map((example) => users[example]),
          params,
          random,
          steps,
        ),
      loss: elboLoss,
      score: (weights, judged = train) =>
        scoreHistories({ tensors: { ...weights, ...known }, params, compute }, judged),
    },
    input,
  )
  return { ...learned, ...known }
}

function weightsOf(items: number, { embedding_size, hidden_size }: Parameters, random: Random) {
  const [latent, hidden] = [Number(embedding_size), Number(hidden_size)]
  const layer = (name: string, into: number, out: number): Record<string, NamedArray> => ({
    [`${name}_weights`]: glorot([into, out], random.derive(name)),
    [`${name}_bias`]: zeros([out]),
  })
  return {
    ...layer('input', items, hidden),
    ...layer('mean', hidden, latent),
    ...layer('variance', hidden, latent),
    ...layer('hidden', latent, hidden),
    ...layer('output', hidden, items),
  }
}

/** How much the divergence counts after so many steps. */
export function klWeight({ kl_weight, anneal_steps }: Parameters, steps: number): number {
  return Number(kl_weight) * Math.min(1, steps / Math.max(1, Number(anneal_steps)))
}

/** Histories: what is shown of them as links, all of them dense, and what is drawn. */
export function historyBatch(
  histories: BinaryRows,
  users: Uint32Array,
  params: Parameters,
  random: Random,
  steps: number,
): NamedArrays {
  const items = histories.columns
  const dropout = Number(params.input_dropout)
  const chosen = new Float32Array(users.length * items)
  const offsets = new Uint32Array(users.length + 1)
  const shown: number[] = []
  const scales = new Float32Array(users.length)
  const drawn = random.derive('shown')
  users.forEach((user, row) => {
    const own = histories.indices.subarray(histories.offsets[user], histories.offsets[user + 1])
    for (const item of own) {
      chosen[row * items + item] = 1
      if (drawn.uniform() >= dropout) shown.push(item)
    }
    offsets[row + 1] = shown.length
    scales[row] = 1 / Math.sqrt(own.length) / (1 - dropout)
  })
  const noise = random.derive('noise')
  const latent = Number(params.embedding_size)
  const rows = { rows: users.length, columns: items, offsets, indices: Uint32Array.from(shown) }
  return {
    ...linkArrays(rows),
    scales: { shape: [users.length, 1], data: scales },
    chosen: { shape: [users.length, items], data: chosen },
    noise: {
      shape: [users.length, latent],
      data: Float32Array.from({ length: users.length * latent }, noise.normal),
    },
    kl_weight: { shape: [], data: Float32Array.of(klWeight(params, steps)) },
  }
}

/** Mean over histories of -log likelihood of the chosen items + weight x KL(q(z) || N(0, 1)). */
export function elboLoss({ tf }: LossTools, weights: TfTensors, batch: TfTensors): TfTensor {
  const [rows, items] = batch.chosen.shape
  const { mean, logVariance } = encode(tf, weights, sumsOfShown(tf, weights, batch, rows, items))
  const z = tf.add(mean, tf.mul(batch.noise, tf.exp(tf.mul(logVariance, 0.5))))
  const likelihood = multinomialLoss(tf, decode(tf, weights, z), batch.chosen)
  const parts = tf.sub(tf.add(tf.exp(logVariance), tf.square(mean)), tf.add(logVariance, 1))
  const divergence = tf.div(tf.sum(parts), 2 * rows)
  return tf.add(likelihood, tf.mul(divergence, batch.kl_weight))
}

function sumsOfShown(tf: Tf, weights: TfTensors, batch: TfTensors, rows: number, items: number): TfTensor {
  return tf.mul(linkedSums(tf, weights.input_weights, linksOf(batch, rows, items)), batch.scales)
}

function encode(tf: Tf, weights: TfTensors, sums: TfTensor) {
  const hidden = tf.tanh(tf.add(sums, weights.input_bias))
  const layer = (name: string) => tf.add(tf.matMul(hidden, weights[`${name}_weights`]), weights[`${name}_bias`])
  return { mean: layer('mean'), logVariance: layer('variance') }
}

function decode(tf: Tf, weights: TfTensors, z: TfTensor): TfTensor {
  const hidden = tf.tanh(tf.add(tf.matMul(z, weights.hidden_weights), weights.hidden_bias))
  return tf.add(tf.matMul(hidden, weights.output_weights), weights.output_bias)
}

/** Mean over rows of -sum of counts x log softmax(logits), with its gradient written out. */
export function multinomialLoss(tf: Tf, logits: TfTensor, counts: TfTensor): TfTensor {
  const operation = tf.customGrad((given, save) => {
    const values = given as TfTensor
    const shifted = tf.sub(values, tf.max(values, 1, true))
    const exponentials = tf.exp(shifted)
    const sums = tf.sum(exponentials, 1, true)
    const totals = tf.sum(counts, 1, true)
    const rows = values.shape[0]
    const value = tf.div(tf.sum(tf.sub(tf.mul(totals, tf.log(sums)), tf.sum(tf.mul(counts, shifted), 1, true))), rows)
    ;(save as (tensors: TfTensor[]) => void)([tf.sub(tf.mul(exponentials, tf.div(totals, sums)), counts)])
    return { value, gradFunc: (change, saved) => tf.mul((saved as TfTensor[])[0], tf.div(change as TfTensor, rows)) }
  })
  return operation(logits)
}

function form({ tensors }: Pick<FittedModel, 'tensors'>): ScoringForm {
  const layer = (name: string, bend: Layer['bend']) => ({
    weights: rowsOf(tensors, `${name}_weights`),
    bias: tensors[`${name}_bias`].data as Float32Array,
    bend,
  })
  const layers = [layer('input', 'tanh'), layer('mean', 'none'), layer('hidden', 'tanh'), layer('output', 'none')]
  return { histories: { kind: 'layers', layers, known: tensors.item_known.data as Uint8Array } }
}

/** What the means of z say of all items. */
async function scoreHistories({ tensors, compute }: FittedModel, histories: Interactions): Promise<Scorer> {
  const rows = presence(histories)
  const known = { users: knownRows(rows.offsets), items: tensors.item_known.data as Uint8Array }
  return deviceScorer(compute, known, (tf) => {
    const weights = upload(tf, tensors)
    return {
      held: Object.values(weights),
      numbersOfUser: 2 * known.items.length,
      scores(users) {
        const own = rowsAt(rows, users)
        const lengths = users.map((_, row) => own.offsets[row + 1] - own.offsets[row])
        const scales = tf.tensor2d(
          Float32Array.from(lengths, (length) => 1 / Math.sqrt(length)),
          [users.length, 1],
        )
        const sums = tf.mul(linkedSums(tf, weights.input_weights, openLinks(tf, own)), scales)
        return decode(tf, weights, encode(tf, weights, sums).mean)
      },
    }
  })
}

function rowsAt({ columns, offsets, indices }: BinaryRows, rows: Uint32Array): BinaryRows {
  const taken = new Uint32Array(rows.length + 1)
  rows.forEach((row, at) => {
    taken[at + 1] = taken[at] + offsets[row + 1] - offsets[row]
  })
  const all = new Uint32Array(taken[rows.length])
  rows.forEach((row, at) => {
    all.set(indices.subarray(offsets[row], offsets[row + 1]), taken[at])
  })
  return { rows: rows.length, columns, offsets: taken, indices: all }
}

/** Columns become rows. */
function columnsOf({ count, dimensions, data }: Vectors): Vectors {
  const columns = new Float32Array(data.length)
  for (let row = 0; row < count; row++) {
    for (let at = 0; at < dimensions; at++) columns[at * count + row] = data[row * dimensions + at]
  }
  return { count: dimensions, dimensions: count, data: columns }
}
