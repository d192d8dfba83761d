import { describe, expect, test } from 'vitest'
import type { PreparedData } from '../data/prepared'
import { interactionsOf, preparedOf } from '../data/testing/interactions'
import { createRandom } from '../models/random'
import { evaluate } from './evaluate'
import { noItem } from './lists'
import { full, judge, others } from './testing/judge'
import { scorerOf, unattended } from './testing/scorer'

describe('by hand', () => {
  test('one user, a hit at rank 1, R = 1: NDCG@10 is 1', async () => {
    const prepared = preparedOf({ train: [[0], others(4)], test: [[2], []] }, 4)
    const { metrics } = await judge(prepared, [
      [9, 1, 5, 2],
      [0, 0, 0, 0],
    ])
    expect(metrics).toMatchObject({
      'ndcg@10': 1,
      'recall@10': 1,
      'hit-rate@10': 1,
      'map@10': 1,
      'mrr@10': 1,
      'precision@10': 0.1,
      'precision@1': 1,
      'f1@1': 1,
    })
    // Three of the four items of the catalogue are listed: the one that the user has is not.
    expect(metrics['coverage@10']).toBe(3 / 4)
    expect(metrics['coverage@1']).toBe(1 / 4)
  })

  test('metrics are means over the users with test items', async () => {
    const prepared = preparedOf({ train: [others(4), [0], [0]], test: [[], [1], [1, 2]] }, 4)
    const scores = [
      [1, 1, 1, 1],
      [0, 1, 2, 3],
      [0, 3, 1, 2],
    ]
    const { metrics, users, perUser, lists } = await judge(prepared, scores)
    // User 1 lists 3 2 1 and has a hit at 3; user 2 lists 1 3 2 and has hits at 1 and 3 of R = 2.
    expect([...users]).toEqual([1, 2])
    expect([...lists.users]).toEqual([1, 2])
    // Lists are never longer than there are items.
    expect(lists.k).toBe(4)
    expect([...lists.items]).toEqual([3, 2, 1, noItem, 1, 3, 2, noItem])
    expect([...perUser['recall@1']]).toEqual([0, 0.5])
    expect([...perUser['recall@3']]).toEqual([1, 1])
    expect([...perUser['mrr@3']]).toEqual([1 / 3, 1])
    expect([...perUser['map@3']]).toEqual([1 / 3, (1 + 2 / 3) / 2])
    expect(metrics['recall@1']).toBe(0.25)
    expect(metrics['mrr@3']).toBeCloseTo(2 / 3, 12)
    expect(metrics['ndcg@3']).toBeCloseTo((0.5 + 1.5 / (1 + 1 / Math.log2(3))) / 2, 12)
    expect(Object.keys(perUser).some((key) => key.startsWith('coverage'))).toBe(false)
  })

  test('gives the metrics and cutoffs that are asked for, keyed id@k', async () => {
    const prepared = preparedOf({ train: [[0, 1]], test: [[1]] }, 2)
    const { metrics } = await judge(prepared, [[1, 1]], { metrics: ['recall', 'coverage'], cutoffs: [7, 2] })
    expect(Object.keys(metrics).sort()).toEqual(['coverage@2', 'coverage@7', 'recall@2', 'recall@7'])
  })
})

describe('expected ratings', () => {
  const ratings = (values: number[]) => ({
    async rate(_users: Uint32Array, _items: Uint32Array, into: Float32Array) {
      into.set(values)
    },
    close() {},
  })
  const rated = {
    ...preparedOf({ train: [[0, 1], [1]], test: [[2], [0, 2]] }, 3),
    train: interactionsOf([[0, 1], [1]], 3, [[2, 5], [1]]),
    test: interactionsOf([[2], [0, 2]], 3, [[4], [3, 5]]),
  }
  const scores = [
    [1, 1, 1],
    [1, 1, 1],
  ]
  const judgeRatings = (prepared: PreparedData, values: number[]) =>
    evaluate({
      ...unattended,
      prepared,
      scorer: scorerOf(scores),
      rater: ratings(values),
      evaluation: { ...full, metrics: ['rmse', 'mae', 'recall'], cutoffs: [1] },
      random: createRandom(1),
    })

  test('are judged on every test interaction, within the range of the training ratings', async () => {
    const { metrics, perUser } = await judgeRatings(rated, [4, 2, 9])
    expect(Object.keys(metrics).sort()).toEqual(['mae', 'recall@1', 'rmse'])
    expect(metrics.rmse).toBeCloseTo(Math.sqrt(1 / 3), 12)
    expect(metrics.mae).toBeCloseTo(1 / 3, 12)
    expect(Object.keys(perUser)).toEqual(['recall@1'])
  })

  test('are not judged where all training ratings are the same', async () => {
    const same = { ...rated, train: interactionsOf([[0, 1], [1]], 3) }
    expect(Object.keys((await judgeRatings(same, [4, 2, 9])).metrics)).toEqual(['recall@1'])
  })
})

describe('conventions', () => {
  test('equal scores rank by ascending item', async () => {
    const prepared = preparedOf({ train: [[], others(3)], test: [[1], []] }, 3)
    const { metrics } = await judge(prepared, [[5, 5, 5], []])
    expect(metrics['mrr@10']).toBe(1 / 2)
  })

  test('an item that the model cannot score is no hit and still counts in R', async () => {
    const prepared = preparedOf({ train: [[], others(3)], test: [[0, 1], []] }, 3)
    const { metrics, lists } = await judge(prepared, [[Number.NaN, 1, 2], []])
    expect([...lists.items.subarray(0, 3)]).toEqual([2, 1, noItem])
    expect(metrics['recall@10']).toBe(1 / 2)
  })

  test('a cold item is never listed and still counts in R', async () => {
    const prepared = preparedOf({ train: [[], [0, 1]], test: [[1, 2], []] }, 3)
    const { metrics, lists } = await judge(prepared, [[1, 2, 99], []])
    expect([...lists.items.subarray(0, 3)]).toEqual([1, 0, noItem])
    expect(metrics['recall@10']).toBe(1 / 2)
    expect(metrics['coverage@10']).toBe(1)
  })

  test('a repeated test item counts once', async () => {
    const prepared = preparedOf({ train: [[], others(3)], test: [[1, 1, 1, 2], []] }, 3)
    const { metrics } = await judge(prepared, [[0, 5, Number.NaN], []])
    expect(metrics['recall@10']).toBe(1 / 2)
    expect(metrics['precision@10']).toBe(1 / 10)
  })

  test('seen items are those of training and validation; a test item among them cannot be hit', async () => {
    const parts = { train: [[0], others(4)], validation: [[1], []], test: [[0, 2], []] }
    const scores = [[4, 3, 2, 1], []]
    const without = await judge(preparedOf(parts, 4), scores)
    expect([...without.lists.items.subarray(0, 3)]).toEqual([2, 3, noItem])
    expect(without.metrics['recall@10']).toBe(1 / 2)
    const withSeen = await judge(preparedOf(parts, 4), scores, { exclude_seen: false })
    expect([...withSeen.lists.items.subarray(0, 4)]).toEqual([0, 1, 2, 3])
    expect(withSeen.metrics['recall@10']).toBe(1)
  })

  test('no user with test items is an error that says what to do', async () => {
    await expect(judge(preparedOf({ train: [[0]], test: [[]] }, 1), [[1]])).rejects.toMatchObject({
      code: 'BAD_DATA',
      message: expect.stringContaining('Choose another split'),
    })
  })

  test('a cancel ends it with its reason', async () => {
    const controller = new AbortController()
    controller.abort(new Error('cancelled'))
    const prepared = preparedOf({ train: [[0]], test: [[0]] }, 1)
    const evaluating = evaluate({
      prepared,
      scorer: scorerOf([[1]]),
      rater: null,
      evaluation: full,
      random: createRandom(1),
      report() {},
      signal: controller.signal,
    })
    await expect(evaluating).rejects.toThrow('cancelled')
  })
})

test('metrics that cannot be computed are left out, with a reason', async () => {
  const prepared = preparedOf({ train: [[0, 1], [1]], test: [[2], [0]] }, 3)
  const scores = [
    [1, 2, 3],
    [3, 2, 1],
  ]
  const rows = { rows: 3, columns: 1, offsets: Uint32Array.of(0, 1, 2, 3), indices: new Uint32Array(3) }
  const vectors = { ...rows, values: Float32Array.of(1, -1, 2), blocks: [] }
  const { metrics, leftOut } = await judge(prepared, scores)
  expect(leftOut).toEqual({
    'graded-ndcg': 'no-grades',
    'log-loss': 'no-probabilities',
    diversity: 'no-attribute',
    calibration: 'no-attribute',
    faithfulness: 'no-reasons',
    rmse: 'no-rater',
    mae: 'no-rater',
    accuracy: 'no-rater',
  })
  for (const id of Object.keys(leftOut)) expect(Object.keys(metrics).filter((key) => key.startsWith(id))).toEqual([])
  const found = await judge(prepared, scores, {}, { itemFeatures: { rows: vectors, areCategories: false } })
  expect([found.leftOut.diversity, found.leftOut.calibration]).toEqual([undefined, 'no-categories'])
})
