import type { Kernels } from '../compute/kernels/kernels'
import type { Random } from '../models/random'
import type { Neighbours } from './neighbours'
import { type ProjectionContext, type Space, squaredDistance } from './space'

const trees = 4
const mostLeafPoints = 100
/** A graph with more neighbours finds the nearest ones more surely. */
const leastNeighbours = 20
const mostRounds = 8
/** Less than this share of all neighbours changes in a round: the graph is done. */
const settled = 0.002
const leavesInChunk = 4
const pointsInChunk = 256

/**
 * Nearest neighbours that are nearly all true: points that random planes leave together (Dasgupta and Freund 2008) begin
 * a graph, and then each point looks at the neighbours of its neighbours (Dong, Moses and Li 2011, Efficient k-nearest
 * neighbor graph construction). A point only ever writes its own list, so that results do not depend on threads.
 */
export async function approximateNeighbours(space: Space, k: number, context: ProjectionContext): Promise<Neighbours> {
  const { kernels } = context.compute
  return kernels.scoped(async () => {
    const count = Math.min(space.count - 1, Math.max(k, leastNeighbours))
    const vectors = kernels.share(space.data)
    const graph = await plantedGraph(kernels, space, vectors, count, context)
    await expand(kernels, space, vectors, count, graph, context)
    const sizes = kernels.uint32(space.count).fill(count)
    const values = [space.count, count, graph.indices, graph.nearness, sizes, pointsInChunk]
    await kernels.run('sortNeighboursChunk', Math.ceil(space.count / pointsInChunk), values, context.signal)
    return shortened(space, graph, count, k)
  })
}

interface Graph {
  indices: Uint32Array
  /** Squared distances, negative. */
  nearness: Float32Array
}

async function plantedGraph(
  kernels: Kernels,
  space: Space,
  vectors: Float32Array,
  count: number,
  { random, signal, report }: ProjectionContext,
): Promise<Graph> {
  const indices = kernels.uint32(space.count * count)
  const nearness = kernels.float32(space.count * count)
  const sizes = kernels.uint32(space.count)
  for (let tree = 0; tree < trees; tree++) {
    signal.throwIfAborted()
    await kernels.scoped(async () => {
      const { offsets, members } = plant(space, Math.max(mostLeafPoints, count + 1), random.derive(`tree ${tree}`))
      const leaves = offsets.length - 1
      const shared = [kernels.share(offsets), kernels.share(members), leaves, count, indices, nearness, sizes]
      const values = [vectors, space.dimensions, ...shared, leavesInChunk]
      await kernels.run('leafNeighboursChunk', Math.ceil(leaves / leavesInChunk), values, signal)
    })
    report((0.4 * (tree + 1)) / trees)
  }
  const drawn = random.derive('strangers')
  for (let point = 0; point < space.count; point++) fillUp(space, point, count, indices, nearness, sizes, drawn)
  return { indices, nearness }
}

/** Lists that the trees left short get strangers; the worst one stands first again. */
function fillUp(
  space: Space,
  point: number,
  count: number,
  indices: Uint32Array,
  nearness: Float32Array,
  sizes: Uint32Array,
  random: Random,
): void {
  if (sizes[point] === count) return
  const own = new Set(indices.subarray(point * count, point * count + sizes[point]))
  while (own.size < count) {
    const other = random.integer(space.count)
    if (other !== point) own.add(other)
  }
  const entries = [...own].map((other) => ({ other, nearness: Math.fround(-squaredDistance(space, point, other)) }))
  // Ascending by nearness is a heap with the worst one first.
  entries.sort((a, b) => a.nearness - b.nearness || b.other - a.other)
  entries.forEach((entry, at) => {
    indices[point * count + at] = entry.other
    nearness[point * count + at] = entry.nearness
  })
}

/** Cuts the points by planes half way between two of them until few are together. */
function plant(space: Space, most: number, random: Random): { offsets: Uint32Array; members: Uint32Array } {
  const members = Uint32Array.from({ length: space.count }, (_, point) => point)
  const offsets = [0]
  const waiting: [number, number][] = [[0, space.count]]
  while (waiting.length > 0) {
    const [from, to] = waiting.pop() as [number, number]
    if (to - from <= most) {
      offsets.push(to)
      continue
    }
    const middle = cut(space, members.subarray(from, to), random)
    waiting.push([from + middle, to], [from, from + middle])
  }
  return { offsets: Uint32Array.from(offsets), members }
}

/** Orders points by their side of a plane, and answers how many are on the first one. */
function cut({ dimensions, data }: Space, members: Uint32Array, random: Random): number {
  const one = members[random.integer(members.length)] * dimensions
  const other = members[random.integer(members.length)] * dimensions
  const normal = new Float32Array(dimensions)
  let threshold = 0
  for (let at = 0; at < dimensions; at++) {
    normal[at] = data[one + at] - data[other + at]
    threshold += (normal[at] * (data[one + at] + data[other + at])) / 2
  }
  let left = 0
  let right = members.length
  while (left < right) {
    const start = members[left] * dimensions
    let side = -threshold
    for (let at = 0; at < dimensions; at++) side += normal[at] * data[start + at]
    if (side > 0) left++
    else {
      right--
      const swapped = members[left]
      members[left] = members[right]
      members[right] = swapped
    }
  }
  // Points that are alike, or nearly all on one side, are cut in half as they stand.
  const least = members.length / 20
  return left < least || members.length - left < least ? members.length >> 1 : left
}

async function expand(
  kernels: Kernels,
  space: Space,
  vectors: Float32Array,
  count: number,
  { indices, nearness }: Graph,
  { signal, report }: ProjectionContext,
): Promise<void> {
  const chunks = Math.ceil(space.count / pointsInChunk)
  for (let round = 1; round <= mostRounds; round++) {
    const changed = await kernels.scoped(async () => {
      const graph = kernels.share(indices)
      const reverse = reversed(graph, space.count, count)
      const marks = kernels.uint32(kernels.threads * space.count)
      const changes = kernels.uint32(chunks)
      const around = [graph, kernels.share(reverse.offsets), kernels.share(reverse.members)]
      const values = [vectors, space.count, space.dimensions, count, ...around, indices, nearness, marks, changes]
      await kernels.run('expandNeighboursChunk', chunks, [...values, pointsInChunk], signal)
      return changes.reduce((sum, value) => sum + value, 0)
    })
    report(0.4 + (0.6 * round) / mostRounds)
    if (changed < settled * space.count * count) break
  }
  report(1)
}

/** Whose neighbour each point is; the first `count` of them. */
function reversed(graph: Uint32Array, points: number, count: number) {
  const sizes = new Uint32Array(points)
  for (const neighbour of graph) if (sizes[neighbour] < count) sizes[neighbour]++
  const offsets = new Uint32Array(points + 1)
  for (let point = 0; point < points; point++) offsets[point + 1] = offsets[point] + sizes[point]
  const members = new Uint32Array(offsets[points])
  const filled = new Uint32Array(points)
  graph.forEach((neighbour, at) => {
    if (filled[neighbour] === sizes[neighbour]) return
    members[offsets[neighbour] + filled[neighbour]++] = Math.floor(at / count)
  })
  return { offsets, members }
}

function shortened({ count: points }: Space, graph: Graph, count: number, k: number): Neighbours {
  const indices = new Uint32Array(points * k)
  const squared = new Float32Array(points * k)
  for (let point = 0; point < points; point++) {
    indices.set(graph.indices.subarray(point * count, point * count + k), point * k)
    for (let at = 0; at < k; at++) squared[point * k + at] = -graph.nearness[point * count + at]
  }
  return { k, indices, squared }
}
