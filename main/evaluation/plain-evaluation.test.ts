import { expect, test } from 'vitest'
import { metricIds } from '../contract/experiment'
import { categories } from '../data/features/categories'
import { interactionsOf, preparedOf } from '../data/testing/interactions'
import { createRandom, type Random } from '../models/random'
import { judge } from './testing/judge'
import { type PlainCase, plainEvaluation } from './testing/plain'

function randomCase(random: Random): PlainCase {
  const [users, items] = [2 + random.integer(6), 3 + random.integer(12)]
  const rows = (most: number) =>
    Array.from({ length: users }, () => Array.from({ length: random.integer(most) }, () => random.integer(items)))
  const [train, validation, held] = [rows(5), rows(3), rows(6)]
  train[0].push(random.integer(items))
  held[0].push(random.integer(items), random.integer(items))
  const ratings = held.map((row) => row.map(() => random.integer(6)))
  ratings[0].splice(0, 2, 1, 5)
  const scores = Array.from({ length: users }, () =>
    Array.from({ length: items }, () => (random.uniform() < 0.1 ? Number.NaN : random.integer(5) - 2)),
  )
  const parts = random.uniform() < 0.5 ? { train, validation, test: held } : { train, test: held }
  const prepared = { ...preparedOf(parts, items), test: interactionsOf(held, items, ratings) }
  const ofItems = Array.from({ length: items }, () => [0, 1, 2, 3].filter(() => random.uniform() < 0.3))
  return { prepared, scores, categories: ofItems }
}

const ofMore = ['faithfulness', 'rmse', 'mae', 'accuracy']

for (const excludeSeen of [true, false]) {
  const seen = excludeSeen ? 'excluded' : 'kept'
  test(`agrees with a plain evaluation written from the definitions, seen items ${seen}`, async () => {
    for (let seed = 0; seed < 200; seed++) {
      const given = randomCase(createRandom(seed))
      const block = categories(
        'of',
        given.categories.map((row) => row.map(String)),
        1,
      )
      const rows = { ...block, rows: given.categories.length, columns: block.names.length, blocks: [] }
      const cutoffs = [1, 2, 5, 20]
      const { metrics, leftOut } = await judge(
        given.prepared,
        given.scores,
        { exclude_seen: excludeSeen, cutoffs, metrics: [...metricIds] },
        { scoresAreLogits: true, itemFeatures: { rows, areCategories: true } },
      )
      expect(Object.keys(leftOut)).toEqual(ofMore)
      const expected = plainEvaluation(given, excludeSeen, cutoffs)
      expect(Object.keys(metrics).sort()).toEqual(Object.keys(expected).sort())
      for (const [key, value] of Object.entries(expected))
        expect(metrics[key], `${key}, seed ${seed}`).toBeCloseTo(value, 10)
    }
  })
}
