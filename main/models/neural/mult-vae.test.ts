import { afterAll, beforeAll, expect, test } from 'vitest'
import { createCompute } from '../../compute/create'
import { createRandom } from '../random'
import { checkParameters } from '../registry'
import { presence } from '../sparse'
import { fitModel, interactionsOf, scoresOf } from '../testing'
import { elboLoss, historyBatch, klWeight, multVae } from './mult-vae'
import { affine, drawn, expectLoss, type Plain, plainOf } from './testing'

let compute: Awaited<ReturnType<typeof createCompute>>
beforeAll(async () => {
  compute = await createCompute({ threads: 1 })
})
afterAll(() => compute.close())

const histories = [[0, 1, 4], [1, 2], [0, 2, 3, 4], [3]]
const items = 6
const train = interactionsOf(histories, items)
const [latent, hidden] = [2, 3]
const params = checkParameters(multVae, {
  embedding_size: latent,
  hidden_size: hidden,
  kl_weight: 0.4,
  anneal_steps: 10,
})

const shapes = {
  input_weights: [items, hidden],
  input_bias: [hidden],
  mean_weights: [hidden, latent],
  mean_bias: [latent],
  variance_weights: [hidden, latent],
  variance_bias: [latent],
  hidden_weights: [latent, hidden],
  hidden_bias: [hidden],
  output_weights: [hidden, items],
  output_bias: [items],
}

const layer = (weights: Plain, name: string, x: number[]) =>
  affine(x, weights[`${name}_weights`], weights[`${name}_bias`])
const tanh = (values: number[]) => values.map(Math.tanh)

function encodePlainly(weights: Plain, input: number[]) {
  const units = tanh(layer(weights, 'input', input))
  return { mean: layer(weights, 'mean', units), variance: layer(weights, 'variance', units) }
}

const decodePlainly = (weights: Plain, z: number[]) => layer(weights, 'output', tanh(layer(weights, 'hidden', z)))

test('the weight of the divergence rises evenly to its height', () => {
  expect([0, 5, 10, 99].map((steps) => klWeight(params, steps))).toEqual([0, 0.2, 0.4, 0.4])
  expect(klWeight({ ...params, anneal_steps: 0 }, 0)).toBe(0)
  expect(klWeight({ ...params, anneal_steps: 0 }, 1)).toBe(0.4)
})

test('its loss and gradients are those of the formula and differences', async () => {
  const users = Uint32Array.of(2, 0, 1)
  const steps = 7
  const batch = historyBatch(presence(train), users, params, createRandom(3), steps)
  const shown = (row: number) =>
    Array.from({ length: items }, (_, item) =>
      batch.forward_starts.data.some((start, at) => start === row && batch.forward_ends.data[at] === item) ? 1 : 0,
    )
  // Each number of a history is 1 / its length, and twice that where half of them are left out.
  const inputs = Array.from(users, (user, row) =>
    shown(row).map((flag, item) => {
      if (flag === 1) expect(histories[user]).toContain(item)
      return (2 * flag) / Math.sqrt(histories[user].length)
    }),
  )
  expect(inputs.flat().filter((value) => value > 0).length).toBeLessThan(9)
  const plain = (weights: Plain) => {
    const losses = Array.from(users, (user, row) => {
      const { mean, variance } = encodePlainly(weights, inputs[row])
      const z = mean.map((m, at) => m + Math.exp(variance[at] / 2) * batch.noise.data[row * latent + at])
      const logits = decodePlainly(weights, z)
      const total = Math.log(logits.reduce((sum, logit) => sum + Math.exp(logit), 0))
      const likelihood = histories[user].reduce((sum, item) => sum + logits[item] - total, 0)
      const divergence = mean.reduce((sum, m, at) => sum + (Math.exp(variance[at]) + m * m - 1 - variance[at]) / 2, 0)
      return -likelihood + ((0.4 * steps) / 10) * divergence
    })
    return losses.reduce((sum, loss) => sum + loss, 0) / losses.length
  }
  await expectLoss(await compute.tensorflow(), elboLoss, drawn(shapes), batch, plain)
})

test('scores are what the means say of whole histories, also of new ones', async () => {
  const fitted = await fitModel(multVae, train, compute, { params: { ...params, epochs: 5, learning_rate: 0.02 } })
  const weights = plainOf(fitted.tensors)
  const given = [...histories, [1, 4]]
  const scores = await scoresOf(
    (await multVae.foldIn?.(fitted, interactionsOf(given, items))) as never,
    given.keys(),
    items,
  )
  given.forEach((history, user) => {
    const input = Array.from({ length: items }, (_, item) =>
      history.includes(item) ? 1 / Math.sqrt(history.length) : 0,
    )
    const expected = decodePlainly(weights, encodePlainly(weights, input).mean)
    for (let item = 0; item < items - 1; item++) expect(scores[user][item]).toBeCloseTo(expected[item], 5)
    expect(scores[user][items - 1]).toBeNaN()
  })
  const own = await scoresOf((await multVae.score?.(fitted, train)) as never, histories.keys(), items)
  expect(own).toEqual(scores.slice(0, histories.length))
})
