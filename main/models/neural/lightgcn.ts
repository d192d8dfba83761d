import type { LossTools, TfTensors } from '../../compute/tensorflow/step'
import type { NamedArrays, Tf, TfTensor } from '../../compute/tensorflow/tensorflow'
import { dotScorer } from '../dot-scorer'
import { dotForm, itemVectors, knownItems, knownRows, padded, scoreUsers, userVectors } from '../factorisation/factors'
import type { ScoringForm } from '../form'
import type { FitInput, FittedModel, Interactions, Model, Parameters, Scorer, Tensors, Vectors } from '../model'
import type { Random } from '../random'
import { presence } from '../sparse'
import { downloaded, upload } from './device-scorer'
import { type Graph, openGraph, spread } from './graph'
import { normal } from './initial'
import { embeddingParameter, knownTensors, rowsOf } from './log-loss'
import { networkBytes } from './memory'
import { vectorsOfNewUsers } from './new-users'
import { type Pairs, pairsToLearn, unchosen } from './pairs'
import { learningParameters, needsValidation } from './parameters'
import { trainNetwork } from './train'

/**
 * Vectors spread over the graph of users and items: e_u^(k+1) = sum over u's items of e_i^(k) / sqrt(|N_u| |N_i|), and
 * the same for items; a vector is the mean over k = 0 ... `layers`. Only e^(0) is learned, by BPR.
 */
export const lightgcn: Model = {
  id: 'lightgcn',
  name: 'LightGCN',
  family: 'Neural',
  feedback: 'implicit',
  summary: 'Learns vectors of users and items that are means over their neighbourhoods in the graph of choices.',
  source:
    'He, Deng, Wang, Li, Zhang and Wang 2020, LightGCN: Simplifying and powering graph convolution network for recommendation',
  assumes: 'Assumes that who is connected by a few steps through choices is alike.',
  suits: 'Good on sparse data, where neighbours of neighbours say more than the few choices themselves.',
  presets: [
    { id: 'balanced', name: 'Balanced', meaning: 'Does well on data of many kinds.', params: {} },
    { id: 'near', name: 'Near', meaning: 'Looks one step less far, in less time.', params: { layers: 2 } },
  ],
  parameters: [
    embeddingParameter(64),
    {
      name: 'layers',
      type: 'integer',
      default: 3,
      minimum: 1,
      maximum: 6,
      search: [1, 4],
      meaning: 'Steps through the graph.',
    },
    {
      name: 'regularization',
      type: 'number',
      default: 0.0001,
      minimum: 0,
      maximum: 10,
      scale: 'logarithmic',
      search: [0.000001, 0.01],
      meaning: 'Weight of the squared lengths of the learned vectors of a batch.',
    },
    ...learningParameters({ batch_size: 2048, learning_rate: 0.02 }),
  ],
  needsValidation,
  checkpoint: true,
  fit,
  score: scoreUsers,
  foldIn,
  form,
  scoresByProduct: true,
  itemVectors,
  userVectors,
  estimateBytes: ({ users, items, interactions }, params) =>
    networkBytes({
      weights: (users + items) * Number(params.embedding_size),
      step:
        Number(params.embedding_size) *
        (11 * Math.min(interactions, Number(params.batch_size)) + 3 * (users + items) * (1 + Number(params.layers))),
      interactions,
    }) +
    interactions * 24,
  estimateWork({ users, items, interactions }, params) {
    // What new users take is products of users x size, and equations that plain loops solve.
    const size = Number(params.embedding_size)
    const steps = Math.ceil(interactions / Number(params.batch_size)) * Number(params.epochs)
    const graph = 4 * Number(params.layers) * interactions * size
    return {
      dense: users * items * size + 2.4 * steps * graph + 6 * users * size ** 2,
      sparse: 4 * size ** 3,
      isSerial: true,
    }
  },
}

async function fit(input: FitInput): Promise<Tensors> {
  const { train, params, compute, signal } = input
  const { tf } = await compute.tensorflow()
  const pairs = pairsToLearn(train)
  const known = knownTensors(pairs)
  const graph = openGraph(tf, pairs)
  const size = Number(params.embedding_size)
  const finish = async (weights: NamedArrays) => ({
    ...known,
    ...(await withNewUsers(tf, graph, weights, params, signal)),
  })
  try {
    const learned = await trainNetwork(
      {
        examples: pairs.users.length,
        weights: (random) => ({
          users: normal([train.users, size], 0.1, random.derive('users')),
          items: normal([train.items, size], 0.1, random.derive('items')),
        }),
        batch: (examples, random) => triples(pairs, examples, random),
        loss: (tools, weights, batch) => bprLoss(tools, weights, batch, graph, params),
        score: async (weights, histories) => {
          if (histories) return foldIn({ tensors: await finish(weights), params, compute }, histories)
          return scoreUsers({
            tensors: { ...known, ...(await spreadOut(tf, graph, weights, params)) },
            params,
            compute,
          })
        },
      },
      input,
    )
    return await finish(learned)
  } finally {
    graph.close()
  }
}

/** What lists of the users of the graph are made of. */
async function spreadOut(tf: Tf, graph: Graph, weights: NamedArrays, params: Parameters): Promise<Tensors> {
  const factors = tf.tidy(() => {
    const { users, items } = upload(tf, weights)
    const spreadTo = spread(tf, graph, users, items, Number(params.layers))
    return { user_factors: spreadTo.users, item_factors: spreadTo.items }
  })
  return downloaded(factors)
}

/** The spread vectors, and what those of new users are sums of. */
async function withNewUsers(
  tf: Tf,
  graph: Graph,
  weights: NamedArrays,
  params: Parameters,
  signal: AbortSignal,
): Promise<Tensors> {
  const layers = Number(params.layers)
  const { ofUsers, shares, ...factors } = tf.tidy(() => {
    const { users, items } = upload(tf, weights)
    const spreadTo = spread(tf, graph, users, items, layers)
    const shares = tf.mul(tf.div(tf.addN(spreadTo.early), layers + 1), graph.ofItems)
    const ofUsers = tf.div(users, layers + 1)
    return { ofUsers, shares, user_factors: spreadTo.users, item_factors: spreadTo.items }
  })
  try {
    const ofNewUsers = await vectorsOfNewUsers(tf, { graph, ofUsers, shares, items: factors.item_factors }, signal)
    return await downloaded({ ...factors, ...ofNewUsers })
  } finally {
    tf.dispose([ofUsers, shares, ...Object.values(factors)])
  }
}

/** Each choice once, with an item drawn beside it. */
function triples(pairs: Pairs, examples: Uint32Array, random: Random): NamedArrays {
  const { histories, users } = pairs
  const column = (value: (example: number) => number) => ({
    shape: [examples.length],
    data: Int32Array.from(examples, value),
  })
  return {
    users: column((example) => users[example]),
    chosen: column((example) => histories.indices[example]),
    drawn: column((example) => unchosen(pairs, users[example], random)),
  }
}

/** Mean of -log sigmoid(score of the chosen - score of the drawn) + regularization / 2 x squared lengths of e^(0). */
export function bprLoss(
  { tf }: LossTools,
  weights: TfTensors,
  { users, chosen, drawn }: TfTensors,
  graph: Graph,
  { layers, regularization }: Parameters,
): TfTensor {
  const vectors = spread(tf, graph, weights.users, weights.items, Number(layers))
  const ofUsers = tf.gather(vectors.users, users)
  const difference = tf.sub(tf.gather(vectors.items, drawn), tf.gather(vectors.items, chosen))
  const loss = tf.softplus(tf.sum(tf.mul(ofUsers, difference), 1))
  const own = [tf.gather(weights.users, users), tf.gather(weights.items, chosen), tf.gather(weights.items, drawn)]
  const lengths = tf.addN(own.map((each) => tf.sum(tf.square(each), 1)))
  return tf.mean(tf.add(loss, tf.mul(lengths, Number(regularization) / 2)))
}

function form({ tensors }: Pick<FittedModel, 'tensors'>): ScoringForm {
  const users = dotForm(tensors)
  const into = rowsOf(tensors, 'item_shares')
  // Older artifacts have none.
  const averages = tensors.item_averages && { averages: rowsOf(tensors, 'item_averages') }
  const shape = { takes: 'presence', scaling: 'root-count', zeroIsNone: false } as const
  return { users, histories: { kind: 'projection', into, ...averages, items: users.items, ...shape } }
}

async function foldIn({ tensors, compute }: FittedModel, histories: Interactions): Promise<Scorer> {
  const shares = rowsOf(tensors, 'item_shares')
  const averages = tensors.item_averages && rowsOf(tensors, 'item_averages')
  const { offsets, indices } = presence(histories)
  const { dimensions } = shares
  const data = new Float32Array(histories.users * dimensions)
  for (let user = 0; user < histories.users; user++) {
    const vector = data.subarray(user * dimensions, (user + 1) * dimensions)
    const own = indices.subarray(offsets[user], offsets[user + 1])
    addRows(vector, shares, own, 1 / Math.sqrt(own.length))
    if (averages) addRows(vector, averages, own, 1 / own.length)
  }
  const users = padded({ count: histories.users, dimensions, data })
  return dotScorer(compute, { ...users, known: knownRows(offsets) }, knownItems(tensors))
}

function addRows(into: Float32Array, { dimensions, data }: Vectors, rows: Uint32Array, weight: number): void {
  for (const row of rows) {
    for (let at = 0; at < dimensions; at++) into[at] += weight * data[row * dimensions + at]
  }
}
