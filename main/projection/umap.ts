import type { Kernels } from '../compute/kernels/kernels'
import { type Graph, symmetric } from './graph'
import { type Neighbours, nearestNeighbours } from './neighbours'
import { principalComponents } from './pca'
import { distanceOf, type ProjectionContext, part, type Space } from './space'
import { attractions, repulsions, tableSize } from './umap-curve'

export interface UmapOptions {
  /** Neighbours of a point, itself counted, as umap-learn counts. */
  readonly neighbours: number
  /** How near points may lie. */
  readonly minDistance: number
  readonly spread: number
  readonly epochs: number
  /** Points that push for each neighbour that pulls. */
  readonly negatives: number
}

/** As umap-learn chooses them. */
export const umapEpochs = (points: number) => (points <= 10_000 ? 500 : 200)

const pointsInChunk = 256
/** The widest side of where points begin. */
const startWidth = 10

/**
 * UMAP (McInnes, Healy and Melville 2018): neighbours as a fuzzy graph, and a layout in which neighbours pull and strangers
 * push. It begins at the principal components. Points move together, each from where the others were an epoch ago, so
 * that the result does not depend on threads.
 */
export async function umap(space: Space, options: UmapOptions, context: ProjectionContext): Promise<Float32Array> {
  const nearest = await nearestNeighbours(space, options.neighbours - 1, part(context, 0, 0.25))
  const { coordinates } = await principalComponents(space, 2, part(context, 0.25, 0.3))
  const graph = pruned(fuzzyGraph(space, nearest), options.epochs)
  return layOut(startingAt(coordinates, context), graph, options, part(context, 0.3, 1))
}

/** Weights of neighbours between 0 and 1, joined from both sides to the chance that at least one of them holds. */
export function fuzzyGraph(space: Pick<Space, 'distance'>, nearest: Neighbours): Graph {
  const { k, squared } = nearest
  const weights = new Float32Array(squared.length)
  const distances = Float64Array.from(squared, (value) => distanceOf(space, value))
  const mean = distances.reduce((sum, value) => sum + value, 0) / Math.max(1, distances.length)
  for (let start = 0; start < distances.length; start += k) {
    const own = distances.subarray(start, start + k)
    const nearestOther = own.find((value) => value > 0) ?? 0
    const width = widthOf(own, nearestOther, mean)
    own.forEach((value, at) => {
      weights[start + at] = value <= nearestOther || width === 0 ? 1 : Math.exp(-(value - nearestOther) / width)
    })
  }
  return symmetric(nearest, weights, (there, back) => there + back - there * back)
}

/** The width at which the weights of the neighbours add up to log2(k + 1), the point itself not counted. */
function widthOf(distances: Float64Array, nearest: number, mean: number): number {
  const wanted = Math.log2(distances.length + 1)
  let [low, high, width] = [0, Number.POSITIVE_INFINITY, 1]
  for (let step = 0; step < 64; step++) {
    let sum = 0
    for (const value of distances) sum += value > nearest ? Math.exp(-(value - nearest) / width) : 1
    if (Math.abs(sum - wanted) < 1e-5) break
    if (sum > wanted) high = width
    else low = width
    width = high === Number.POSITIVE_INFINITY ? width * 2 : (low + high) / 2
  }
  const own = distances.reduce((sum, value) => sum + value, 0) / Math.max(1, distances.length)
  return Math.max(width, 1e-3 * (nearest > 0 ? own : mean))
}

/** Without edges that are too light to be drawn even once. */
function pruned({ offsets, neighbours, weights }: Graph, epochs: number): Graph {
  const least = weights.reduce((best, weight) => Math.max(best, weight), 0) / epochs
  const kept = Uint32Array.from(weights.keys()).filter((at) => weights[at] >= least)
  const before = new Uint32Array(weights.length + 1)
  for (let at = 0; at < weights.length; at++) before[at + 1] = before[at] + (weights[at] >= least ? 1 : 0)
  return {
    offsets: offsets.map((offset) => before[offset]),
    neighbours: kept.map((at) => neighbours[at]),
    weights: Float32Array.from(kept, (at) => weights[at]),
  }
}

/** As wide as the layout needs, with a little noise, so that points that are alike can part. */
function startingAt(coordinates: Float32Array, { random }: ProjectionContext): Float32Array {
  const widest = coordinates.reduce((best, value) => Math.max(best, Math.abs(value)), 0)
  const factor = widest > 0 ? startWidth / widest : 0
  const { normal } = random.derive('start')
  return coordinates.map((value) => value * factor + 1e-4 * normal())
}

async function layOut(start: Float32Array, graph: Graph, options: UmapOptions, context: ProjectionContext) {
  const { kernels } = context.compute
  return kernels.scoped(async () => {
    const positions = await run(kernels, start, graph, options, context)
    return positions.slice()
  })
}

async function run(
  kernels: Kernels,
  start: Float32Array,
  graph: Graph,
  { minDistance, spread, epochs, negatives }: UmapOptions,
  { random, signal, report }: ProjectionContext,
): Promise<Float32Array> {
  const points = start.length / 2
  const strongest = graph.weights.reduce((best, weight) => Math.max(best, weight), 0)
  let [from, to] = [kernels.share(start), kernels.float32(start.length)]
  const offsets = kernels.share(graph.offsets)
  const neighbours = kernels.share(graph.neighbours)
  const periods = kernels.share(graph.weights.map((weight) => strongest / weight))
  const pull = kernels.float32(tableSize)
  pull.set(attractions(minDistance, spread))
  const push = kernels.float32(tableSize)
  push.set(repulsions(minDistance, spread))
  const states = kernels.uint32(2 * kernels.threads)
  const seed = random.derive('strangers').integer(2 ** 31)
  for (let epoch = 1; epoch <= epochs; epoch++) {
    const rate = 1 - (epoch - 1) / epochs
    const edges = [offsets, neighbours, periods, pull, push]
    const values = [points, from, to, ...edges, epoch, rate, negatives, seed, states, pointsInChunk]
    await kernels.run('umapChunk', Math.ceil(points / pointsInChunk), values, signal)
    ;[from, to] = [to, from]
    report(epoch / epochs)
  }
  return from
}
