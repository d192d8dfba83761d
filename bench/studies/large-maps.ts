import { availableParallelism } from 'node:os'
import { createCompute } from '../../main/compute/create'
import { createRandom } from '../../main/models/random'
import { distancesFrom } from '../../main/projection/distances'
import { nearestNeighbours } from '../../main/projection/neighbours'
import { project } from '../../main/projection/project'
import { spaceOf } from '../../main/projection/space'
import { groupedVectors } from '../projection-data'
import { machine } from '../table'

// Maps of more points than have exact neighbours: how many neighbours are true, and what a whole map takes.
// npm run bench -- studies/large-maps [POINTS]

const points = Number(process.argv[2] ?? 100_000)
const [k, judged] = [15, 300]
const threads = availableParallelism()
const compute = await createCompute({ threads })
const context = { compute, random: createRandom(1), signal: new AbortController().signal, report() {} }
const vectors = groupedVectors(points, 64)
const space = spaceOf(vectors, 'cosine')

async function timed<T>(name: string, work: () => Promise<T>): Promise<T> {
  const [started, before] = [performance.now(), process.cpuUsage()]
  const answer = await work()
  const { user, system } = process.cpuUsage(before)
  const seconds = (performance.now() - started) / 1000
  console.log(`${name}: ${seconds.toFixed(1)} s, ${((user + system) / 1e6).toFixed(1)} of processors`)
  return answer
}

console.log(`${machine(threads)}; ${points} x 64`)
const found = await timed('neighbours', () => nearestNeighbours(space, k, context))
let hits = 0
const some = Uint32Array.from({ length: judged }, (_, at) => Math.floor((at * points) / judged))
await distancesFrom(space, some, context, (point, squared) => {
  const own = found.indices.subarray(point * k, (point + 1) * k)
  const farthest = Float32Array.from(squared).sort()[k]
  hits += own.filter((other) => squared[other] <= farthest).length
})
console.log(`true neighbours: ${((100 * hits) / (judged * k)).toFixed(2)} %`)
const settings = {
  method: 'umap',
  distance: 'cosine',
  neighbours: 15,
  min_distance: 0.1,
  epochs: null,
  seed: 42,
} as const
const map = await timed('UMAP with clusters', () => project(vectors, settings, context))
console.log(`trustworthiness ${map.trustworthiness?.toFixed(3)}, best clusters ${map.bestClusters}`)
await compute.close()
