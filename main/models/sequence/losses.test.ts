import { describe, expect, test } from 'vitest'
import type { NamedArrays, TfTensor } from '../../compute/tensorflow/tensorflow'
import { createRandom } from '../random'
import { interactionsOf } from '../testing'
import { choiceLoss } from './compare'
import { binaryCrossEntropy, bprMax, gbceBeta, type Scores, sampledSoftmax } from './losses'
import { accidentalHits, drawFrom } from './negatives'
import { checkGradients, computed, sigmoid } from './testing/tensors'

const chosen = [1.5, -0.5]
const drawn = [
  [0.2, -1, 2],
  [0.7, 0.1, -0.3],
]
const arrays: NamedArrays = {
  chosen: { shape: [2], data: Float32Array.from(chosen) },
  drawn: { shape: [2, 3], data: Float32Array.from(drawn.flat()) },
}
const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length
const sum = (values: number[]) => values.reduce((total, value) => total + value, 0)
const perExample = (of: (chosen: number, drawn: number[]) => number) => mean(chosen.map((s, at) => of(s, drawn[at])))
const scoresIn = (tensors: Readonly<Record<string, TfTensor>>): Scores => ({
  chosen: tensors.chosen,
  drawn: tensors.drawn,
})

test('the softmax over drawn items corrects each by how often it is expected', async () => {
  const expected = [0.5, 3, 0.01]
  const log_expected = { shape: [3], data: Float32Array.from(expected, Math.log) }
  const [found] = await computed({ ...arrays, log_expected }, ({ tf }, all) =>
    sampledSoftmax(tf, scoresIn(all), all.log_expected),
  )
  const byHand = (s: number, others: number[]) =>
    -Math.log(Math.exp(s) / (Math.exp(s) + sum(others.map((other, at) => Math.exp(other) / expected[at]))))
  expect(found).toBeCloseTo(perExample(byHand), 5)
})

test('the log loss, and gBCE, which takes the chosen score to a power', async () => {
  // A quarter of the others drawn: 1/4 x (0.75 x (1 - 4) + 4) = 0.4375.
  expect(gbceBeta(0.25, 0.75)).toBeCloseTo(0.4375, 12)
  expect(gbceBeta(0.25, 0)).toBe(1)
  // Fully calibrated it is the share itself.
  expect(gbceBeta(0.25, 1)).toBeCloseTo(0.25, 12)
  for (const beta of [1, 0.4375]) {
    const [found] = await computed(arrays, ({ tf }, all) => binaryCrossEntropy(tf, scoresIn(all), beta))
    const byHand = (s: number, others: number[]) =>
      -Math.log(sigmoid(s) ** beta) - sum(others.map((other) => Math.log(1 - sigmoid(other))))
    expect(found).toBeCloseTo(perExample(byHand), 5)
  }
})

test('BPR-max weighs drawn items by their softmax', async () => {
  const [found] = await computed(arrays, ({ tf }, all) => bprMax(tf, scoresIn(all), tf.zeros([2, 3]), 0.3))
  const byHand = (s: number, others: number[]) => {
    const total = sum(others.map(Math.exp))
    const weights = others.map((other) => Math.exp(other) / total)
    const won = sum(others.map((other, at) => weights[at] * sigmoid(s - other)))
    return -Math.log(won) + 0.3 * sum(others.map((other, at) => weights[at] * other ** 2))
  }
  expect(found).toBeCloseTo(perExample(byHand), 5)
})

test('BPR-max leaves out a drawn item that is the chosen one, and an example that has no other', async () => {
  const hits = { shape: [2, 3], data: Float32Array.of(0, -1e4, 0, -1e4, -1e4, -1e4) }
  const [found] = await computed({ ...arrays, hits }, ({ tf }, all) => bprMax(tf, scoresIn(all), all.hits, 0.3))
  const [s, others] = [chosen[0], [drawn[0][0], drawn[0][2]]]
  const total = sum(others.map(Math.exp))
  const won = sum(others.map((other) => (Math.exp(other) / total) * sigmoid(s - other)))
  const size = sum(others.map((other) => (Math.exp(other) / total) * other ** 2))
  expect(found).toBeCloseTo((-Math.log(won) + 0.3 * size) / 2, 5)
})

describe('the loss of a choice', () => {
  const asked = { shape: [2, 2], data: Float32Array.of(1, 0.5, -0.4, 2) }
  const vectors = { shape: [4, 2], data: Float32Array.of(0.3, 0.2, -0.5, 1, 0.8, -0.7, 0.1, 0.9) }
  const whole = (...values: number[]) => ({ shape: [values.length], data: Int32Array.from(values) })
  const targets = whole(2, 1)
  const items = Int32Array.of(1, 3)
  const batch = {
    targets,
    drawn: whole(...items),
    hits: { shape: [2, 2], data: accidentalHits(Int32Array.of(2, 1), items, -1e4) },
    log_expected: { shape: [2], data: Float32Array.of(0, 0) },
  }
  const score = (row: number, item: number) =>
    asked.data[2 * row] * vectors.data[2 * item] + asked.data[2 * row + 1] * vectors.data[2 * item + 1]
  const loss = (name: string) => (params: object) =>
    computed({ asked, vectors, ...batch }, (tools, all) =>
      choiceLoss(tools, all.asked, all.vectors, all, { loss: name, ...params }, 4),
    )

  test('compares with all items', async () => {
    const [found] = await loss('cross-entropy')({})
    const of = (row: number, target: number) =>
      Math.log(sum([0, 1, 2, 3].map((item) => Math.exp(score(row, item))))) - score(row, target)
    expect(found).toBeCloseTo(mean([of(0, 2), of(1, 1)]), 5)
  })

  test('leaves a drawn item out that is the chosen one', async () => {
    const [found] = await loss('sampled-softmax')({})
    const of = (row: number, target: number, others: number[]) =>
      Math.log(sum([target, ...others].map((item) => Math.exp(score(row, item))))) - score(row, target)
    expect(found).toBeCloseTo(mean([of(0, 2, [1, 3]), of(1, 1, [3])]), 5)
  })

  test.each(['cross-entropy', 'sampled-softmax', 'bce', 'gbce', 'bpr-max'])(
    '%s has the gradient of its value',
    async (name) => {
      const params = { loss: name, calibration: 0.5, score_penalty: 0.5 }
      await checkGradients({ asked, vectors }, batch, (tools, own, all) =>
        choiceLoss(tools, own.asked, own.vectors, all, params, 4),
      )
    },
  )
})

describe('drawing', () => {
  // Item 3 is never chosen; item 0 half of the time.
  const train = interactionsOf(
    [
      [0, 0, 1],
      [0, 2, 1],
    ],
    4,
  )
  const shares = (items: Int32Array) =>
    [0, 1, 2, 3].map((item) => items.filter((each) => each === item).length / items.length)

  test.each([
    ['uniform', [1 / 3, 1 / 3, 1 / 3, 0]],
    ['popularity', [1 / 2, 1 / 3, 1 / 6, 0]],
    ['in-batch', [0, 1 / 2, 1 / 2, 0]],
  ] as const)('%s', (source, expected) => {
    const { items, logExpected } = drawFrom(
      source,
      6000,
      train,
      Uint32Array.of(1, 2),
    )(Int32Array.of(1, 2), createRandom(1))
    for (const [item, share] of shares(items).entries()) expect(share).toBeCloseTo(expected[item], 1)
    for (const [at, item] of items.entries()) expect(Math.exp(logExpected[at])).toBeCloseTo(6000 * expected[item], 2)
  })

  test('an accidental hit is where the drawn item is the chosen one', () => {
    expect([...accidentalHits(Int32Array.of(2, 5), Int32Array.of(5, 2, 2), -1)]).toEqual([0, -1, -1, -1, 0, 0])
  })
})
