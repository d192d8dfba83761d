import type { ClusterTrial, ProjectionSettings } from '../contract/projection'
import type { Vectors } from '../models/model'
import { somePoints } from './distances'
import { type Clusters, elbow, kMeans, silhouettes } from './k-means'
import { principalComponents } from './pca'
import { type ProjectionContext, part, type Space, spaceOf } from './space'
import { tsne } from './t-sne'
import { trustworthiness } from './trustworthiness'
import { umap, umapEpochs } from './umap'

/** A map of vectors, and what is known of it. */
export interface Projected {
  /** x, y of each vector. */
  readonly positions: Float32Array
  readonly explained: number[] | null
  readonly trustworthiness: number | null
  /** Beside one another: what was tried, and which cluster each vector is in. */
  readonly trials: ClusterTrial[]
  readonly labels: Uint8Array[]
  readonly bestClusters: number | null
  readonly elbowClusters: number | null
}

/** Neighbours that trustworthiness looks at, and points that stand for all. */
const judgedNeighbours = 15
const mostJudged = 1000
/** Numbers of clusters that are tried, and the points that there must be for each of them. */
const clusterCounts = [2, 12] as const
const leastPointsOfCluster = 4

export async function project(
  vectors: Vectors,
  settings: ProjectionSettings,
  context: ProjectionContext,
): Promise<Projected> {
  const space = spaceOf(vectors, settings.distance)
  const { positions, explained } = await layOut(space, settings, part(context, 0, 0.7))
  const judged = somePoints(space.count, mostJudged, context.random.derive('trust').integer)
  const trust = await trustworthiness(space, positions, judgedNeighbours, judged, part(context, 0.7, 0.8))
  const clusters = await clusterings(space, part(context, 0.8, 1))
  return { positions, explained, trustworthiness: Number.isNaN(trust) ? null : trust, ...clusters }
}

async function layOut(space: Space, settings: ProjectionSettings, context: ProjectionContext) {
  switch (settings.method) {
    case 'pca': {
      const { coordinates, explained } = await principalComponents(space, 2, context)
      return { positions: coordinates, explained: Array.from(explained) }
    }
    case 'umap': {
      const epochs = settings.epochs ?? umapEpochs(space.count)
      const options = { neighbours: settings.neighbours, minDistance: settings.min_distance, spread: 1, negatives: 5 }
      return { positions: await umap(space, { ...options, epochs }, context), explained: null }
    }
    case 't-sne':
      return { positions: await tsne(space, settings, context), explained: null }
  }
}

async function clusterings(space: Space, context: ProjectionContext) {
  const [least, most] = clusterCounts
  const found: Clusters[] = []
  for (let k = least; k <= Math.min(most, Math.floor(space.count / leastPointsOfCluster)); k++) {
    const share = [(0.8 * (k - least)) / most, (0.8 * (k + 1 - least)) / most] as const
    found.push(await kMeans(space, k, part({ ...context, random: context.random.derive(`clusters ${k}`) }, ...share)))
  }
  const means = found.length === 0 ? [] : await silhouettes(space, found, part(context, 0.8, 1))
  const trials = found.map(({ k, inertia }, at) => ({ k, inertia, silhouette: means[at] }))
  const best = trials.reduce<ClusterTrial | null>((a, b) => (a === null || b.silhouette > a.silhouette ? b : a), null)
  return {
    trials,
    labels: found.map(({ labels }) => Uint8Array.from(labels)),
    bestClusters: best?.k ?? null,
    elbowClusters: trials[elbow(trials.map(({ inertia }) => inertia))]?.k ?? null,
  }
}
