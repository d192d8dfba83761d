import { expect } from 'vitest'
import type { Loss } from '../../compute/tensorflow/step'
import { tensorOf } from '../../compute/tensorflow/step'
import type { NamedArray, NamedArrays, Tensorflow, Tf } from '../../compute/tensorflow/tensorflow'
import { createRandom } from '../random'

// What networks are held against: functions written down again in plain loops of 64 bits, their gradients by differences.

export type Plain = Record<string, number[]>

export const plainOf = (arrays: NamedArrays, names = Object.keys(arrays)): Plain =>
  Object.fromEntries(names.map((name) => [name, Array.from(arrays[name].data)]))

/** Row `row` of a matrix with `size` columns. */
export const rowOf = (values: readonly number[], row: number, size: number) =>
  values.slice(row * size, (row + 1) * size)

export const dot = (a: readonly number[], b: readonly number[]) => a.reduce((sum, value, at) => sum + value * b[at], 0)

/** W'x + b, W with `b.length` columns. */
export function affine(x: readonly number[], weights: readonly number[], bias: readonly number[]): number[] {
  return bias.map((start, out) => x.reduce((sum, value, at) => sum + value * weights[at * bias.length + out], start))
}

export const relu = (values: readonly number[]) => values.map((value) => Math.max(0, value))

/** Cross-entropy of a choice with this logit. */
export const logLossOf = (logit: number, label: number) =>
  Math.log1p(Math.exp(-Math.abs(logit))) + Math.max(0, logit) - label * logit

/** Gradients by central differences. */
export function differences(loss: (weights: Plain) => number, weights: Plain, step = 1e-5): Plain {
  const gradient = (values: number[]) =>
    values.map((value, at) => {
      values[at] = value + step
      const above = loss(weights)
      values[at] = value - step
      const below = loss(weights)
      values[at] = value
      return (above - below) / (2 * step)
    })
  return Object.fromEntries(Object.entries(weights).map(([name, values]) => [name, gradient(values)]))
}

/** Losses before each of some steps of Adam (Kingma and Ba 2015). */
export function descend(loss: (weights: Plain) => number, start: Plain, learningRate: number, steps: number): number[] {
  const weights = structuredClone(start)
  const zero = () => Object.fromEntries(Object.entries(start).map(([name, values]) => [name, values.map(() => 0)]))
  const [first, second] = [zero(), zero()]
  return Array.from({ length: steps }, (_, step) => {
    const value = loss(weights)
    for (const [name, gradient] of Object.entries(differences(loss, weights))) {
      gradient.forEach((slope, at) => {
        first[name][at] = 0.9 * first[name][at] + 0.1 * slope
        second[name][at] = 0.999 * second[name][at] + 0.001 * slope ** 2
        const mean = first[name][at] / (1 - 0.9 ** (step + 1))
        const square = second[name][at] / (1 - 0.999 ** (step + 1))
        weights[name][at] -= (learningRate * mean) / (Math.sqrt(square) + 1e-8)
      })
    }
    return value
  })
}

/** Weights of these shapes, drawn. */
export function drawn(shapes: Readonly<Record<string, readonly number[]>>, seed = 5): Record<string, NamedArray> {
  const random = createRandom(seed)
  return Object.fromEntries(
    Object.entries(shapes).map(([name, shape]) => {
      const size = shape.reduce((product, each) => product * each, 1)
      return [name, { shape, data: Float32Array.from({ length: size }, () => 0.7 * random.normal()) }]
    }),
  )
}

/** Holds a loss and its gradients against plain ones. */
export async function expectLoss(
  { tf }: Tensorflow,
  loss: Loss,
  weights: NamedArrays,
  batch: NamedArrays,
  plain: (weights: Plain) => number,
): Promise<void> {
  const tensors = (arrays: NamedArrays) =>
    Object.fromEntries(Object.entries(arrays).map(([name, { shape, data }]) => [name, tensorOf(tf, shape, data)]))
  const names = Object.keys(weights)
  const found = tf.tidy(() => {
    const given = tensors(batch)
    const valueAndGrads = tf.valueAndGrads(
      (...values) =>
        loss(
          { tf, dropout: (x) => x },
          Object.fromEntries(values.map((value, at) => [names[at], value])),
          given,
        ) as ReturnType<Tf['scalar']>,
    )
    const { value, grads } = valueAndGrads(names.map((name) => tensors(weights)[name]))
    return { value: value.dataSync()[0], grads: grads.map((each) => Array.from(each.dataSync())) }
  })
  expect(found.value).toBeCloseTo(plain(plainOf(weights)), 4)
  const expected = differences(plain, plainOf(weights))
  names.forEach((name, at) => {
    const worst = Math.max(...found.grads[at].map((value, place) => Math.abs(value - expected[name][place])))
    expect(worst, name).toBeLessThan(2e-4)
  })
}
