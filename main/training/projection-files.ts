import { join } from 'node:path'
import type { ClusterTrial } from '../contract/projection'
import { readSafetensors, writeSafetensors } from '../files/safetensors'
import type { Tensors, Vectors } from '../models/model'

/** A map as it lies in its folder, beside the manifest that the engine writes last. */
export interface StoredProjection {
  /** The items, or users, of the prepared data that have a point. */
  points: Uint32Array
  positions: Float32Array
  vectors: Vectors
  /** Of each number of clusters that was tried, which one each point is in. */
  labels: readonly Uint8Array[]
  trials: readonly Pick<ClusterTrial, 'k'>[]
}

const fileName = 'projection.safetensors'

export async function writeProjection(folder: string, stored: StoredProjection): Promise<void> {
  const { points, positions, vectors, labels, trials } = stored
  const tensors: Tensors = {
    points: { shape: [points.length], data: points },
    positions: { shape: [points.length, 2], data: positions },
    vectors: { shape: [vectors.count, vectors.dimensions], data: vectors.data },
  }
  labels.forEach((data, at) => {
    tensors[`clusters.${trials[at].k}`] = { shape: [data.length], data }
  })
  await writeSafetensors(join(folder, fileName), tensors)
}

export async function readProjection(folder: string): Promise<StoredProjection> {
  const tensors = await readSafetensors(join(folder, fileName))
  const { shape, data } = tensors.vectors
  const clusters = Object.keys(tensors).filter((name) => name.startsWith('clusters.'))
  const trials = clusters.map((name) => ({ k: Number(name.slice('clusters.'.length)) }))
  return {
    points: tensors.points.data as Uint32Array,
    positions: tensors.positions.data as Float32Array,
    vectors: { count: shape[0], dimensions: shape[1], data: data as Float32Array },
    labels: clusters.map((name) => tensors[name].data as Uint8Array),
    trials,
  }
}
