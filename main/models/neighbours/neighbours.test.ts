import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createCompute } from '../../compute/create'
import type { FittedModel, Interactions, Model, Parameters } from '../model'
import { createRandom } from '../random'
import { fitModel, interactionsOf, ratingsOf, scoresOf } from '../testing'
import { itemKnn } from './item-knn'
import { neighboursOf } from './search'
import { userKnn } from './user-knn'

let compute: Awaited<ReturnType<typeof createCompute>>
beforeAll(async () => {
  compute = await createCompute({ threads: 2 })
})
afterAll(() => compute.close())

const users = 24
const items = 17
/** Ratings of 1 to 5, half of them missing; user 3 and item 4 have none. */
const dense = (() => {
  const random = createRandom(5)
  return Array.from({ length: users }, (_, user) =>
    Array.from({ length: items }, (_, item) => {
      const rating = 1 + random.integer(5)
      return random.uniform() < 0.5 && user !== 3 && item !== 4 ? rating : null
    }),
  )
})()
type Dense = (number | null)[][]
const columnsOf = (rows: Dense): Dense => rows[0].map((_, column) => rows.map((row) => row[column]))

function trainOf(rows: Dense): Interactions {
  const kept = rows.map((row) => [...row.keys()].filter((item) => row[item] !== null))
  const values = kept.map((row, user) => row.map((item) => rows[user][item] as number))
  return interactionsOf(kept, rows[0].length, values)
}

const train = trainOf(dense)
const sum = (values: number[]) => values.reduce((total, value) => total + value, 0)
const mean = (values: number[]) => sum(values) / values.length
const present = (row: (number | null)[]) => row.filter((value) => value !== null)

type Row = (number | null)[]
interface Shared {
  a: Row
  b: Row
  /** Values of the columns that both have. */
  x: number[]
  y: number[]
  /** The mean of each of these columns. */
  means: number[]
  columns: Dense
}

/** Each measure written down directly, with a shrinkage of 2. */
const measures: Record<string, (shared: Shared) => number> = {
  cosine: ({ a, b, x }) => x.length / (Math.sqrt(present(a).length * present(b).length) + 2),
  jaccard: ({ a, b, x }) => x.length / (present(a).length + present(b).length - x.length + 2),
  'conditional-probability': ({ b, x }) => x.length / (present(b).length + 2),
  'adjusted-cosine': ({ x, y, means }) => {
    const [left, right] = [x.map((value, at) => value - means[at]), y.map((value, at) => value - means[at])]
    const product = sum(left.map((value, at) => value * right[at]))
    return (x.length / (x.length + 2)) * (product / Math.hypot(...left) / Math.hypot(...right))
  },
  pearson: ({ x, y }) => {
    const [left, right] = [x.map((value) => value - mean(x)), y.map((value) => value - mean(y))]
    const product = sum(left.map((value, at) => value * right[at]))
    return (x.length / (x.length + 2)) * (product / Math.hypot(...left) / Math.hypot(...right))
  },
  'mean-squared-difference': ({ x, y }) =>
    x.length / (x.length + 2) / (mean(x.map((value, at) => (value - y[at]) ** 2)) + 1),
}

/** Cosines of weighted rows. */
const weightings: Record<string, (value: number, row: Row, column: Row, rows: Dense) => number> = {
  ratings: (value) => value,
  'tf-idf': (value, _row, column, rows) => Math.sqrt(value) * rarity(column, rows),
  bm25: (value, row, column, rows) => {
    const length = sum(present(row)) / mean(rows.map((each) => sum(present(each))))
    return ((value * 2.2) / (value + 1.2 * (0.25 + 0.75 * length))) * rarity(column, rows)
  },
}
const rarity = (column: Row, rows: Dense) => Math.max(0, Math.log(rows.length / (1 + present(column).length)))

function expectedSimilarities(rows: Dense, of: (shared: Shared) => number): number[][] {
  const columns = columnsOf(rows)
  return rows.map((a) =>
    rows.map((b) => {
      const both = [...a.keys()].filter((column) => a[column] !== null && b[column] !== null)
      if (both.length === 0) return 0
      const means = both.map((column) => mean(present(columns[column])))
      const [x, y] = [a, b].map((row) => both.map((column) => row[column] as number))
      const value = of({ a, b, x, y, means, columns })
      return Number.isFinite(value) ? value : 0
    }),
  )
}

function similaritiesOf({ tensors }: FittedModel, size: number): number[][] {
  const { indices, similarities, count } = neighboursOf(tensors)
  const found = Array.from({ length: size }, () => new Array<number>(size).fill(0))
  similarities.forEach((value, at) => {
    if (value > 0) found[Math.floor(at / count)][indices[at]] = value
  })
  return found
}

const sides: [Model, Dense][] = [
  [itemKnn, columnsOf(dense)],
  [userKnn, dense],
]

describe.each(sides)('similarities of $id', (model, rows) => {
  const check = async (params: Parameters, expected: number[][]) => {
    const fitted = await fitModel(model, train, compute, { params: { ...params, shrinkage: 2 } })
    similaritiesOf(fitted, rows.length).forEach((found, row) => {
      found.forEach((value, other) => {
        expect(value, `${row}, ${other}`).toBeCloseTo(row === other ? 0 : Math.max(0, expected[row][other]), 5)
      })
    })
  }

  test.each(Object.keys(measures))('%s', (similarity) =>
    check({ similarity }, expectedSimilarities(rows, measures[similarity])),
  )

  test.each(Object.keys(weightings))('cosine of %s', (weighting) => {
    const columns = columnsOf(rows)
    const weigh = weightings[weighting]
    const weighted = rows.map((row) =>
      row.map((value, column) => (value === null ? null : weigh(value, row, columns[column], rows))),
    )
    const cosine = ({ a, b, x, y }: Shared) =>
      sum(x.map((value, at) => value * y[at])) / (Math.hypot(...present(a)) * Math.hypot(...present(b)) + 2)
    return check({ weighting }, expectedSimilarities(weighted, cosine))
  })
})

test('a user scores by what the nearest users have, and so does a new history', async () => {
  const fitted = await fitModel(userKnn, train, compute, { params: { neighbors: 3, shrinkage: 2 } })
  const scoresFor = (row: Row, isNeighbour: (other: number) => boolean) => {
    const similar = expectedSimilarities([...dense, row], measures.cosine)[users]
    const nearest = [...dense.keys()]
      .filter((other) => similar[other] > 0 && isNeighbour(other))
      .sort((a, b) => similar[b] - similar[a] || a - b)
      .slice(0, 3)
    return Array.from({ length: items }, (_, item) =>
      sum(nearest.map((other) => (dense[other][item] === null ? 0 : similar[other]))),
    )
  }
  const check = (found: Float32Array, scores: number[]) =>
    scores.forEach((score, item) => {
      if (score === 0) expect(found[item]).toBeNaN()
      else expect(found[item]).toBeCloseTo(score, 5)
    })
  const scorer = await userKnn.score?.(fitted, train)
  const fresh: Dense = [
    [...Array(items).keys()].map((item) => (item % 4 === 0 ? 3 : null)),
    [...Array(items).keys()].map((item) => (item > 8 ? 2 : null)),
  ]
  const folded = await userKnn.foldIn?.(fitted, trainOf(fresh))
  if (!scorer || !folded) throw new Error('user-knn scores and folds in')
  const everyone = [...Array(users).keys()]
  const known = await scoresOf(scorer, everyone, items)
  for (const user of everyone)
    check(
      known[user],
      scoresFor(dense[user], (other) => other !== user),
    )
  const asNew = await scoresOf(folded, [0, 1], items)
  for (const row of [0, 1])
    check(
      asNew[row],
      scoresFor(fresh[row], () => true),
    )
})

describe('the own history of a user', () => {
  const measured: Parameters[] = [
    ...Object.keys(measures).map((similarity) => ({ similarity })),
    ...Object.keys(weightings).map((weighting) => ({ weighting })),
  ]
  // Users 0 and 1 once more: whoever has a twin keeps the twin.
  const twins = [...dense, dense[0], dense[1]]
  test.each(measured)('gives the same scores as training did, taken apart to the last: %j', async (params) => {
    const data = trainOf(twins)
    const fitted = await fitModel(userKnn, data, compute, { params: { neighbors: 4, shrinkage: 2, ...params } })
    const [scorer, folded] = [await userKnn.score?.(fitted, data), await userKnn.foldIn?.(fitted, data)]
    const explainer = await userKnn.explain?.(fitted, data)
    if (!scorer || !folded || !explainer) throw new Error('user-knn does all of this')
    const everyone = [...twins.keys()]
    const scores = await scoresOf(scorer, everyone, items)
    expect(await scoresOf(folded, everyone, items)).toEqual(scores)
    for (const user of [0, 7, 25]) {
      for (let item = 0; item < items; item++) {
        if (Number.isNaN(scores[user][item])) continue
        const ways = await explainer.explain(user, item)
        expect(ways.map(({ of }) => of)).toEqual(['users', 'history'])
        for (const { parts } of ways) expect(sum(parts.map(({ amount }) => amount))).toBeCloseTo(scores[user][item], 5)
        for (const { index } of ways[1].parts) expect(twins[user][index]).not.toBeNull()
      }
    }
  })
})

test.each([0, -1])('BM25 of ratings that are all %i finds nobody similar', async (rating) => {
  const rated = { ...train, values: train.values.map(() => rating) }
  for (const [model, rows] of sides) {
    const fitted = await fitModel(model, rated, compute, { params: { weighting: 'bm25' } })
    expect(
      similaritiesOf(fitted, rows.length)
        .flat()
        .every((value) => value === 0),
    ).toBe(true)
    expect(neighboursOf(fitted.tensors).similarities.some(Number.isNaN)).toBe(false)
  }
})

test('a rating below zero counts nothing in BM25, as one of zero does', async () => {
  const change = (to: (value: number, at: number) => number) => ({ ...train, values: train.values.map(to) })
  const fitOn = (data: Interactions) => fitModel(itemKnn, data, compute, { params: { weighting: 'bm25' } })
  const [below, zero] = [-4, 0].map((other) => change((value, at) => (at % 3 === 0 ? other : value)))
  expect((await fitOn(below)).tensors).toEqual((await fitOn(zero)).tensors)
})

test('what a new history weighs depends on the training data alone', async () => {
  for (const params of [{ weighting: 'bm25' }, { weighting: 'tf-idf' }, { similarity: 'adjusted-cosine' }]) {
    const fitted = await fitModel(userKnn, train, compute, { params })
    const single = await userKnn.foldIn?.(fitted, trainOf(dense.slice(5, 6)))
    const several = await userKnn.foldIn?.(fitted, trainOf(dense.slice(4, 9)))
    if (!single || !several) throw new Error('user-knn folds in')
    expect(await scoresOf(single, [0], items)).toEqual(await scoresOf(several, [1], items))
  }
})

describe.each(sides)('expected ratings of $id', (model, rows) => {
  const overall = mean(dense.flat().filter((value) => value !== null))
  const meanOfRow = (row: number) => (present(rows[row]).length > 0 ? mean(present(rows[row])) : overall)

  test.each(['plain', 'mean-centred'])('%s, by a direct computation', async (rating_prediction) => {
    const params = { similarity: 'mean-squared-difference', shrinkage: 2, neighbors: 4, rating_prediction }
    const fitted = await fitModel(model, train, compute, { params })
    const similar = expectedSimilarities(rows, measures['mean-squared-difference'])
    const pairs = dense.flatMap((row, user) => [...row.keys()].map((item): [number, number] => [user, item]))
    const found = await ratingsOf(await model.rate?.(fitted, train), pairs)
    pairs.forEach(([user, item], at) => {
      const [row, column] = model === userKnn ? [user, item] : [item, user]
      const nearest = [...rows.keys()]
        .filter((other) => other !== row && rows[other][column] !== null && similar[row][other] > 0)
        .sort((a, b) => similar[row][b] - similar[row][a] || a - b)
        .slice(0, 4)
      const isPlain = rating_prediction === 'plain'
      const deviations = nearest.map((other) => (rows[other][column] as number) - (isPlain ? 0 : meanOfRow(other)))
      const weight = sum(nearest.map((other) => similar[row][other]))
      const average = sum(nearest.map((other, n) => similar[row][other] * deviations[n])) / weight
      const expected = nearest.length === 0 ? meanOfRow(row) : average + (isPlain ? 0 : meanOfRow(row))
      expect(found[at], String([user, item])).toBeCloseTo(expected, 5)
    })
  })
})
