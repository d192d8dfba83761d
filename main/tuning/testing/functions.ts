import type { Parameter } from '../../contract/parameters'
import { defaultSpace, type Rung } from '../../contract/tuning'
import { nextStep, type Search, type Trial } from '../next-step'
import { type Params, searchSpace } from '../space'

/** Functions whose minimum is known, as losses of parameters. */
export interface Known {
  parameters: Parameter[]
  minimum: number
  at(params: Params): number
}

const number = (name: string, minimum: number, maximum: number): Parameter => ({
  name,
  type: 'number',
  default: minimum + (maximum - minimum) / 3,
  minimum,
  maximum,
  search: [minimum, maximum],
  meaning: '',
})

/** Branin and Hoo 1972: three minima of 0.397887. */
export const branin: Known = {
  parameters: [number('x', -5, 10), number('y', 0, 15)],
  minimum: 0.397887,
  at({ x, y }) {
    const [a, b] = [Number(x), Number(y)]
    const bend = b - (5.1 / (4 * Math.PI ** 2)) * a ** 2 + (5 / Math.PI) * a - 6
    return bend ** 2 + 10 * (1 - 1 / (8 * Math.PI)) * Math.cos(a) + 10
  },
}

const alpha = [1, 1.2, 3, 3.2]
const scales = [
  [10, 3, 17, 3.5, 1.7, 8],
  [0.05, 10, 17, 0.1, 8, 14],
  [3, 3.5, 1.7, 10, 17, 8],
  [17, 8, 0.05, 10, 0.1, 14],
]
const centres = [
  [1312, 1696, 5569, 124, 8283, 5886],
  [2329, 4135, 8307, 3736, 1004, 9991],
  [2348, 1451, 3522, 2883, 3047, 6650],
  [4047, 8828, 8732, 5743, 1091, 381],
]

/** Hartmann 1973 in six dimensions: a minimum of -3.32237 at (0.20169, 0.150011, 0.476874, 0.275332, 0.311652, 0.6573). */
export const hartmann: Known = {
  parameters: ['a', 'b', 'c', 'd', 'e', 'f'].map((name) => number(name, 0, 1)),
  minimum: -3.32237,
  at: ({ a, b, c, d, e, f }) =>
    -[0, 1, 2, 3].reduce((sum, row) => {
      const distance = [a, b, c, d, e, f].reduce<number>(
        (total, place, at) => total + scales[row][at] * (Number(place) - centres[row][at] / 10_000) ** 2,
        0,
      )
      return sum + alpha[row] * Math.exp(-distance)
    }, 0),
}

export function searchOf(parameters: Parameter[], changes: Partial<Search> = {}): Search {
  const models = [
    { space: searchSpace({ parameters }, { model: 'one', space: defaultSpace({ parameters }) }), rungs: [1] },
  ]
  return { sampler: 'tpe', seed: 1, objectives: ['rmse'], models, ...changes }
}

export function rungOf(rung: number, share: number, values: Record<string, number>): Rung {
  const [startedAt, endedAt] = ['', '']
  return { rung, share, epochs: null, values, fitSeconds: 0, evaluateSeconds: 0, peakBytes: 0, startedAt, endedAt }
}

/** Does all steps of a study, one after the other; `judge` says what a trial gives at a share of its training. */
export function study(
  search: Search,
  count: number,
  judge: (params: Params, share: number, model: string) => Record<string, number>,
): Trial[] {
  const trials: Trial[] = []
  for (;;) {
    const step = nextStep(search, trials, trials.length < count ? 'all' : 'climbs')
    if (!step) return trials
    if (step.kind === 'begin') {
      const { number, model, params } = step
      trials.push({ number, model, params, state: 'waiting', rungs: [], values: null })
    }
    const trial = trials[step.number - 1]
    const { rungs } = search.models.find(({ space }) => space.model === trial.model) ?? search.models[0]
    const share = rungs[trial.rungs.length]
    const values = judge(trial.params, share, trial.model)
    const state = share === 1 ? 'done' : 'waiting'
    trials[step.number - 1] = {
      ...trial,
      state,
      values,
      rungs: [...trial.rungs, rungOf(trial.rungs.length, share, values)],
    }
  }
}
