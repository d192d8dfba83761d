import { describe, expect, test } from 'vitest'
import type { FittedModel } from '../model'
import { historyOf, interactionsOf, scoresOf, topItems } from '../testing'
import type { Trials } from './trials'

/** What a model must hold to that says anything of new histories, of its reasons, or of vectors. */
export function historiesConformance({ model, train, rated, shared, withDefaults, scorerOf }: Trials): void {
  describe.runIf(model.foldIn)('folding in', () => {
    const foldIn = async (fitted: FittedModel, histories = train) => {
      if (!model.foldIn) throw new Error(`${model.id} cannot fold in`)
      return model.foldIn(fitted, histories)
    }

    test('a training history gives nearly the list of its user', async () => {
      // Ratings that are all the same give steps of descent nothing to go by.
      const isRated = model.foldsInBySteps && model.feedback === 'explicit'
      const [data, length] = isRated ? [rated, 4] : [train, 10]
      const users = Array.from({ length: data.users }, (_, user) => user)
      const fitted = await withDefaults(data)
      const known = await scoresOf(await scorerOf(fitted, data), users, data.items)
      const folded = await scoresOf(await foldIn(fitted, data), users, data.items)
      const shares = users.map((user) => {
        const seen = historyOf(data, user)
        const list = new Set(topItems(known[user], seen, length))
        return topItems(folded[user], seen, length).filter((item) => list.has(item)).length / length
      })
      const least = model.foldsInBySteps ? 0.75 : 0.9
      expect(shares.reduce((sum, share) => sum + share, 0) / shares.length).toBeGreaterThan(least)
    })

    test('a history does not depend on the others, and an empty one is no error', async () => {
      const fitted = await shared()
      const own = [...historyOf(train, 3)]
      const [alone] = await scoresOf(await foldIn(fitted, interactionsOf([own], train.items)), [0], train.items)
      const other = interactionsOf([[], [0, 1], own], train.items)
      const [empty, among] = await scoresOf(await foldIn(fitted, other), [0, 2], train.items)
      expect(among).toEqual(alone)
      if (model.family !== 'Baselines') expect(empty.every(Number.isNaN)).toBe(true)
    })
  })

  test.runIf(model.explain)('what it explains a score by adds up to the score', async () => {
    const data = model.feedback === 'explicit' ? rated : train
    const fitted = await withDefaults(data)
    const explainer = await model.explain?.(fitted, data)
    const scorer = model.foldIn ? await model.foldIn(fitted, data) : await scorerOf(fitted, data)
    const users = [0, 7, data.users - 1]
    const scores = await scoresOf(scorer, users, data.items)
    for (const [row, user] of users.entries()) {
      const own = historyOf(data, user)
      for (const item of topItems(scores[row], own, 5)) {
        const ways = (await explainer?.explain(user, item)) ?? []
        expect(ways.length).toBeGreaterThan(0)
        for (const { of, parts, rest } of ways) {
          const sum = parts.reduce((total, { amount }) => total + amount, rest)
          const score = scores[row][item]
          expect(Math.abs(sum - score), `${of}: ${sum} of ${score}`).toBeLessThan(2e-4 * Math.max(1, Math.abs(score)))
          expect(new Set(parts.map(({ index }) => index)).size).toBe(parts.length)
          if (of === 'history') expect(parts.every(({ index }) => own.includes(index))).toBe(true)
        }
      }
    }
    explainer?.close()
  })

  test.runIf(model.itemVectors ?? model.userVectors)('its vectors are finite, one for each user and item', async () => {
    const fitted = await shared()
    const sides = [
      { vectors: model.itemVectors?.(fitted), count: train.items },
      { vectors: model.userVectors?.(fitted), count: train.users },
    ]
    for (const { vectors, count } of sides) {
      if (!vectors) continue
      expect(vectors.count).toBe(count)
      expect(vectors.data.length).toBe(count * vectors.dimensions)
      expect(vectors.data.every(Number.isFinite)).toBe(true)
    }
  })
}
