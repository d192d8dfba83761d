import type { Interval } from '../../contract/comparison'
import type { Random } from '../../models/random'
import { normalQuantile, normalUpper } from './distributions'

/**
 * Means of columns over resamples of the rows: each time as many rows as there are, drawn with replacement, the same for
 * all columns, so that differences of columns stay paired (Efron 1979, Bootstrap methods). One array of means a column.
 */
export function resampledMeans(
  columns: readonly Float64Array[],
  resamples: number,
  random: Random,
): Float64Array<ArrayBuffer>[] {
  const rows = columns[0].length
  const times = new Uint32Array(rows)
  const means = columns.map(() => new Float64Array(resamples))
  for (let resample = 0; resample < resamples; resample++) {
    times.fill(0)
    for (let draw = 0; draw < rows; draw++) times[(random.uniform() * rows) >>> 0]++
    columns.forEach((column, at) => {
      means[at][resample] = weightedSum(column, times) / rows
    })
  }
  return means
}

function weightedSum(values: Float64Array, times: Uint32Array): number {
  let sum = 0
  for (let row = 0; row < values.length; row++) sum += values[row] * times[row]
  return sum
}

/**
 * The bias-corrected and accelerated (BCa) interval of a mean from its resamples (Efron 1987, Better bootstrap confidence
 * intervals): percentiles moved by z0, which tells how many resamples lie below the mean, and by the acceleration of the
 * jackknife, for a mean sum((x - m)^3) / (6 sum((x - m)^2)^1.5).
 */
export function bcaInterval(values: Float64Array, resampled: Float64Array, level: number): Interval {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length
  const sorted = resampled.toSorted()
  const z0 = normalQuantile(shareBelow(sorted, mean))
  const a = acceleration(values, mean)
  const end = (probability: number) => {
    const z = normalQuantile(probability)
    // A mean outside all its resamples leaves nothing to correct by.
    if (!Number.isFinite(z0)) return percentile(sorted, probability)
    return percentile(sorted, normalUpper(-(z0 + (z0 + z) / (1 - a * (z0 + z)))))
  }
  return { from: end((1 - level) / 2), to: end((1 + level) / 2) }
}

/** Values that are equal to the mean, but for rounding, count half. */
function shareBelow(sorted: Float64Array, mean: number): number {
  const rounding = 1e-12 * (Math.abs(sorted[0]) + Math.abs(sorted[sorted.length - 1]))
  let [below, equal] = [0, 0]
  for (const value of sorted) {
    if (Math.abs(value - mean) <= rounding) equal++
    else if (value < mean) below++
  }
  return (below + equal / 2) / sorted.length
}

function acceleration(values: Float64Array, mean: number): number {
  let [squares, cubes] = [0, 0]
  for (const value of values) {
    const away = value - mean
    squares += away * away
    cubes += away * away * away
  }
  return squares === 0 ? 0 : cubes / (6 * squares ** 1.5)
}

/** Between two neighbours in proportion (Hyndman and Fan 1996, definition 7). */
function percentile(sorted: Float64Array, probability: number): number {
  const place = probability * (sorted.length - 1)
  const below = Math.floor(place)
  const above = Math.min(below + 1, sorted.length - 1)
  return sorted[below] + (place - below) * (sorted[above] - sorted[below])
}
