import type { PairedComparison, RunMean, SignificanceSettings } from '../../contract/comparison'
import { createRandom } from '../../models/random'
import { bcaInterval, resampledMeans } from './bootstrap'
import { holm } from './holm'
import { momentsOf } from './moments'
import { differencesOf, pairedTest } from './paired-test'

export interface CompareRequest extends SignificanceSettings {
  /** Of each run the values of the same users in the same order; two users or more. */
  values: readonly Float64Array[]
  /** The place of the run that the others are compared with. */
  reference: number
  direction: 'higher' | 'lower'
}

export interface Compared {
  runs: RunMean[]
  /** Each run but the reference, in their order. */
  pairs: PairedComparison[]
}

/** Runs against one of them: intervals by the bootstrap over users, a paired test, Holm's correction, effect sizes. */
export function compareRuns(request: CompareRequest): Compared {
  const { values, reference, level, resamples, seed } = request
  const random = createRandom(seed)
  const resampled = resampledMeans(values, resamples, random.derive('bootstrap'))
  const runs = values.map((own, at) => ({ mean: meanOf(own), interval: bcaInterval(own, resampled[at], level) }))
  const others = [...values.keys()].filter((at) => at !== reference)
  const pairs = others.map((at) => {
    const differences = differencesOf(values[at], values[reference])
    const interval = bcaInterval(differences, differencesOf(resampled[at], resampled[reference]), level)
    return {
      interval,
      ...pairedTest(differences, { ...request, random }),
      ...effectsOf(differences, request.direction),
    }
  })
  const corrected = holm(pairs.map(({ p }) => p))
  return { runs, pairs: pairs.map((pair, at) => ({ ...pair, corrected: corrected[at] })) }
}

/** Cohen 1988, Statistical power analysis for the behavioral sciences, 2.3.5: d_z; and who gains and who loses. */
function effectsOf(differences: Float64Array, direction: CompareRequest['direction']) {
  const { mean, deviation, count } = momentsOf(differences)
  const [above, below] = [differences.filter((each) => each > 0).length, differences.filter((each) => each < 0).length]
  return {
    difference: mean,
    effect: deviation > 0 ? mean / deviation : null,
    better: direction === 'higher' ? above : below,
    equal: count - above - below,
    worse: direction === 'higher' ? below : above,
  }
}

function meanOf(values: Float64Array): number {
  return momentsOf(values).mean
}
