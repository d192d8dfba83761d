import { expect, test } from 'vitest'
import { popularity } from '../models/baselines/popularity'
import type { FittedModel, Model, Scorer } from '../models/model'
import { interactionsOf } from '../models/testing'
import { knownScorer } from './known-scorer'

const items = 3
const train = interactionsOf([[0], [], [1], [2], []], items)
const foldIn = interactionsOf([[], [0, 1], [], [], [2]], items)
const fitted = {} as FittedModel

/** Scores that say who was asked by whom: 100 by training, 200 by folding in, and the user. */
function scorerOf(base: number, closed: string[]): Scorer {
  return {
    async score(users, into) {
      for (const [row, user] of users.entries()) into.fill(base + user, row * items, (row + 1) * items)
    },
    close: () => closed.push(String(base)),
  }
}

function modelOf(closed: string[] = []): Model {
  return {
    ...popularity,
    name: 'Asked',
    score: async (_, histories) => scorerOf(histories === train ? 100 : Number.NaN, closed),
    foldIn: async (_, histories) => scorerOf(histories === foldIn ? 200 : Number.NaN, closed),
  }
}

test('each user is scored by what is known of them, in the order asked for', async () => {
  const closed: string[] = []
  const scorer = await knownScorer(modelOf(closed), fitted, { train, foldIn })
  const users = Uint32Array.of(4, 1, 0, 2, 1, 3)
  const scores = new Float32Array(users.length * items)
  await scorer.score(users, scores)
  expect([...scores].filter((_, at) => at % items === 0)).toEqual([204, 201, 100, 102, 201, 103])
  expect(new Set(scores).size).toBe(5)
  scorer.close()
  expect(closed).toEqual(['100', '200'])
})

test('without held-out users nothing is folded in', async () => {
  const { foldIn: _, ...model } = modelOf()
  const scorer = await knownScorer(model, fitted, { train, foldIn: null })
  const scores = new Float32Array(items)
  await scorer.score(Uint32Array.of(3), scores)
  expect([...scores]).toEqual([103, 103, 103])
})

test('a model that cannot fold in is refused where users are held out', async () => {
  const { foldIn: _, ...model } = modelOf()
  await expect(knownScorer(model, fitted, { train, foldIn })).rejects.toMatchObject({
    code: 'BAD_REQUEST',
    message: expect.stringMatching(/^Asked cannot make lists for users that it was not trained on/),
  })
})
