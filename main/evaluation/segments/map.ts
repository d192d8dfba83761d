import type { PairedTest } from '../../contract/comparison'
import type { SegmentGap, SegmentResult, SegmentTest } from '../../contract/segments'
import { createRandom } from '../../models/random'
import { groupGap } from '../group-gap'
import { holm } from '../significance/holm'
import { differencesOf, pairedTest } from '../significance/paired-test'
import type { Segment } from './segment'

/** A segment with the values that each run has of the same users. */
export interface SegmentValues {
  segment: Segment
  /** Beside one another for the runs. */
  values: readonly Float64Array[]
}

export interface MapSettings {
  direction: 'higher' | 'lower'
  test: PairedTest
  resamples: number
  seed: number
  /** The place of the run that wins over all users. */
  winner: number
}

/**
 * Of each segment the means of all runs, the best against the second best, and the best against the overall winner
 * where that is another one. Each of the two families of tests is corrected over all segments.
 */
export function mapOf(segments: readonly SegmentValues[], settings: MapSettings): SegmentResult[] {
  const random = createRandom(settings.seed)
  const found = segments.map(({ segment, values }) => {
    const users = values[0].length
    const means = values.map((own) => (users === 0 ? null : own.reduce((sum, value) => sum + value, 0) / users))
    const [best = null, second = null] = users === 0 ? [] : ranked(means as number[], settings.direction)
    const test = (better: number | null, worse: number | null): SegmentTest | null => {
      if (better === null || worse === null || better === worse || users < 2) return null
      const differences = differencesOf(values[better], values[worse])
      const { p } = pairedTest(differences, { ...settings, random })
      const difference = (means[better] as number) - (means[worse] as number)
      return { better, worse, difference, p, corrected: p }
    }
    const lead = test(best, second)
    // A run that is as good as the best has not lost.
    const hasLost = best !== null && means[best] !== means[settings.winner]
    const upset = hasLost ? test(best, settings.winner) : null
    return { name: segment.name, members: segment.members.length, users, means, best, lead, upset }
  })
  correct(found.map(({ lead }) => lead))
  correct(found.map(({ upset }) => upset))
  return found
}

/** Places from best to worst; of equal means the first. */
export function ranked(means: readonly number[], direction: 'higher' | 'lower'): number[] {
  const sign = direction === 'higher' ? -1 : 1
  return [...means.keys()].sort((a, b) => sign * (means[a] - means[b]) || a - b)
}

/** What was not tested counts as not found, so that a family is as large as the map. */
function correct(tests: readonly (SegmentTest | null)[]): void {
  const corrected = holm(tests.map((test) => test?.p ?? 1))
  tests.forEach((test, at) => {
    if (test) test.corrected = corrected[at]
  })
}

/** Of each run how far its means over segments are apart. */
export function gapsOf(segments: readonly SegmentResult[], runs: number): (SegmentGap | null)[] {
  return Array.from({ length: runs }, (_, run) => {
    const found = groupGap(segments.map(({ means }, at) => ({ group: String(at), mean: means[run] })))
    return found && { gap: found.gap, highest: Number(found.highest), lowest: Number(found.lowest) }
  })
}
