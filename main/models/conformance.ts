import { afterAll, beforeAll, expect, test } from 'vitest'
import { createCompute } from '../compute/create'
import { presetOf } from '../contract/parameters'
import type { Checkpoint } from './checkpoint'
import { historiesConformance } from './conformance-histories'
import type { FitProgress, FittedModel, Interactions, Model, Parameters, Tensors } from './model'
import { capabilitiesOf } from './model'
import { shuffled } from './neural/train'
import { createRandom } from './random'
import { checkParameters } from './registry'
import {
  blocks,
  type FitOptions,
  fitModel,
  historyOf,
  interactionsOf,
  keptCheckpoints,
  ratedBlocks,
  ratingsOf,
  scoresOf,
  tastes,
  topItems,
} from './testing'

/** What every model must hold to. Baselines give everyone the same list; all others need a history to recommend. */
export function conformance(model: Model): void {
  const isPersonal = model.family !== 'Baselines'
  const train = tastes(120, 83, 14)
  const rated = ratedBlocks().train
  const everyone = Array.from({ length: train.users }, (_, user) => user)
  const computes: Awaited<ReturnType<typeof createCompute>>[] = []

  beforeAll(async () => {
    for (const threads of [1, 2, 3]) computes.push(await createCompute({ threads }))
  })
  afterAll(() => Promise.all(computes.map((compute) => compute.close())))

  /** A network is right or wrong after few steps; only what it must have learned takes many. */
  const isNetwork = model.parameters.some(({ name }) => name === 'batch_size')
  const [few, many] = isNetwork ? [{ epochs: 3 }, { epochs: 10, batch_size: 32, learning_rate: 0.01 }] : [{}, {}]
  const trained = (threads = 2, options: FitOptions = {}) =>
    fitModel(model, train, computes[threads - 1], { ...options, params: { ...few, ...options.params } })
  const fits = new Map<string, { fitted: Promise<FittedModel>; reports: FitProgress[] }>()
  /** A fit that is only looked at, with what it reported: the tests share it. */
  const once = (data: Interactions, params: Parameters) => {
    const key = `${data === train ? 'tastes' : 'ratings'} ${JSON.stringify(params)}`
    const reports: FitProgress[] = []
    const report = (progress: FitProgress) => reports.push(progress)
    const fit = fits.get(key) ?? { fitted: fitModel(model, data, computes[1], { params, report }), reports }
    fits.set(key, fit)
    return fit
  }
  const shared = () => once(train, few).fitted
  const withDefaults = (data: Interactions) => once(data, {}).fitted
  const scorerOf = async (fitted: FittedModel, interactions = train) => {
    if (!model.score) throw new Error(`${model.id} cannot score`)
    return model.score(fitted, interactions)
  }

  test('its defaults are valid and survive JSON', () => {
    const params = checkParameters(model, {})
    expect(Object.keys(params)).toEqual(model.parameters.map((parameter) => parameter.name))
    expect(checkParameters(model, JSON.parse(JSON.stringify(params)))).toEqual(params)
    expect(capabilitiesOf(model)).toContain('score')
  })

  test('its presets are valid, each another one, the first the default, and each named once', () => {
    const [first, ...others] = model.presets
    expect(first.params).toEqual({})
    const filled = model.presets.map(({ params }) => JSON.stringify(checkParameters(model, params)))
    expect(new Set(filled).size).toBe(filled.length)
    for (const word of ['id', 'name', 'meaning'] as const) {
      expect(new Set(model.presets.map((preset) => preset[word])).size).toBe(model.presets.length)
    }
    // What a preset names differs from the default, so that a default which changes is heard of.
    const defaults = checkParameters(model, {})
    for (const { params } of others) {
      for (const [name, value] of Object.entries(params)) expect(value, name).not.toBe(defaults[name])
    }
    for (const preset of model.presets) expect(presetOf(model, checkParameters(model, preset.params))).toBe(preset)
  })

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

  test('what it does not know it does not score', async () => {
    const items = 6
    const known = interactionsOf([[0, 1, 2], [0, 1, 3], [1, 2, 3], []], items)
    const fitted = await fitModel(model, known, computes[1])
    const [user, empty, outside] = await scoresOf(await scorerOf(fitted, known), [0, 3, 4], items)
    expect([4, 5].map((item) => user[item])).toEqual([Number.NaN, Number.NaN])
    expect(user[3]).not.toBeNaN()
    expect([4, 5].map((item) => empty[item])).toEqual([Number.NaN, Number.NaN])
    if (isPersonal) expect(empty.every(Number.isNaN)).toBe(true)
    expect(outside.every(Number.isNaN)).toBe(true)
  })

  test('it survives data without any interaction', async () => {
    const nothing = interactionsOf([[], []], 3)
    const fitted = await fitModel(model, nothing, computes[1])
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
    const fitted = await fitModel(model, repeated, computes[1])
    const [scores] = await scoresOf(await scorerOf(fitted, repeated), [0], 3)
    expect(scores.every(Number.isFinite)).toBe(true)
  })

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
    const fitted = await fitModel(model, block, computes[1], {
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

  test('its progress goes up and ends at 1', async () => {
    const { fitted, reports } = once(train, few)
    await fitted
    const fractions = reports.map(({ fraction }) => fraction ?? 0)
    expect(fractions).toEqual(fractions.toSorted((a, b) => a - b))
    expect(fractions.at(-1)).toBe(1)
    const values = reports.flatMap((progress) => Object.values(progress.values ?? {}))
    expect(values.every(Number.isFinite)).toBe(true)
  })

  test.runIf(isNetwork || model.checkpoint)(
    'it goes on from any checkpoint to the same result, bit for bit',
    async () => {
      expect(capabilitiesOf(model)).toContain('checkpoint')
      const kept: Checkpoint[] = []
      const whole = await trained(2, { checkpoints: keptCheckpoints(kept) })
      for (const share of [0.5, 1]) {
        const last = asStored(kept[Math.floor(share * (kept.length - 1))])
        const saved: Checkpoint[] = []
        const resumed = await trained(2, { checkpoints: keptCheckpoints(saved, { last }) })
        expect(resumed.tensors).toEqual(whole.tensors)
        expect(saved.at(-1)).toEqual(kept.at(-1))
      }
    },
  )

  test('it does not begin once cancelled', async () => {
    const reason = new Error('cancelled before the start')
    await expect(trained(2, { signal: AbortSignal.abort(reason) })).rejects.toBe(reason)
  })

  test('it ends with the reason when it is cancelled while it works', async () => {
    const large = tastes(3000, 1500, 60)
    const endless = Object.fromEntries(
      model.parameters.filter(({ name }) => name === 'epochs').map((p) => [p.name, 1000]),
    )
    const controller = new AbortController()
    const reason = new Error('cancelled on the way')
    let fraction: number | null = 0
    setImmediate(() => controller.abort(reason))
    const options = {
      params: endless,
      signal: controller.signal,
      report: (progress: FitProgress) => {
        fraction = progress.fraction
      },
    }
    const outcome = await fitModel(model, large, computes[1], options).catch((error) => error)
    // What is done before anything else can run cannot be cancelled.
    expect(controller.signal.aborted ? outcome : fraction).toBe(controller.signal.aborted ? reason : 1)
    if (controller.signal.aborted) expect(fraction).not.toBe(1)
    // The threads are free for other work.
    await expect(trained()).resolves.toBeDefined()
  })

  test('it says how much memory it needs', () => {
    const params = checkParameters(model, {})
    const small = model.estimateBytes({ users: 100, items: 100, interactions: 1000 }, params)
    // What a network holds for a step is the same on any data.
    const large = model.estimateBytes({ users: 200_000, items: 50_000, interactions: 20_000_000 }, params)
    expect(small).toBeGreaterThan(0)
    expect(large).toBeGreaterThan(10 * small)
  })

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
    const untrained = await fitModel(model, nothing, computes[1])
    expect(await ratingsOf(await model.rate?.(untrained, nothing), [[0, 0]])).toEqual(Float32Array.of(0))
  })

  historiesConformance(model, { train, rated, shared, withDefaults, scorerOf })
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

function asStored({ tensors, state }: Checkpoint): Checkpoint {
  return { tensors: copyOf(tensors), state: JSON.parse(JSON.stringify(state)) }
}

/** As if written to a file and read again. */
function copyOf(tensors: Tensors): Tensors {
  return Object.fromEntries(
    Object.entries(tensors).map(([name, { shape, data }]) => [name, { shape: [...shape], data: data.slice() }]),
  )
}
