import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createCompute } from '../compute/create'
import type { FittedModel, Model } from './model'
import { createRandom } from './random'
import { models } from './registry'
import { featureRowsOf, fitModel, interactionsOf, scoresOf } from './testing'

let compute: Awaited<ReturnType<typeof createCompute>>
beforeAll(async () => {
  compute = await createCompute({ threads: 2 })
})
afterAll(() => compute.close())

const [genres, perGenre, users, noise] = [4, 20, 80, 6]
const warm = genres * perGenre

/** Each user chooses films of one genre; the last film of each genre nobody has chosen. Beside the genre stands what says nothing. */
const { train, features } = (() => {
  const random = createRandom(4)
  const rows = Array.from({ length: users }, (_, user) => {
    const row = new Set<number>()
    while (row.size < 5) row.add(random.integer(perGenre) * genres + (user % genres))
    return [...row]
  })
  const ofItems = Array.from({ length: warm + genres }, (_, item) => ({
    [item % genres]: 1,
    [genres + random.integer(noise)]: 0.5,
  }))
  const ofUsers = featureRowsOf(
    rows.map(() => ({})),
    0,
  )
  return {
    train: interactionsOf([...rows, []], warm + genres),
    features: { items: featureRowsOf(ofItems, genres + noise), users: { ...ofUsers, rows: users + 1 } },
  }
})()

function learning({ parameters }: Model) {
  const steps = { epochs: 15, batch_size: 32, learning_rate: 0.01, embedding_size: 16 }
  const wanted = { ...steps, dropout: 0.5, identity_dropout: 0.3 }
  const isNetwork = parameters.some(({ name }) => name === 'batch_size')
  const own = Object.entries(wanted).filter(([name]) => parameters.some((parameter) => parameter.name === name))
  return isNetwork ? Object.fromEntries(own) : {}
}

const rowOf = (item: number) => {
  const [from, to] = [features.items.offsets[item], features.items.offsets[item + 1]]
  return { indices: features.items.indices.subarray(from, to), values: features.items.values.subarray(from, to) }
}

/** As if it had been written to a file and read again. */
const reopened = (fitted: FittedModel): FittedModel => ({
  ...fitted,
  tensors: Object.fromEntries(
    Object.entries(fitted.tensors).map(([name, { shape, data }]) => [name, { shape: [...shape], data: data.slice() }]),
  ),
})

test('every model that learns from features of items places new ones', () => {
  const able = models.filter(({ scoreNewItem }) => scoreNewItem).map(({ id }) => id)
  expect(able).toEqual(models.filter((model) => 'features' in model).map(({ id }) => id))
})

describe.each(models.filter(({ scoreNewItem }) => scoreNewItem))('$id', (model) => {
  let fitted: FittedModel
  let scores: Float32Array[]
  beforeAll(async () => {
    fitted = reopened(await fitModel(model, train, compute, { params: learning(model), features }))
    scores = await Promise.all(
      Array.from({ length: genres }, async (_, genre) => {
        return (await model.scoreNewItem?.(fitted, train, rowOf(warm + genre))) as Float32Array
      }),
    )
  })

  test('scores a new item as one that nobody has chosen and that is like it', async () => {
    const scorer = await model.score?.(fitted, train)
    if (!scorer) throw new Error('it scores')
    const known = await scoresOf(scorer, Array(users + 1).keys(), train.items)
    scores.forEach((found, genre) => {
      found.forEach((score, user) => {
        const expected = known[user][warm + genre]
        if (Number.isNaN(expected)) expect(score).toBeNaN()
        else expect(Math.abs(score - expected), `${user}`).toBeLessThan(1e-4 * Math.max(1, Math.abs(expected)))
      })
    })
    expect(scores[0][users]).toBeNaN()
  })

  test('puts the users who like what it is first', () => {
    const right = scores.map((own, genre) => {
      const order = [...own.keys()].filter((user) => !Number.isNaN(own[user])).sort((a, b) => own[b] - own[a])
      return order.slice(0, users / genres).filter((user) => user % genres === genre).length / (users / genres)
    })
    expect(Math.min(...right)).toBeGreaterThanOrEqual(0.95)
  })
})
