import { packPanels } from '../models/dot-scorer'
import type { Random } from '../models/random'
import { distancesFrom, somePoints } from './distances'
import { type ProjectionContext, type Space, squaredDistance } from './space'

export interface Clusters {
  readonly k: number
  /** The cluster of each point; clusters are numbered from the largest to the smallest one. */
  readonly labels: Uint32Array
  /** The sum of squared distances to the centres. */
  readonly inertia: number
}

/** Of more points, so many are drawn for finding the centres. */
export const mostFitted = 20_000

const mostRounds = 100
const panelsInChunk = 64

const starts = 3

/**
 * k-means (Lloyd 1982) from centres that are drawn far apart (Arthur and Vassilvitskii 2007), the best of three starts. Of
 * many points some find the centres, and the inertia is theirs.
 */
export async function kMeans(space: Space, wanted: number, context: ProjectionContext): Promise<Clusters> {
  const { count, dimensions, data } = space
  const k = Math.max(1, Math.min(wanted, count))
  const fitted = somePoints(count, mostFitted, context.random.derive('fitted').integer)
  const rows =
    fitted.length === count ? space : { ...space, count: fitted.length, data: rowsOf(data, dimensions, fitted) }
  let best: Found | null = null
  for (let start = 0; start < starts; start++) {
    const found = await oneStart(rows, k, { ...context, random: context.random.derive(`start ${start}`) })
    if (best === null || found.inertia < best.inertia) best = found
    context.report((start + 1) / starts)
  }
  const { centres, labels, inertia } = best as Found
  return bySize({ k, labels: rows === space ? labels : await nearestCentres(space, centres, context), inertia })
}

interface Found {
  labels: Uint32Array
  centres: Float32Array
  inertia: number
}

function rowsOf(data: Float32Array, dimensions: number, rows: Uint32Array): Float32Array {
  const kept = new Float32Array(rows.length * dimensions)
  rows.forEach((row, at) => {
    kept.set(data.subarray(row * dimensions, (row + 1) * dimensions), at * dimensions)
  })
  return kept
}

async function nearestCentres(
  { count, dimensions, data }: Space,
  centres: Float32Array,
  { compute: { kernels }, signal }: ProjectionContext,
): Promise<Uint32Array> {
  const k = centres.length / dimensions
  const labels = new Uint32Array(count)
  await kernels.scoped(async () => {
    const panels = kernels.share(packPanels({ count, dimensions, data }))
    const scores = kernels.float32(count * k)
    const values = [kernels.share(centres), k, panels, count, dimensions, scores, panelsInChunk]
    await kernels.run('scoreChunk', Math.ceil(count / 8 / panelsInChunk), values, signal)
    assign(scores, centres, dimensions, labels)
  })
  return labels
}

async function oneStart(
  space: Space,
  k: number,
  { compute: { kernels }, random, signal }: ProjectionContext,
): Promise<Found> {
  const { count, dimensions } = space
  const centres = farApart(space, k, random)
  const labels = new Uint32Array(count)
  let inertia = Number.POSITIVE_INFINITY
  await kernels.scoped(async () => {
    const panels = kernels.share(packPanels(space))
    const scores = kernels.float32(count * k)
    const shared = kernels.float32(k * dimensions)
    const chunks = Math.ceil(count / 8 / panelsInChunk)
    for (let round = 0; round < mostRounds; round++) {
      shared.set(centres)
      await kernels.run('scoreChunk', chunks, [shared, k, panels, count, dimensions, scores, panelsInChunk], signal)
      const isSame = !assign(scores, centres, dimensions, labels) && round > 0
      inertia = settle(space, labels, centres, k)
      if (isSame) break
    }
  })
  return { labels, centres, inertia }
}

/** k-means++: each centre is a point drawn in proportion to its squared distance to the centres before it. */
function farApart(space: Space, k: number, random: Random): Float32Array {
  const { count, dimensions, data } = space
  const centres = new Float32Array(k * dimensions)
  const nearest = new Float64Array(count).fill(Number.POSITIVE_INFINITY)
  let chosen = random.integer(count)
  for (let centre = 0; centre < k; centre++) {
    centres.set(data.subarray(chosen * dimensions, (chosen + 1) * dimensions), centre * dimensions)
    let sum = 0
    for (let point = 0; point < count; point++) {
      nearest[point] = Math.min(nearest[point], squaredDistance(space, point, chosen))
      sum += nearest[point]
    }
    let left = random.uniform() * sum
    chosen = nearest.findIndex((value) => {
      left -= value
      return value > 0 && left <= 0
    })
    if (chosen < 0) chosen = random.integer(count)
  }
  return centres
}

/** Gives each point the nearest centre by `scores` (centres x points), the first of equally near ones; answers whether any has another one now. */
function assign(scores: Float32Array, centres: Float32Array, dimensions: number, labels: Uint32Array): boolean {
  const [k, count] = [centres.length / dimensions, labels.length]
  const halves = Float64Array.from({ length: k }, (_, centre) => {
    let sum = 0
    for (let at = centre * dimensions; at < (centre + 1) * dimensions; at++) sum += centres[at] * centres[at]
    return sum / 2
  })
  let isChanged = false
  for (let point = 0; point < count; point++) {
    let best = 0
    for (let centre = 1; centre < k; centre++) {
      if (scores[centre * count + point] - halves[centre] > scores[best * count + point] - halves[best]) best = centre
    }
    if (labels[point] !== best) isChanged = true
    labels[point] = best
  }
  return isChanged
}

/** Moves centres to the means of their points, an empty one to where it was; answers the inertia. */
function settle({ count, dimensions, data }: Space, labels: Uint32Array, centres: Float32Array, k: number): number {
  const sums = new Float64Array(k * dimensions)
  const sizes = new Uint32Array(k)
  let squares = 0
  for (let point = 0; point < count; point++) {
    const start = labels[point] * dimensions
    sizes[labels[point]]++
    for (let at = 0; at < dimensions; at++) {
      const value = data[point * dimensions + at]
      sums[start + at] += value
      squares += value * value
    }
  }
  for (let at = 0; at < sums.length; at++) {
    const size = sizes[Math.floor(at / dimensions)]
    if (size === 0) continue
    centres[at] = sums[at] / size
    squares -= (sums[at] * sums[at]) / size
  }
  return Math.max(0, squares)
}

function bySize({ k, labels, inertia }: Clusters): Clusters {
  const sizes = new Uint32Array(k)
  for (const label of labels) sizes[label]++
  const order = Array.from(sizes.keys()).sort((a, b) => sizes[b] - sizes[a] || a - b)
  const places = new Uint32Array(k)
  order.forEach((label, place) => {
    places[label] = place
  })
  return { k, labels: labels.map((label) => places[label]), inertia }
}

/** Points whose silhouette is computed, of more ones. */
export const mostJudged = 1000

/**
 * The mean silhouette (Rousseeuw 1987) of the points, or of some drawn from many: (b - a) / max(a, b) with a the mean
 * distance to the others of the own cluster and b that to the nearest other cluster; 0 in a cluster of one. One value
 * for each of `clusterings`.
 */
export async function silhouettes(
  space: Space,
  clusterings: readonly Clusters[],
  context: ProjectionContext,
): Promise<number[]> {
  const judged = somePoints(space.count, mostJudged, context.random.derive('judged').integer)
  const sums = clusterings.map(() => 0)
  const sizes = clusterings.map(({ k, labels }) => {
    const counts = new Uint32Array(k)
    for (const label of labels) counts[label]++
    return counts
  })
  await distancesFrom(space, judged, context, (point, squared) => {
    const lengths = Float64Array.from(squared, (value) => Math.sqrt(Math.max(0, value)))
    clusterings.forEach(({ k, labels }, at) => {
      const totals = new Float64Array(k)
      for (let other = 0; other < lengths.length; other++) totals[labels[other]] += lengths[other]
      sums[at] += silhouetteOf(totals, sizes[at], labels[point])
    })
  })
  return sums.map((sum) => sum / judged.length)
}

function silhouetteOf(totals: Float64Array, sizes: Uint32Array, own: number): number {
  if (sizes[own] < 2) return 0
  const within = totals[own] / (sizes[own] - 1)
  let between = Number.POSITIVE_INFINITY
  totals.forEach((total, cluster) => {
    if (cluster !== own && sizes[cluster] > 0) between = Math.min(between, total / sizes[cluster])
  })
  if (between === Number.POSITIVE_INFINITY) return 0
  const larger = Math.max(within, between)
  return larger > 0 ? (between - within) / larger : 0
}

/**
 * Where the curve of inertias bends most: the number of clusters farthest below the line from the first to the last one
 * (Satopaa et al. 2011, Finding a "kneedle" in a haystack, without smoothing).
 */
export function elbow(inertias: readonly number[]): number {
  const last = inertias.length - 1
  const fall = inertias[0] - inertias[last]
  if (last < 2 || !(fall > 0)) return 0
  const below = inertias.map((value, at) => 1 - at / last - (value - inertias[last]) / fall)
  return below.indexOf(Math.max(...below))
}
