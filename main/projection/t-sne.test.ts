import { expect, test } from 'vitest'
import { createRandom } from '../models/random'
import { nearestNeighbours } from './neighbours'
import { fillTree, leafPoints, makeTree } from './point-tree'
import { spaceOf } from './space'
import { chances } from './t-sne'
import { contextOf, groupsOf } from './testing/context'

test('chances of pairs add up to 1, and each point has the perplexity that was asked for', async () => {
  const space = spaceOf(groupsOf(200, 5, 3), 'euclidean')
  const nearest = await nearestNeighbours(space, 30, await contextOf())
  const { weights } = chances(nearest, 10)
  expect(weights.reduce((sum, weight) => sum + weight, 0)).toBeCloseTo(1, 4)
  // A lone pair: the chances of its k neighbours that are equally near are 1 / k, whose perplexity is k.
  const alike = {
    k: 4,
    indices: Uint32Array.of(1, 2, 3, 4, 0, 2, 3, 4, 0, 1, 3, 4, 0, 1, 2, 4, 0, 1, 2, 3),
    squared: new Float32Array(20).fill(2),
  }
  for (const weight of chances(alike, 3).weights) expect(weight).toBeCloseTo(1 / 20, 6)
})

test('what pushes a point is the sum over all others, nearly', async () => {
  const random = createRandom(3)
  const count = 700
  const { compute, signal } = await contextOf()
  const { kernels } = compute
  const positions = Float32Array.from({ length: 2 * count }, () => 20 * random.normal())
  const tree = makeTree(count, kernels)
  fillTree(tree, positions, new Uint32Array(4 * count))
  const [x, y, sums] = [kernels.float32(tree.x.length), kernels.float32(tree.x.length), kernels.float32(tree.leaves)]
  const capacity = (tree.leaves + 1) * leafPoints
  const scratch = kernels.float32(kernels.threads * (128 + 3 * capacity))
  const shape = [tree.x, tree.y, tree.weights, tree.nodes, tree.levels, tree.levels.length - 1, tree.leaves, 0.25]
  await kernels.run('tsneRepelChunk', tree.leaves, [...shape, x, y, sums, scratch, capacity, 1], signal)
  const wanted = pushes(positions)
  let [wrong, all] = [0, 0]
  tree.order.forEach((point, place) => {
    wrong += (x[place] - wanted.moves[2 * point]) ** 2 + (y[place] - wanted.moves[2 * point + 1]) ** 2
    all += wanted.moves[2 * point] ** 2 + wanted.moves[2 * point + 1] ** 2
  })
  expect(Math.sqrt(wrong / all)).toBeLessThan(0.02)
  expect(sums.reduce((sum, value) => sum + value, 0) / wanted.sum).toBeCloseTo(1, 2)
})

/** By the definition, over all pairs. */
function pushes(positions: Float32Array): { moves: Float64Array; sum: number } {
  const moves = new Float64Array(positions.length)
  let sum = 0
  for (let one = 0; one < positions.length; one += 2) {
    for (let other = 0; other < positions.length; other += 2) {
      if (one === other) continue
      const [dx, dy] = [positions[one] - positions[other], positions[one + 1] - positions[other + 1]]
      const near = 1 / (1 + dx * dx + dy * dy)
      sum += near
      moves[one] += near * near * dx
      moves[one + 1] += near * near * dy
    }
  }
  return { moves, sum }
}
