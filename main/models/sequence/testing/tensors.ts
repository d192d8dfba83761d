import { type LossTools, type TfTensors, tensorOf } from '../../../compute/tensorflow/step'
import {
  type NamedArray,
  type NamedArrays,
  openTensorflow,
  type TfTensor,
} from '../../../compute/tensorflow/tensorflow'
import { normal } from '../../neural/initial'
import { createRandom } from '../../random'

export type Matrix = number[][]

/** What `compute` makes of named arrays, as plain numbers; nothing is dropped out. */
export async function computed(
  arrays: NamedArrays,
  compute: (tools: LossTools, tensors: TfTensors) => TfTensor,
): Promise<number[]> {
  const { tf } = await openTensorflow()
  const result = tf.tidy(() => {
    const entries = Object.entries(arrays).map(([name, { shape, data }]) => [name, tensorOf(tf, shape, data)] as const)
    return compute({ tf, dropout: (x) => x }, Object.fromEntries(entries))
  })
  const numbers = [...(await result.data())]
  result.dispose()
  return numbers
}

/** All given arrays, with normal numbers instead of what they are at the start, so that none is 0 or 1. */
export function stirred(arrays: NamedArrays): NamedArrays {
  const random = createRandom(3)
  return Object.fromEntries(
    Object.entries(arrays).map(([name, { shape }]) => [name, normal(shape, 0.5, random.derive(name))]),
  )
}

export const matrixOf = ({ shape: [rows, columns], data }: NamedArray): Matrix =>
  Array.from({ length: rows }, (_, row) => [...data.subarray(row * columns, (row + 1) * columns)])

export const times = (vector: readonly number[], matrix: Matrix): number[] =>
  matrix[0].map((_, column) => vector.reduce((sum, value, row) => sum + value * matrix[row][column], 0))

export const plus = (a: readonly number[], b: ArrayLike<number>): number[] => a.map((value, at) => value + b[at])
export const dot = (a: readonly number[], b: readonly number[]) => a.reduce((sum, value, at) => sum + value * b[at], 0)
export const sigmoid = (x: number) => 1 / (1 + Math.exp(-x))

export function expectClose(found: readonly number[], expected: readonly number[], tolerance: number): void {
  if (found.length !== expected.length) throw new Error(`${found.length} numbers instead of ${expected.length}`)
  found.forEach((value, at) => {
    if (!(Math.abs(value - expected[at]) <= tolerance)) throw new Error(`${value} is not ${expected[at]}, at ${at}`)
  })
}

/**
 * Compares the derivative of a loss along a random direction of each weight with the difference of two losses, in 32 bits: the
 * weights are moved far enough for that.
 */
export async function checkGradients(
  weights: NamedArrays,
  batch: NamedArrays,
  loss: (tools: LossTools, weights: TfTensors, batch: TfTensors) => TfTensor,
): Promise<void> {
  const { tf } = await openTensorflow()
  const names = Object.keys(weights)
  const split = (tools: LossTools, all: TfTensors) => {
    const own = Object.fromEntries(names.map((name) => [name, all[name]]))
    return loss(tools, own, all)
  }
  for (const name of names) {
    const direction = normal(weights[name].shape, 1, createRandom(5).derive(name))
    const length = Math.hypot(...direction.data)
    const moved = (step: number): NamedArrays => ({
      ...batch,
      ...weights,
      [name]: {
        shape: weights[name].shape,
        data: Float32Array.from(weights[name].data, (value, at) => value + (step * direction.data[at]) / length),
      },
    })
    const width = 0.005
    const [[after], [before]] = [await computed(moved(width), split), await computed(moved(-width), split)]
    const [slope] = await computed({ ...batch, ...weights, direction }, (tools, all) => {
      const gradient = tf.grad((x) => split(tools, { ...all, [name]: x as TfTensor }) as never)(all[name] as never)
      return tf.sum(tf.mul(gradient as TfTensor, all.direction))
    })
    const [expected, found] = [(after - before) / (2 * width), slope / length]
    if (!(Math.abs(expected - found) <= 0.005 + 0.01 * Math.abs(expected))) {
      throw new Error(`the gradient of ${name} is ${found}, not ${expected}`)
    }
  }
}
