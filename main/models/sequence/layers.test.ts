import { describe, expect, test } from 'vitest'
import { layerNorm } from '../../compute/tensorflow/ops/layer-norm'
import type { NamedArrays } from '../../compute/tensorflow/tensorflow'
import { normal } from '../neural/initial'
import { createRandom } from '../random'
import { attention, attentionWeights, laterHidden } from './attention'
import { gruCell, lstmCell, meanOfItems, meansSoFar, recurrent } from './recurrent'
import { checkGradients, computed, dot, expectClose, matrixOf, plus, sigmoid, stirred, times } from './testing/tensors'
import { causalTransformer } from './transformer'

const random = createRandom(1)
const [rows, places, size] = [2, 4, 6]
const items = normal([rows, places, size], 1, random.derive('items'))
const vector = (row: number, place: number) => [...items.data.subarray((row * places + place) * size).subarray(0, size)]

const zero = new Float32Array(size)

test('a layer norm', async () => {
  const [scale, shift] = [normal([size], 1, random.derive('scale')), normal([size], 1, random.derive('shift'))]
  const found = await computed({ items, scale, shift }, ({ tf }, all) => layerNorm(tf, all.items, all.scale, all.shift))
  const expected = [0, 1].flatMap((row) =>
    [0, 1, 2, 3].flatMap((place) => {
      const x = vector(row, place)
      const mean = x.reduce((sum, value) => sum + value, 0) / size
      const variance = x.reduce((sum, value) => sum + (value - mean) ** 2, 0) / size
      return x.map((value, at) => ((value - mean) / Math.sqrt(variance + 1e-5)) * scale.data[at] + shift.data[at])
    }),
  )
  expectClose(found, expected, 1e-5)
})

test('the gradients of a layer norm are those of finite differences', async () => {
  const weights = stirred({ items, scale: { shape: [size], data: zero }, shift: { shape: [size], data: zero } })
  const towards = normal([rows, places, size], 1, random.derive('towards'))
  await checkGradients(weights, { towards }, ({ tf }, own, batch) =>
    tf.sum(tf.mul(layerNorm(tf, own.items, own.scale, own.shift), batch.towards)),
  )
})

test.each([1, 3])('attention with %i heads, pair by pair', async (heads) => {
  const weights = stirred(attentionWeights('a', size, random.derive('attention')))
  const found = await computed({ items, ...weights }, (tools, all) =>
    attention(tools, all, 'a', all.items, { heads, dropout: 0, hidden: laterHidden(tools.tf, places) }),
  )
  const [query, key, value, out] = ['query', 'key', 'value', 'out'].map((part) => matrixOf(weights[`a/${part}`]))
  const width = size / heads
  const expected = [0, 1].flatMap((row) =>
    [0, 1, 2, 3].flatMap((place) => {
      const heard = Array.from({ length: heads }, (_, head) => {
        const part = (vector: number[]) => vector.slice(head * width, (head + 1) * width)
        const seen = Array.from({ length: place + 1 }, (_, at) => vector(row, at))
        const asked = part(times(vector(row, place), query))
        const powers = seen.map((x) => Math.exp(dot(asked, part(times(x, key))) / Math.sqrt(width)))
        const total = powers.reduce((sum, power) => sum + power, 0)
        return seen.map((x, at) => part(times(x, value)).map((number) => (number * powers[at]) / total)).reduce(plus)
      })
      return times(heard.flat(), out)
    }),
  )
  expectClose(found, expected, 1e-5)
})

test('a gated recurrent unit, gate by gate', async () => {
  const encoder = recurrent(gruCell, 0)
  const weights = stirred(encoder.weights(size, places, random))
  const found = await computed({ items, ...weights }, (tools, all) => encoder.states(tools, all, all.items))
  const [input, recurrence, out] = ['input', 'recurrent', 'out'].map((name) => matrixOf(weights[name]))
  const expected = [0, 1].flatMap((row) => {
    let state = new Array<number>(size).fill(0)
    return [0, 1, 2, 3].flatMap((place) => {
      const own = plus(times(vector(row, place), input), weights.input_bias.data)
      const before = plus(times(state, recurrence), weights.recurrent_bias.data)
      state = state.map((old, at) => {
        const reset = sigmoid(own[at] + before[at])
        const kept = sigmoid(own[size + at] + before[size + at])
        return (1 - kept) * Math.tanh(own[2 * size + at] + reset * before[2 * size + at]) + kept * old
      })
      return plus(times(state, out), weights.out_bias.data)
    })
  })
  expectClose(found, expected, 1e-5)
})

test('a long short-term memory, gate by gate', async () => {
  const encoder = recurrent(lstmCell, 0)
  const weights = stirred(encoder.weights(size, places, random))
  const found = await computed({ items, ...weights }, (tools, all) => encoder.states(tools, all, all.items))
  const [input, recurrence, out] = ['input', 'recurrent', 'out'].map((name) => matrixOf(weights[name]))
  const expected = [0, 1].flatMap((row) => {
    let [state, memory] = [new Array<number>(size).fill(0), new Array<number>(size).fill(0)]
    return [0, 1, 2, 3].flatMap((place) => {
      const own = plus(times(vector(row, place), input), weights.input_bias.data)
      const gates = plus(own, plus(times(state, recurrence), weights.recurrent_bias.data))
      const gate = (which: number, at: number) => gates[which * size + at]
      memory = memory.map((old, at) => sigmoid(gate(1, at)) * old + sigmoid(gate(0, at)) * Math.tanh(gate(2, at)))
      state = memory.map((value, at) => sigmoid(gate(3, at)) * Math.tanh(value))
      return plus(times(state, out), weights.out_bias.data)
    })
  })
  expectClose(found, expected, 1e-5)
})

test('means so far', async () => {
  const found = await computed({ items }, ({ tf }, all) => meansSoFar(tf, all.items))
  const expected = [0, 1].flatMap((row) =>
    [0, 1, 2, 3].flatMap((place) => {
      const seen = Array.from({ length: place + 1 }, (_, at) => vector(row, at))
      return seen.reduce(plus).map((sum) => sum / (place + 1))
    }),
  )
  expectClose(found, expected, 1e-5)
})

const encoders = {
  transformer: causalTransformer({ layers: 2, heads: 2, dropout: 0, widening: 2 }),
  gru: recurrent(gruCell, 0),
  lstm: recurrent(lstmCell, 0),
  mean: meanOfItems(0),
}

describe.each(Object.entries(encoders))('%s', (_, encoder) => {
  const weights = stirred(encoder.weights(size, places, random))
  const states = (arrays: NamedArrays) =>
    computed({ ...arrays, ...weights }, (tools, all) => encoder.states(tools, all, all.items))

  test('a later item does not change an earlier state, an earlier one does change later states', async () => {
    const changed = {
      shape: items.shape,
      data: Float32Array.from(items.data, (x, at) => (at >= 2 * size && at < 3 * size ? -x : x)),
    }
    const [before, after] = [await states({ items }), await states({ items: changed })]
    expect(after.slice(0, 2 * size)).toEqual(before.slice(0, 2 * size))
    expect(after.slice(2 * size, 3 * size)).not.toEqual(before.slice(2 * size, 3 * size))
    expect(after.slice(3 * size, 4 * size)).not.toEqual(before.slice(3 * size, 4 * size))
    expect(after.slice(4 * size)).toEqual(before.slice(4 * size))
  })

  test('its gradients are those of finite differences', async () => {
    const towards = normal([rows, places, size], 1, random.derive('towards'))
    await checkGradients({ ...weights, items }, { towards }, ({ tf, dropout }, own, batch) =>
      tf.sum(tf.mul(encoder.states({ tf, dropout }, own, own.items), batch.towards)),
    )
  })
})
