import { afterAll, beforeAll } from 'vitest'
import type { Compute } from '../../compute/compute'
import { createCompute } from '../../compute/create'
import type { FitProgress, FittedModel, Interactions, Model, Parameters, Scorer, Tensors } from '../model'
import { type FitOptions, fitModel, ratedBlocks, tastes } from '../testing'

type Computes = Awaited<ReturnType<typeof createCompute>>[]

/** Data, and fits of it that the tests of a model share. */
export type Trials = ReturnType<typeof createTrials>

export function createTrials(model: Model) {
  const train = tastes(120, 83, 14)
  const rated = ratedBlocks().train
  const computes: Computes = []
  beforeAll(async () => {
    for (const threads of [1, 2, 3]) computes.push(await createCompute({ threads }))
  })
  afterAll(() => Promise.all(computes.map((compute) => compute.close())))
  const compute = (threads = 2): Compute => computes[threads - 1]

  /** A network is right or wrong after few steps; only what it must have learned takes many. */
  const isNetwork = model.parameters.some(({ name }) => name === 'batch_size')
  const [few, many] = isNetwork ? [{ epochs: 3 }, { epochs: 10, batch_size: 32, learning_rate: 0.01 }] : [{}, {}]
  const trained = (threads = 2, options: FitOptions = {}) =>
    fitModel(model, train, compute(threads), { ...options, params: { ...few, ...options.params } })
  const fits = new Map<string, { fitted: Promise<FittedModel>; reports: FitProgress[] }>()
  /** A fit that is only looked at, with what it reported: the tests share it. */
  const once = (data: Interactions, params: Parameters) => {
    const key = `${data === train ? 'tastes' : 'ratings'} ${JSON.stringify(params)}`
    const reports: FitProgress[] = []
    const report = (progress: FitProgress) => reports.push(progress)
    const fit = fits.get(key) ?? { fitted: fitModel(model, data, compute(), { params, report }), reports }
    fits.set(key, fit)
    return fit
  }
  return {
    model,
    train,
    rated,
    compute,
    isNetwork,
    /** Baselines give everyone the same list; all others need a history to recommend. */
    isPersonal: model.family !== 'Baselines',
    few,
    many,
    trained,
    once,
    /** Of `train`, with few epochs. */
    shared: () => once(train, few).fitted,
    withDefaults: (data: Interactions) => once(data, {}).fitted,
    async scorerOf(fitted: FittedModel, interactions = train): Promise<Scorer> {
      if (!model.score) throw new Error(`${model.id} cannot score`)
      return model.score(fitted, interactions)
    },
  }
}

/** As if written to a file and read again. */
export function copyOf(tensors: Tensors): Tensors {
  return Object.fromEntries(
    Object.entries(tensors).map(([name, { shape, data }]) => [name, { shape: [...shape], data: data.slice() }]),
  )
}
