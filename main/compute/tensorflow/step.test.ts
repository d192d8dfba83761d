import { expect, test } from 'vitest'
import { glorot, normal, zeros } from '../../models/neural/initial'
import { createRandom } from '../../models/random'
import { crossEntropy } from './ops/cross-entropy'
import { differentiatedStep, type Loss, type StepOptions } from './step'
import { type NamedArrays, openTensorflow, type Tensorflow } from './tensorflow'
import { onBoth } from './testing/backends'

const [users, items, size, examples] = [30, 90, 8, 60]

const weightsOf = (): NamedArrays => {
  const random = createRandom(4)
  return {
    users: normal([users, size], 0.3, random.derive('users')),
    items: normal([items, size], 0.3, random.derive('items')),
    layer: glorot([size, size], random.derive('layer')),
    bias: zeros([size]),
  }
}

function batchOf(step: number): NamedArrays {
  const random = createRandom(step)
  const draw = (limit: number) => Int32Array.from({ length: examples }, () => random.integer(limit))
  return { users: { shape: [examples], data: draw(users) }, items: { shape: [examples], data: draw(items) } }
}

/** Goes through tables, products, parts, sums and the softmax. */
const loss: Loss = ({ tf, dropout }, weights, batch) => {
  const chosen = tf.gather(weights.users, batch.users)
  const layer = tf.add(tf.matMul(dropout(chosen, 0.2), weights.layer), weights.bias)
  const [left, right] = tf.split(layer, 2, 1)
  const states = tf.concat([tf.tanh(left), right], 1)
  const logits = tf.matMul(states, weights.items, false, true)
  const wide = tf.concat([logits, tf.zeros([examples, 5])], 1)
  return tf.mean(crossEntropy(tf, tf.slice(wide, [0, 0], [examples, items]), batch.items))
}

async function train(tensorflow: Tensorflow, options: Partial<StepOptions>, steps: number, of = loss) {
  const random = createRandom(7)
  const step = differentiatedStep(tensorflow, of, { weights: weightsOf(), weightDecay: 0, clipNorm: 0, ...options })
  const losses: number[] = []
  for (let at = 1; at <= steps; at++) {
    losses.push(await step.run(batchOf(at), { learningRate: 0.01, uniform: random.derive(`${at}`).uniform }))
  }
  const result = { losses, weights: await step.weights(), moments: await step.moments() }
  step.close()
  return result
}

test.each([
  ['plain', {}],
  ['with weight decay and clipped gradients', { weightDecay: 0.1, clipNorm: 0.05 }],
])('ten steps are those of the reference: %s', async (_, options) => {
  const { own, reference } = await onBoth((tensorflow) => train(tensorflow, options, 10))
  own.losses.forEach((value, at) => {
    expect(value).toBeCloseTo(reference.losses[at], 4)
  })
  expect(own.losses[9]).not.toBe(own.losses[0])
  for (const [name, { data }] of Object.entries(own.weights)) {
    const distances = Array.from(data, (value, at) => Math.abs(value - reference.weights[name].data[at]))
    expect(Math.max(...distances), name).toBeLessThan(5e-4)
  }
})

test('the same seed gives the same bits', async () => {
  const tensorflow = await openTensorflow()
  expect(await train(tensorflow, {}, 3)).toEqual(await train(tensorflow, {}, 3))
})

test('a heap that grows within a step changes nothing', async () => {
  const tensorflow = await openTensorflow()
  let megabytes = 0
  const growing: Loss = (tools, weights, batch) => {
    megabytes += 20
    tools.tf.zeros([megabytes * 2 ** 18])
    return loss(tools, weights, batch)
  }
  expect(await train(tensorflow, {}, 5, growing)).toEqual(await train(tensorflow, {}, 5))
})

test('goes on from kept moments as if it had not stopped', async () => {
  const tensorflow = await openTensorflow()
  const square: Loss = (tools, weights, batch) => tools.tf.mean(tools.tf.square(tools.tf.sub(weights.x, batch.x)))
  const batch = { x: { shape: [3], data: Float32Array.of(1, 2, 3) } }
  const settings = { learningRate: 0.1, uniform: () => 0 }
  const options = { weights: { x: zeros([3]) }, weightDecay: 0, clipNorm: 0 }
  const whole = differentiatedStep(tensorflow, square, options)
  for (let at = 0; at < 4; at++) await whole.run(batch, settings)
  const first = differentiatedStep(tensorflow, square, options)
  for (let at = 0; at < 2; at++) await first.run(batch, settings)
  const kept = { ...options, weights: await first.weights(), moments: await first.moments() }
  const second = differentiatedStep(tensorflow, square, kept)
  for (let at = 0; at < 2; at++) await second.run(batch, settings)
  expect(await second.weights()).toEqual(await whole.weights())
  for (const step of [whole, first, second]) step.close()
})

test('nothing is left behind', async () => {
  const tensorflow = await openTensorflow()
  await train(tensorflow, {}, 1)
  const { numTensors } = tensorflow.tf.memory()
  await train(tensorflow, { clipNorm: 0.1 }, 3)
  expect(tensorflow.tf.memory().numTensors).toBe(numTensors)
})

test('Adam is its formula', async () => {
  const tensorflow = await openTensorflow()
  // The gradient of sum(c x) is c, whatever x.
  const slopes = [3, -0.01, 0, 7, 2]
  const linear: Loss = ({ tf }, weights, batch) => tf.sum(tf.mul(weights.x, batch.slopes))
  const step = differentiatedStep(tensorflow, linear, {
    weights: { x: { shape: [5], data: Float32Array.of(1, 1, 1, -2, 0) } },
    weightDecay: 0.5,
    clipNorm: 0,
  })
  const expected = [1, 1, 1, -2, 0]
  const [first, second] = [new Float64Array(5), new Float64Array(5)]
  for (let at = 1; at <= 3; at++) {
    const batch = { slopes: { shape: [5], data: Float32Array.from(slopes, (slope) => slope * at) } }
    await step.run(batch, { learningRate: 0.1, uniform: () => 0 })
    slopes.forEach((slope, place) => {
      const gradient = slope * at
      first[place] = 0.9 * first[place] + 0.1 * gradient
      second[place] = 0.999 * second[place] + 0.001 * gradient ** 2
      const [mean, square] = [first[place] / (1 - 0.9 ** at), second[place] / (1 - 0.999 ** at)]
      expected[place] = expected[place] * (1 - 0.1 * 0.5) - (0.1 * mean) / (Math.sqrt(square) + 1e-8)
    })
  }
  const { x } = await step.weights()
  expected.forEach((value, place) => {
    expect(x.data[place]).toBeCloseTo(value, 5)
  })
  step.close()
})
