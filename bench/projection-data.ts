import type { Vectors } from '../main/models/model'
import { createRandom } from '../main/models/random'

const groups = 40
const directions = 8

/** Vectors in groups, each of them stretched along a few directions of its own, with a little noise; seeded. */
export function groupedVectors(count: number, dimensions: number, seed = 1): Vectors {
  const random = createRandom(seed)
  const normals = (length: number) => Float64Array.from({ length }, () => random.normal())
  const centres = Array.from({ length: groups }, () => normals(dimensions))
  const axes = Array.from({ length: groups }, () => Array.from({ length: directions }, () => normals(dimensions)))
  const data = new Float32Array(count * dimensions)
  for (let row = 0; row < count; row++) {
    const group = random.integer(groups)
    const shares = normals(directions)
    for (let at = 0; at < dimensions; at++) {
      const along = axes[group].reduce((sum, axis, place) => sum + axis[at] * shares[place], 0)
      data[row * dimensions + at] = 2 * centres[group][at] + 0.5 * along + 0.3 * random.normal()
    }
  }
  return { count, dimensions, data }
}
