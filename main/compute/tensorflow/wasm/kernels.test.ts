import type { Tensor } from '@tensorflow/tfjs-core'
import { expect, test } from 'vitest'
import { createRandom } from '../../../models/random'
import { crossEntropy } from '../ops/cross-entropy'
import { openTensorflow, type Tf, type TfTensor } from '../tensorflow'
import { onBoth } from '../testing/backends'
import { sizeOf } from './heap'

const numbers = (shape: number[], seed = 1) => {
  const random = createRandom(seed)
  return Float32Array.from({ length: sizeOf(shape) }, () => random.normal())
}
const tensorOf = (tf: Tf, shape: number[], seed = 1): TfTensor => tf.tensor(numbers(shape, seed), shape)

type Operation = (tf: Tf, tensors: TfTensor[]) => TfTensor
/** Operations whose kernels are ours, by what is done, with the shapes of what they are given. */
const operations: [string, number[][], Operation][] = [
  [
    'product',
    [
      [7, 5],
      [5, 9],
    ],
    (tf, [a, b]) => tf.matMul(a, b),
  ],
  [
    'product over several blocks',
    [
      [70, 300],
      [300, 530],
    ],
    (tf, [a, b]) => tf.matMul(a, b),
  ],
  [
    'product, left transposed',
    [
      [300, 70],
      [300, 13],
    ],
    (tf, [a, b]) => tf.matMul(a, b, true),
  ],
  [
    'product, right transposed',
    [
      [70, 300],
      [13, 300],
    ],
    (tf, [a, b]) => tf.matMul(a, b, false, true),
  ],
  [
    'product, both transposed',
    [
      [6, 70],
      [13, 6],
    ],
    (tf, [a, b]) => tf.matMul(a, b, true, true),
  ],
  [
    'batches of products',
    [
      [3, 2, 5, 4],
      [3, 2, 4, 6],
    ],
    (tf, [a, b]) => tf.matMul(a, b),
  ],
  [
    'a column',
    [
      [9, 1],
      [1, 1],
    ],
    (tf, [a, b]) => tf.matMul(a, b),
  ],
  ['rows of a table', [[6, 5]], (tf, [a]) => tf.gather(a, tf.tensor1d([5, 0, 5, 2], 'int32'))],
  [
    'rows by a matrix',
    [[6, 3]],
    (tf, [a]) =>
      tf.gather(
        a,
        tf.tensor2d(
          [
            [5, 0],
            [5, 2],
          ],
          [2, 2],
          'int32',
        ),
      ),
  ],
  ['columns of a table', [[6, 5]], (tf, [a]) => tf.gather(a, tf.tensor1d([4, 0, 4], 'int32'), 1)],
  ['numbers by place', [[6]], (tf, [a]) => tf.gather(a, tf.tensor1d([5, 0, 5], 'int32'))],
  ['sums over segments', [[5, 3]], (tf, [a]) => tf.unsortedSegmentSum(a, tf.tensor1d([2, 0, 2, 3, -1], 'int32'), 4)],
  ['sum of all', [[4, 5, 3]], (tf, [a]) => tf.sum(a)],
  ['sum over the first axes', [[4, 5, 7]], (tf, [a]) => tf.sum(a, [0, 1])],
  ['sum over the last axis', [[4, 5, 7]], (tf, [a]) => tf.sum(a, -1)],
  ['sum over the last axes, kept', [[4, 5, 3]], (tf, [a]) => tf.sum(a, [1, 2], true)],
  ['sum over a middle axis', [[4, 5, 3]], (tf, [a]) => tf.sum(a, 1)],
  ['mean over the last axis', [[4, 6]], (tf, [a]) => tf.mean(a, -1, true)],
  ['mean over the first axis', [[4, 6]], (tf, [a]) => tf.mean(a, 0)],
  ['powers of e', [[3, 7]], (tf, [a]) => tf.exp(tf.mul(a, 20))],
  ['a stretch of rows', [[6, 5]], (tf, [a]) => tf.slice(a, [2, 0], [3, 5])],
  ['a part of all axes', [[3, 4, 5, 6]], (tf, [a]) => tf.slice(a, [1, 2, 1, 2], [2, 2, 3, 3])],
  ['a part of a middle axis', [[3, 4, 5, 6]], (tf, [a]) => tf.slice(a, [0, 1, 0, 0], [3, 2, 5, 6])],
  ['all of it', [[3, 4]], (tf, [a]) => tf.slice(a, [0, 0], [3, 4])],
  ['parts', [[4, 6]], (tf, [a]) => tf.mul(...(tf.split(a, 2, 1) as [TfTensor, TfTensor]))],
  ['unlike parts', [[4, 6]], (tf, [a]) => tf.split(a, [1, 3, 2], -1)[1]],
  ['places taken apart', [[2, 3, 4]], (tf, [a]) => tf.unstack(a, 1)[2]],
  [
    'side by side',
    [
      [4, 2],
      [4, 3],
    ],
    (tf, [a, b]) => tf.concat([a, b], 1),
  ],
  [
    'one below the other',
    [
      [4, 3],
      [2, 3],
    ],
    (tf, [a, b]) => tf.concat([a, b], 0),
  ],
  [
    'stacked',
    [
      [4, 3],
      [4, 3],
    ],
    (tf, [a, b]) => tf.stack([a, b], 1),
  ],
]

test.each(operations)('%s: values and gradients are the reference', async (_, shapes, operation) => {
  const { own, reference } = await onBoth(({ tf }) => {
    const given = shapes.map((shape, at) => tensorOf(tf, shape, at + 1))
    const value = operation(tf, given)
    // Each number of the result has a weight of its own, so that none can stand for another.
    const weights = tensorOf(tf, value.shape, 9)
    const gradients = tf.grads((...tensors: Tensor[]) => tf.sum(tf.mul(operation(tf, tensors), weights)))(given)
    return [value, ...gradients].map((tensor) => ({ shape: tensor.shape, data: numbersOf(tensor) }))
  })
  own.forEach(({ shape, data }, at) => {
    expect(shape).toEqual(reference[at].shape)
    expect(furthest(data, reference[at].data)).toBeLessThan(2e-6)
  })
})

test('batches of products share a factor', async () => {
  const { tf } = await openTensorflow()
  const [wide, narrow, one] = [tensorOf(tf, [3, 2, 5, 4]), tensorOf(tf, [3, 1, 5, 4]), tensorOf(tf, [4, 6])]
  const turned = tensorOf(tf, [1, 2, 6, 4])
  const shared: [TfTensor, TfTensor][] = [
    [tf.matMul(wide, one), tf.matMul(wide, tf.tile(tf.reshape(one, [1, 1, 4, 6]), [3, 2, 1, 1]))],
    [
      tf.matMul(narrow, turned, false, true),
      tf.matMul(tf.tile(narrow, [1, 2, 1, 1]), tf.tile(turned, [3, 1, 1, 1]), false, true),
    ],
  ]
  for (const [product, repeated] of shared) {
    expect(product.shape).toEqual(repeated.shape)
    expect(numbersOf(product)).toEqual(numbersOf(repeated))
  }
})

const numbersOf = (tensor: Tensor) => tensor.dataSync() as Float32Array

/** The largest difference, as a share of the largest number. */
function furthest(own: ArrayLike<number>, reference: ArrayLike<number>): number {
  expect(own.length).toBe(reference.length)
  const largest = Array.from(reference).reduce((most, value) => Math.max(most, Math.abs(value)), 1e-12)
  return Array.from(own).reduce((most, value, at) => Math.max(most, Math.abs(value - reference[at]) / largest), 0)
}

const softmaxCase = {
  rows: [
    [1, 2, 3, 4, 5],
    [-60, 0, 60, 0, 1],
    [0.5, 0.5, 0.5, 0.5, 0.5],
    [9, 9, 9, 9, 9],
  ],
  labels: [4, 0, 2, -1],
}

test('cross-entropy is its formula, and nothing where there is no label', async () => {
  const expected = softmaxCase.rows.map((row, at) => {
    if (softmaxCase.labels[at] < 0) return 0
    return Math.log(row.reduce((sum, x) => sum + Math.exp(x), 0)) - row[softmaxCase.labels[at]]
  })
  const { own, reference } = await onBoth(({ tf }) =>
    crossEntropy(tf, tf.tensor2d(softmaxCase.rows), tf.tensor1d(softmaxCase.labels, 'int32')).dataSync(),
  )
  for (const losses of [own, reference]) {
    expected.forEach((loss, at) => {
      expect(losses[at]).toBeCloseTo(loss, 4)
    })
  }
})

test('gradients are those of finite differences', async () => {
  const { tf } = await openTensorflow()
  const labels = tf.tensor1d([3, 0, -1, 2], 'int32')
  const [wide, table] = [numbers([5, 6], 2), numbers([7, 5], 3)]
  const rows = tf.tensor1d([6, 1, 1, 0], 'int32')
  const lossOf = (x: TfTensor, y: TfTensor) => tf.sum(crossEntropy(tf, tf.matMul(tf.gather(y, rows), x), labels))
  const at = (x: Float32Array, y: Float32Array) =>
    tf.tidy(() => lossOf(tf.tensor(x, [5, 6]), tf.tensor(y, [7, 5])).dataSync()[0])
  const gradients = tf.grads((x: Tensor, y: Tensor) => lossOf(x, y))([
    tf.tensor(wide, [5, 6]),
    tf.tensor(table, [7, 5]),
  ])
  const step = 0.01
  ;[wide, table].forEach((values, which) => {
    const found = gradients[which].dataSync()
    values.forEach((value, place) => {
      const [above, below] = [step, -step].map((change) => {
        const moved = values.with(place, value + change)
        return which === 0 ? at(moved, table) : at(wide, moved)
      })
      expect(found[place]).toBeCloseTo((above - below) / (2 * step), 3)
    })
  })
})

test('what is no number stays so', async () => {
  const { tf } = await openTensorflow()
  const logits = tf.tensor2d([[1, Number.NaN, 2, 3, 4]])
  expect(crossEntropy(tf, logits, tf.tensor1d([0], 'int32')).dataSync()[0]).toBeNaN()
  const [small, large, none] = tf.exp(tf.tensor1d([-1e4, 1e4, Number.NaN])).dataSync()
  expect(small).toBeLessThan(1e-37)
  expect(large).toBeGreaterThan(1e38)
  expect(none).toBeNaN()
})
