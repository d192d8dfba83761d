import type { Kernels } from '../compute/kernels/kernels'
import { type Graph, symmetric } from './graph'
import { type Neighbours, nearestNeighbours } from './neighbours'
import { principalComponents } from './pca'
import { fillTree, leafPoints, makeTree } from './point-tree'
import { type ProjectionContext, part, type Space } from './space'

export interface TsneOptions {
  /** About how many neighbours count for a point. */
  readonly perplexity: number
  readonly iterations: number
}

/** Iterations at the start in which neighbours pull more strongly, and how much (Belkina et al. 2019). */
const earlyIterations = 250
const exaggeration = 12
const earlyMomentum = 0.5
const lateMomentum = 0.8
const leastRate = 200
/** How wide a node may be, of its distance, to act as one point. */
const angle = 0.5
const startDeviation = 1e-4
const pointsInChunk = 256
const leavesInChunk = 16

/**
 * t-SNE (van der Maaten and Hinton 2008; with a tree, van der Maaten 2014): distances to neighbours become chances, and
 * the layout's chances, of a heavier tail, are brought near to them. It begins at the principal components.
 */
export async function tsne(space: Space, options: TsneOptions, context: ProjectionContext): Promise<Float32Array> {
  const perplexity = Math.max(1, Math.min(options.perplexity, (space.count - 1) / 3))
  const nearest = await nearestNeighbours(space, Math.ceil(3 * perplexity), part(context, 0, 0.15))
  const { coordinates } = await principalComponents(space, 2, part(context, 0.15, 0.2))
  const graph = chances(nearest, perplexity)
  return descend(startingAt(coordinates, context), graph, options.iterations, part(context, 0.2, 1))
}

/** Chances of pairs of neighbours, all together 1, for the perplexity around each point. */
export function chances(nearest: Neighbours, perplexity: number): Graph {
  const { k, squared } = nearest
  const points = k === 0 ? 0 : squared.length / k
  const weights = new Float32Array(squared.length)
  for (let start = 0; start < squared.length; start += k) {
    fillChances(squared.subarray(start, start + k), perplexity, weights.subarray(start, start + k))
  }
  return symmetric(nearest, weights, (there, back) => (there + back) / (2 * points))
}

/** exp(-precision d^2), scaled to the sum 1, of the precision whose entropy is the logarithm of the perplexity. */
function fillChances(squared: Float32Array, perplexity: number, into: Float32Array): void {
  const wanted = Math.log(perplexity)
  const nearest = squared[0]
  let [low, high] = [0, Number.POSITIVE_INFINITY]
  let precision = 1 / (squared.reduce((sum, value) => sum + value - nearest, 0) / squared.length || 1)
  for (let step = 0; step < 60; step++) {
    let [sum, weighted] = [0, 0]
    for (let at = 0; at < squared.length; at++) {
      const beyond = squared[at] - nearest
      into[at] = Math.exp(-precision * beyond)
      sum += into[at]
      weighted += beyond * into[at]
    }
    const entropy = Math.log(sum) + (precision * weighted) / sum
    for (let at = 0; at < into.length; at++) into[at] /= sum
    if (Math.abs(entropy - wanted) < 1e-5) return
    if (entropy > wanted) low = precision
    else high = precision
    precision = high === Number.POSITIVE_INFINITY ? precision * 2 : (low + high) / 2
  }
}

function startingAt(coordinates: Float32Array, { random }: ProjectionContext): Float32Array {
  let squares = 0
  for (let at = 0; at < coordinates.length; at += 2) squares += coordinates[at] ** 2
  const deviation = Math.sqrt(squares / Math.max(1, coordinates.length / 2))
  const { normal } = random.derive('start')
  const factor = deviation > 0 ? startDeviation / deviation : 0
  return coordinates.map((value) => value * factor + 0.01 * startDeviation * normal())
}

async function descend(start: Float32Array, graph: Graph, iterations: number, context: ProjectionContext) {
  const { kernels } = context.compute
  return kernels.scoped(async () => (await run(kernels, start, graph, iterations, context)).slice())
}

async function run(
  kernels: Kernels,
  start: Float32Array,
  graph: Graph,
  iterations: number,
  { signal, report }: ProjectionContext,
): Promise<Float32Array> {
  const points = start.length / 2
  let [from, to] = [kernels.share(start), kernels.float32(start.length)]
  const edges = [kernels.share(graph.offsets), kernels.share(graph.neighbours), kernels.share(graph.weights)]
  const [speeds, gains] = [kernels.float32(start.length), kernels.float32(start.length).fill(1)]
  const repel = repeller(kernels, points, signal)
  const early = Math.min(earlyIterations, Math.floor(iterations / 2))
  const rate = Math.max(leastRate, points / exaggeration)
  for (let iteration = 0; iteration < iterations; iteration++) {
    const { tree, pushX, pushY, sum } = await repel(from)
    const isEarly = iteration < early
    const pull = isEarly ? exaggeration : 1
    const pushes = [pushX, pushY, pull, 1 / sum, rate, isEarly ? earlyMomentum : lateMomentum]
    const values = [points, tree.order, from, to, ...edges, ...pushes, speeds, gains, pointsInChunk]
    await kernels.run('tsneMoveChunk', Math.ceil(points / pointsInChunk), values, signal)
    ;[from, to] = [to, from]
    report((iteration + 1) / iterations)
  }
  return from
}

function repeller(kernels: Kernels, points: number, signal: AbortSignal) {
  const tree = makeTree(points, kernels)
  const spare = new Uint32Array(4 * points)
  const [pushX, pushY] = [kernels.float32(tree.x.length), kernels.float32(tree.x.length)]
  const sums = kernels.float32(tree.leaves)
  const capacity = (tree.leaves + 1) * leafPoints
  const scratch = kernels.float32(kernels.threads * (128 + 3 * capacity))
  const levels = tree.levels.length - 1
  return async (positions: Float32Array) => {
    fillTree(tree, positions, spare)
    const shape = [tree.x, tree.y, tree.weights, tree.nodes, tree.levels, levels, tree.leaves, angle * angle]
    const values = [...shape, pushX, pushY, sums, scratch, capacity, leavesInChunk]
    await kernels.run('tsneRepelChunk', Math.ceil(tree.leaves / leavesInChunk), values, signal)
    let sum = 0
    for (const value of sums) sum += value
    return { tree, pushX, pushY, sum: Math.max(sum, Number.MIN_VALUE) }
  }
}
