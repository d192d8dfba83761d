import { mkdir, rm } from 'node:fs/promises'
import { createCompute } from '../compute/create'
import { TopnError } from '../contract/errors'
import { readPrepared } from '../data/prepared-files'
import type { Vectors } from '../models/model'
import { createRandom } from '../models/random'
import { findModel } from '../models/registry'
import { project } from '../projection/project'
import { readArtifactFile, readManifest } from './artifact'
import { phaseReporter } from './progress'
import { writeProjection } from './projection-files'
import type { ProjectionFound, ProjectionTask } from './screen-tasks'
import type { TaskContext } from './tasks'
import { vectorsOfModel } from './vectors'

const fewest = 3

/** Lays out the vectors of a trained model. What has no vector, such as an item that nobody has, is left out. */
export async function projectionTask(task: ProjectionTask, { report, signal }: TaskContext): Promise<ProjectionFound> {
  const manifest = await readManifest(task.artifact)
  const { train } = await readPrepared(task.prepared)
  const tensors = await readArtifactFile(task.artifact, manifest, 'model')
  const compute = await createCompute({ threads: task.threads })
  try {
    const model = findModel(manifest.model)
    const fitted = { tensors, params: manifest.params, compute }
    const { vectors: all, source } = await vectorsOfModel(task.of, { model, fitted, train, compute, signal })
    const { vectors, points } = withLength(all)
    if (vectors.count < fewest) {
      const [{ count }, { of }] = [vectors, task]
      const message = `Only ${count} ${of} have a vector, too few for a map. Choose another run.`
      throw new TopnError('BAD_REQUEST', message, { field: 'runId' })
    }
    const tell = phaseReporter({ from: 0, to: 1 }, report)
    const context = {
      compute,
      random: createRandom(task.settings.seed),
      signal,
      report: (fraction: number) => tell({ phase: 'project', fraction }),
    }
    const { positions, labels, trials, ...about } = await project(vectors, task.settings, context)
    await rm(task.output, { recursive: true, force: true })
    await mkdir(task.output, { recursive: true })
    await writeProjection(task.output, { points, positions, vectors, labels, trials })
    const { count, dimensions } = vectors
    return { source, points: count, dimensions, leftOut: all.count - count, clusters: trials, ...about }
  } finally {
    await compute.close()
  }
}

/** The vectors that are not zero, and whose they are. */
function withLength({ count, dimensions, data }: Vectors): { vectors: Vectors; points: Uint32Array } {
  const hasLength = (row: number) => {
    for (let at = row * dimensions; at < (row + 1) * dimensions; at++) if (data[at] !== 0) return true
    return false
  }
  const points = Uint32Array.from({ length: count }, (_, row) => row).filter(hasLength)
  const kept = new Float32Array(points.length * dimensions)
  points.forEach((row, at) => {
    kept.set(data.subarray(row * dimensions, (row + 1) * dimensions), at * dimensions)
  })
  return { vectors: { count: points.length, dimensions, data: kept }, points }
}
