import { createStrata, runRounds } from '../../compute/strata'
import { dotScorer } from '../dot-scorer'
import type { DotForm, KnownVectors } from '../form'
import { derived } from '../history-explainer'
import type { FitInput, FittedModel, Interactions, Model, Scorer, Tensors, Vectors } from '../model'
import { presence, ratings, transpose } from '../sparse'
import {
  factorTensors,
  fillNormal,
  itemVectors,
  knownRows,
  padded,
  paddedLength,
  userVectors,
  vectorsOf,
  widened,
} from './factors'
import { descendUsers, descentOf, fixedItems } from './fold-in'
import { explainByInfluence } from './influence'

interface ChoiceLoss {
  /** Whether the chosen item is compared with the drawn ones, or each is judged by itself. */
  pairwise: boolean
}

/**
 * What models have in common that learn vectors and item biases from choices against items drawn at random, by descent
 * in rounds of strata; items are dealt to the strata anew for each epoch, so that any two of them meet.
 */
export function choiceModel({
  pairwise,
}: ChoiceLoss): Omit<Model, 'id' | 'name' | 'summary' | 'assumes' | 'suits' | 'source' | 'presets' | 'parameters'> {
  return {
    family: 'Factorisation',
    feedback: 'implicit',
    fit: (input) => fitChoices(input, pairwise),
    score: scoreChoices,
    foldIn: (fitted, histories) => foldIn(fitted, histories, pairwise),
    foldsInBySteps: true,
    explain: async ({ tensors, params }, histories) =>
      explainByInfluence(fixedItems(tensors, 0), descentOf(params, pairwise ? 'bpr' : 'logistic'), histories),
    form: ({ tensors }) => ({ users: vectorForm(tensors, trainedUsers(tensors)) }),
    scoresByProduct: true,
    scoresAreLogits: () => !pairwise,
    itemVectors,
    userVectors,
    estimateBytes: ({ users, items, interactions }, params) =>
      (users + items) * paddedLength(Number(params.embedding_size)) * 8 + interactions * 16,
    estimateWork({ users, items, interactions }, params) {
      const samples = interactions * Number(params.epochs) * (Number(params.negatives) + (pairwise ? 0 : 1))
      return {
        dense: ((pairwise ? 12 : 8) * samples + users * items) * Number(params.embedding_size),
        sparse: 16 * interactions * Number(params.epochs) + 10 * samples,
      }
    },
  }
}

async function fitChoices(
  { train, params, random, compute: { kernels }, report, signal }: FitInput,
  pairwise: boolean,
): Promise<Tensors> {
  return kernels.scoped(async () => {
    const histories = presence(train)
    const known = { users: knownRows(histories.offsets), items: knownRows(transpose(histories).offsets) }
    const size = Number(params.embedding_size)
    const length = paddedLength(size)
    const vectors = (rows: Uint8Array, name: string) => {
      const factors = kernels.float32(rows.length * length)
      fillNormal(factors, rows, size, Number(params.deviation) / Math.sqrt(size), random.derive(name).normal)
      return factors
    }
    const [users, items] = [vectors(known.users, 'users'), vectors(known.items, 'items')]
    const [userBiases, itemBiases] = [kernels.float32(train.users), kernels.float32(train.items)]
    const draws = random.derive('strata')
    const strata = createStrata(kernels, known, draws.integer)
    const place = kernels.float32(4 * strata.count)
    const losses = new Float64Array(place.buffer, place.byteOffset, 2 * strata.count)
    const values = [
      ...[strata.userOffsets, strata.users, strata.itemStrata, strata.memberOffsets, strata.members],
      ...[kernels.share(histories.offsets), kernels.share(histories.indices), users, items],
      ...[userBiases, itemBiases, length],
      ...[Number(params.learning_rate), Number(params.regularization), Number(params.negatives), Number(pairwise)],
    ]
    const states = kernels.uint32(2 * strata.count)
    const epochs = Number(params.epochs)
    for (let epoch = 1; epoch <= epochs; epoch++) {
      if (epoch > 1) strata.deal()
      let [sum, count] = [0, 0]
      const own = [...values, draws.integer(2 ** 32), states, place]
      await runRounds(kernels, 'choiceDescentChunk', strata, own, signal, () => {
        losses.forEach((loss, at) => {
          if (at % 2 === 0) sum += loss
          else count += loss
        })
      })
      const loss = sum / Math.max(1, count)
      report({ phase: 'fit', fraction: epoch / epochs, epoch, epochs, values: { loss } })
    }
    return {
      ...factorTensors(users, items, known, length, size),
      ...(!pairwise && { user_biases: { shape: [train.users], data: userBiases.slice() } }),
      item_biases: { shape: [train.items], data: itemBiases.slice() },
    }
  })
}

const scoreChoices = async (fitted: FittedModel) => scoreVectors(fitted, trainedUsers(fitted.tensors))

/** The user's bias raises all of their scores alike; in pairs nothing is learned of it, and older artifacts have none. */
function trainedUsers(tensors: Tensors): UserVectors {
  const biases = tensors.user_biases?.data ?? new Float32Array(tensors.user_known.data.length)
  return { ...vectorsOf(tensors, 'user_factors'), biases, known: tensors.user_known.data as Uint8Array }
}

async function foldIn(fitted: FittedModel, histories: Interactions, pairwise: boolean): Promise<Scorer> {
  const fixed = fixedItems(fitted.tensors, 0)
  const { dimensions } = fixed
  const rated = ratings(histories)
  const found = descendUsers(rated, fixed, descentOf(fitted.params, pairwise ? 'bpr' : 'logistic'))
  const known = knownRows(rated.offsets)
  return scoreVectors(fitted, { count: rated.rows, dimensions, data: found.vectors, biases: found.biases, known })
}

interface UserVectors extends Vectors {
  biases: ArrayLike<number>
  known: Uint8Array
}

function scoreVectors({ tensors, compute }: FittedModel, from: UserVectors): Scorer {
  const { users, items } = vectorForm(tensors, from)
  return dotScorer(compute, users, items)
}

/** Biases are components of the vectors, so that a product is the whole score. */
function vectorForm(tensors: Tensors, users: UserVectors): DotForm {
  return {
    kind: 'dot',
    users: { ...padded(widened(users, (user) => [1, users.biases[user]])), known: users.known },
    items: widerItems(tensors),
  }
}

const widerItems = derived((tensors): KnownVectors => {
  const biases = tensors.item_biases.data
  const known = tensors.item_known.data as Uint8Array
  return { ...padded(widened(vectorsOf(tensors, 'item_factors'), (item) => [biases[item], 1])), known }
})
