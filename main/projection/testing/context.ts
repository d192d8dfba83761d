import { afterAll } from 'vitest'
import { createCompute } from '../../compute/create'
import type { Vectors } from '../../models/model'
import { createRandom } from '../../models/random'
import type { ProjectionContext } from '../space'

const opened: { close(): Promise<void> }[] = []
afterAll(async () => {
  for (const compute of opened.splice(0)) await compute.close()
})

export async function contextOf(
  threads = 2,
  seed = 1,
  signal = new AbortController().signal,
): Promise<ProjectionContext> {
  const compute = await createCompute({ threads })
  opened.push(compute)
  return { compute, random: createRandom(seed), signal, report() {} }
}

export function vectorsOf(rows: number[][]): Vectors {
  return { count: rows.length, dimensions: rows[0].length, data: Float32Array.from(rows.flat()) }
}

/** Normal numbers around centres that lie far apart; row n belongs to the group n modulo `groups`. */
export function groupsOf(count: number, dimensions: number, groups: number, seed = 7): Vectors {
  const random = createRandom(seed)
  const centres = Array.from({ length: groups }, () => Array.from({ length: dimensions }, () => 6 * random.normal()))
  return vectorsOf(Array.from({ length: count }, (_, row) => centres[row % groups].map((at) => at + random.normal())))
}
