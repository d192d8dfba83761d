import { describe, expect, test } from 'vitest'
import type { PreparedData } from '../data/prepared'
import { interactionsOf, preparedOf, rowsOf } from '../data/testing/interactions'
import { createRandom, type Random } from '../models/random'
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

describe('agrees with a plain evaluation written from the definitions', () => {
  interface Judged {
    hits: boolean[]
    relevant: number
    listed: number[]
  }

  const sum = (numbers: number[]) => numbers.reduce((total, number) => total + number, 0)
  const gain = (flags: boolean[]) => sum(flags.map((flag, at) => (flag ? Math.LN2 / Math.log(at + 2) : 0)))
  const average = (lists: Judged[], value: (list: Judged) => number) => sum(lists.map(value)) / lists.length

  function plainMetrics(lists: Judged[], k: number, train: number[][]): Record<string, number> {
    const catalogue = new Set(train.flat())
    const places = lists.flatMap(({ listed }) => listed.slice(0, k))
    const meanOf = (value: (item: number) => number) => (places.length > 0 ? sum(places.map(value)) / places.length : 0)
    const owners = (item: number) => train.filter((row) => row.includes(item)).length
    const counts = [...catalogue].map((item) => places.filter((listed) => listed === item).length)
    const differences = sum(counts.flatMap((a) => counts.map((b) => Math.abs(a - b))))
    const hits = ({ hits: flags }: Judged) => flags.slice(0, k).filter(Boolean).length
    const ideal = ({ relevant }: Judged) => gain(new Array(Math.min(relevant, k)).fill(true))
    return {
      precision: average(lists, (list) => hits(list) / k),
      recall: average(lists, (list) => hits(list) / list.relevant),
      // The harmonic mean of h/k and h/R is 2h / (k + R).
      f1: average(lists, (list) => (2 * hits(list)) / (k + list.relevant)),
      'hit-rate': average(lists, (list) => Math.sign(hits(list))),
      ndcg: average(lists, (list) => gain(list.hits.slice(0, k)) / ideal(list)),
      map: average(lists, ({ hits: flags, relevant }) => {
        const precisions = flags
          .slice(0, k)
          .map((hit, at) => (hit ? sum(flags.slice(0, at + 1).map(Number)) / (at + 1) : 0))
        return sum(precisions) / Math.min(relevant, k)
      }),
      mrr: average(lists, ({ hits: flags }) =>
        Math.max(0, ...flags.slice(0, k).map((hit, at) => (hit ? 1 / (at + 1) : 0))),
      ),
      coverage: new Set(places).size / catalogue.size,
      gini: places.length > 0 ? differences / (2 * counts.length * places.length) : 0,
      // Of a place, the information of its item; over places that is -sum p log2 p.
      entropy: meanOf(
        (item) => -Math.log(places.filter((listed) => listed === item).length / places.length) / Math.LN2,
      ),
      'average-popularity': meanOf(owners),
      novelty: meanOf((item) => -Math.log(owners(item) / train.filter((row) => row.length > 0).length) / Math.LN2),
    }
  }

  function plainEvaluation(prepared: PreparedData, scores: number[][], excludeSeen: boolean, cutoffs: number[]) {
    const [train, held] = [rowsOf(prepared.train), rowsOf(prepared.test)]
    const validation = prepared.validation ? rowsOf(prepared.validation) : train.map(() => [])
    const catalogue = new Set(train.flat())
    const lists = held.flatMap((test, user): Judged[] => {
      if (test.length === 0) return []
      const seen = excludeSeen ? [...train[user], ...validation[user]] : []
      const listed = [...catalogue]
        .filter((item) => !seen.includes(item) && !Number.isNaN(scores[user][item]))
        .sort((a, b) => scores[user][b] - scores[user][a] || a - b)
      return [{ hits: listed.map((item) => test.includes(item)), relevant: new Set(test).size, listed }]
    })
    return Object.fromEntries(
      cutoffs.flatMap((k) => Object.entries(plainMetrics(lists, k, train)).map(([id, value]) => [`${id}@${k}`, value])),
    )
  }

  function randomCase(random: Random) {
    const [users, items] = [2 + random.integer(6), 3 + random.integer(12)]
    const rows = (most: number) =>
      Array.from({ length: users }, () => Array.from({ length: random.integer(most) }, () => random.integer(items)))
    const [train, validation, test] = [rows(5), rows(3), rows(6)]
    train[0].push(random.integer(items))
    test[0].push(random.integer(items))
    const scores = Array.from({ length: users }, () =>
      Array.from({ length: items }, () => (random.uniform() < 0.1 ? Number.NaN : random.integer(5))),
    )
    const parts = random.uniform() < 0.5 ? { train, validation, test } : { train, test }
    return { prepared: preparedOf(parts, items), scores }
  }

  for (const excludeSeen of [true, false]) {
    test(`with seen items ${excludeSeen ? 'excluded' : 'kept'}`, async () => {
      for (let seed = 0; seed < 200; seed++) {
        const { prepared, scores } = randomCase(createRandom(seed))
        const cutoffs = [1, 2, 5, 20]
        const { metrics } = await judge(prepared, scores, { exclude_seen: excludeSeen, cutoffs })
        const expected = plainEvaluation(prepared, scores, excludeSeen, cutoffs)
        expect(Object.keys(metrics).sort()).toEqual(Object.keys(expected).sort())
        for (const [key, value] of Object.entries(expected))
          expect(metrics[key], `${key}, seed ${seed}`).toBeCloseTo(value, 10)
      }
    })
  }
})
