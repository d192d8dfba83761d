import { expect, test } from 'vitest'
import type { Interactions } from '../model'
import { shuffled } from '../neural/train'
import { createRandom } from '../random'
import { blocks, fitModel, historyOf, interactionsOf, ratedBlocks, ratingsOf, scoresOf, topItems } from '../testing'
import { copyOf, type Trials } from './trials'

/** What a model must hold to that gives scores, or ratings. */
export function scoresConformance(trials: Trials): void {
  repeatedScores(trials)
  littleKnown(trials)
  foundItems(trials)
  ratedPairs(trials)
}

function repeatedScores({ train, shared, trained, scorerOf }: Trials): void {
  const everyone = Array.from({ length: train.users }, (_, user) => user)

  test('the same seed gives the same result, bit for bit, at any number of threads', async () => {
    const [first, ...others] = [await trained(1), await trained(1), await shared(), await trained(3)]
    const scores = await scoresOf(await scorerOf(first), everyone, train.items)
    for (const other of others) {
      expect(other.tensors).toEqual(first.tensors)
      expect(await scoresOf(await scorerOf(other), everyone, train.items)).toEqual(scores)
    }
  })

  test('it gives the same scores after it was stored', async () => {
    const fitted = await shared()
    const stored = { ...fitted, tensors: copyOf(fitted.tensors), params: JSON.parse(JSON.stringify(fitted.params)) }
    expect(await scoresOf(await scorerOf(stored), everyone, train.items)).toEqual(
      await scoresOf(await scorerOf(fitted), everyone, train.items),
    )
  })

  test('scores do not depend on the batch they are computed in, nor on other scorers', async () => {
    const fitted = await shared()
    const together = await scoresOf(await scorerOf(fitted), everyone, train.items)
    const [first, second] = [await scorerOf(fitted), await scorerOf(fitted)]
    const [row] = await scoresOf(first, [7], train.items)
    const later = await scoresOf(second, [9, 7], train.items)
    expect([row, ...later]).toEqual([together[7], together[9], together[7]])
  })
}

function littleKnown({ model, isPersonal, scorerOf, compute }: Trials): void {
  test('what it does not know it does not score', async () => {
    const items = 6
    const known = interactionsOf([[0, 1, 2], [0, 1, 3], [1, 2, 3], []], items)
    const fitted = await fitModel(model, known, compute())
    const [user, empty, outside] = await scoresOf(await scorerOf(fitted, known), [0, 3, 4], items)
    expect([4, 5].map((item) => user[item])).toEqual([Number.NaN, Number.NaN])
    expect(user[3]).not.toBeNaN()
    expect([4, 5].map((item) => empty[item])).toEqual([Number.NaN, Number.NaN])
    if (isPersonal) expect(empty.every(Number.isNaN)).toBe(true)
    expect(outside.every(Number.isNaN)).toBe(true)
  })

  test('it survives data without any interaction', async () => {
    const nothing = interactionsOf([[], []], 3)
    const fitted = await fitModel(model, nothing, compute())
    const [scores] = await scoresOf(await scorerOf(fitted, nothing), [0], 3)
    expect(scores.every(Number.isNaN)).toBe(true)
  })

  test('repeated interactions are no error', async () => {
    const repeated = interactionsOf(
      [
        [0, 0, 1],
        [1, 1, 2],
        [2, 0, 2],
      ],
      3,
    )
    const fitted = await fitModel(model, repeated, compute())
    const [scores] = await scoresOf(await scorerOf(fitted, repeated), [0], 3)
    expect(scores.every(Number.isFinite)).toBe(true)
  })
}

function foundItems({ model, isPersonal, isNetwork, many, scorerOf, compute }: Trials): void {
  test.runIf(isPersonal)('it finds what was left out of a block', async () => {
    const { train: sorted, left } = model.feedback === 'explicit' ? ratedBlocks() : blocks()
    const isSequential = model.family === 'Sequences'
    // Sorted histories would teach what follows what.
    const block = isSequential ? inAnyOrder(sorted) : sorted
    // Two components tell two groups apart, a few more where layers make them of histories; as many as there are items
    // would learn the gaps by heart.
    const smallest = { embedding_size: isNetwork && model.foldIn ? 4 : 2 }
    const isFactorised = model.parameters.some(({ name }) => name === 'embedding_size')
    const size = isSequential ? { embedding_size: 16, dropout: 0.5, epochs: 40 } : isFactorised ? smallest : {}
    const fitted = await fitModel(model, block, compute(), {
      params: { ...many, ...size },
    })
    const scores = await scoresOf(await scorerOf(fitted, block), left.keys(), block.items)
    const found = left.map((items, user) => topItems(scores[user], historyOf(block, user), items.length))
    // A network hears of some gaps as drawn items; by chance it would find a sixth.
    if (isNetwork) {
      const hits = found.flatMap((items, user) => items.filter((item) => left[user].includes(item)))
      expect(hits.length / left.flat().length).toBeGreaterThan(0.9)
    } else expect(found.map((items) => items.toSorted((a, b) => a - b))).toEqual(left)
  })
}

function ratedPairs({ model, rated, withDefaults, compute }: Trials): void {
  test.runIf(model.rate)('it rates every pair, also of users and items that it does not know', async () => {
    const fitted = await withDefaults(rated)
    if ((await model.rate?.(fitted, rated)) === null) return
    const pairs = [0, 21, 40].flatMap((user) => [0, 21, 40].map((item) => [user, item] as const))
    const ratings = await ratingsOf(await model.rate?.(fitted, rated), pairs)
    expect(ratings.every(Number.isFinite)).toBe(true)
    for (const [at, pair] of pairs.entries()) {
      expect((await ratingsOf(await model.rate?.(fitted, rated), [pair]))[0], String(pair)).toBe(ratings[at])
    }
    const nothing = interactionsOf([[]], 1)
    const untrained = await fitModel(model, nothing, compute())
    expect(await ratingsOf(await model.rate?.(untrained, nothing), [[0, 0]])).toEqual(Float32Array.of(0))
  })
}

/** The same histories, each in random order. */
function inAnyOrder(interactions: Interactions): Interactions {
  const random = createRandom(1)
  const itemIndices = interactions.itemIndices.slice()
  for (let user = 0; user < interactions.users; user++) {
    const row = itemIndices.subarray(interactions.offsets[user], interactions.offsets[user + 1])
    row.set(shuffled(row.length, random).map((at) => row[at]))
  }
  return { ...interactions, itemIndices }
}
