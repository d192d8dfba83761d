import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createCompute } from '../../compute/create'
import type { Model, Parameters } from '../model'
import { createRandom } from '../random'
import { featureRowsOf, fitModel, interactionsOf, scoresOf, topItems } from '../testing'
import { transformerMf } from './transformer-mf'
import { twoTower } from './two-tower'

let compute: Awaited<ReturnType<typeof createCompute>>
beforeAll(async () => {
  compute = await createCompute({ threads: 2 })
})
afterAll(() => compute.close())

const [genres, perGenre, coldPerGenre, users] = [5, 12, 4, 150]
const warm = genres * perGenre
const items = warm + genres * coldPerGenre
const genreOf = (item: number) => item % genres
const learning = { epochs: 15, batch_size: 32, learning_rate: 0.01, embedding_size: 16, negatives: 64 }

/** Each user chooses films of one genre; the last of each genre nobody has chosen. Beside the genre stands what says nothing. */
function tasteByGenre() {
  const random = createRandom(4)
  const rows = Array.from({ length: users }, (_, user) => {
    const row = new Set<number>()
    while (row.size < 6) row.add(random.integer(perGenre) * genres + (user % genres))
    return [...row]
  })
  const rowsOf = Array.from({ length: items }, (_, item) => ({
    [genreOf(item)]: 1,
    [genres + random.integer(20)]: 0.5,
  }))
  const none = Array.from({ length: users }, () => ({}))
  return {
    train: interactionsOf(rows, items),
    features: { items: featureRowsOf(rowsOf, genres + 20), users: featureRowsOf(none, 0) },
  }
}

const cases: [name: string, model: Model, params: Parameters][] = [
  ['Two-tower', twoTower, { identity_dropout: 0.3 }],
  ['Two-tower, log loss', twoTower, { identity_dropout: 0.3, loss: 'bce', sampling: 'uniform' }],
  ['Two-tower, GRU', twoTower, { identity_dropout: 0.3, user_tower: 'gru' }],
  ['Transformer-MF', transformerMf, { identity_dropout: 0.3 }],
]

describe.each(cases)('%s', (_, model, params) => {
  /** Of the best of the items that nobody has chosen, the share that is of the user's genre. */
  const precision = async (isTrue: boolean) => {
    const { train, features } = tasteByGenre()
    const mixed = isTrue ? train : { ...train, itemIndices: inAnyOrder(train.itemIndices) }
    const fitted = await fitModel(model, mixed, compute, { params: { ...learning, ...params }, features })
    const scorer = await model.score?.(fitted, mixed)
    if (!scorer) throw new Error('it scores')
    const scores = await scoresOf(
      scorer,
      Array.from({ length: users }, (_, user) => user),
      items,
    )
    const seen = Array.from({ length: warm }, (_, item) => item)
    const right = scores.map((row, user) => {
      const best = topItems(row, seen, coldPerGenre)
      return best.filter((item) => genreOf(item) === user % genres).length / coldPerGenre
    })
    return right.reduce((sum, share) => sum + share, 0) / users
  }

  test('finds items that nobody has chosen by what they are like', async () => {
    expect(await precision(true)).toBeGreaterThan(0.97)
  })

  test.skipIf('loss' in params || 'user_tower' in params)(
    'and nothing where taste has nothing to do with it',
    async () => {
      expect(await precision(false)).toBeLessThan(0.4)
    },
  )
})

function inAnyOrder(values: Uint32Array): Uint32Array {
  const random = createRandom(6)
  return values.map((_, at) => values[(at + random.integer(values.length)) % values.length])
}

test('a second product brings up what is rated high', async () => {
  // Everyone chooses films alike; those of even number are rated 5, the others 2.
  const random = createRandom(5)
  const rows = Array.from({ length: 120 }, () => {
    const row = new Set<number>()
    while (row.size < 10) row.add(random.integer(30))
    return [...row]
  })
  const ratings = rows.map((row) => row.map((item) => (item % 2 === 0 ? 5 : 2)))
  const train = interactionsOf(rows, 30, ratings)
  const features = {
    items: featureRowsOf(
      Array.from({ length: 30 }, () => ({})),
      0,
    ),
    users: featureRowsOf(
      rows.map(() => ({})),
      0,
    ),
  }
  const even = async (weight: number) => {
    const params = { ...learning, embedding_size: 16, conversion_weight: weight }
    const fitted = await fitModel(twoTower, train, compute, { params, features })
    const scorer = await twoTower.score?.(fitted, train)
    if (!scorer) throw new Error('it scores')
    const lists = (await scoresOf(scorer, rows.keys(), 30)).map((scores) => topItems(scores, [], 10))
    return lists.flat().filter((item) => item % 2 === 0).length / (10 * rows.length)
  }
  expect(await even(0)).toBeLessThan(0.7)
  expect(await even(5)).toBeGreaterThan(0.95)
})
