import { join } from 'node:path'
import type { Compute } from '../compute/compute'
import { createCompute } from '../compute/create'
import { assembleFeatures } from '../data/features/assemble'
import { featuresFromTensors, readFeatures } from '../data/features/files'
import type { PreparedData } from '../data/prepared'
import { readPrepared } from '../data/prepared-files'
import { asFitted, type FeatureRows, type FittedModel, type Model, type Tensors } from '../models/model'
import { findModel } from '../models/registry'
import { type ArtifactManifest, readArtifactFile, readManifest } from './artifact'

export interface OpenModel {
  /** Its folder. */
  artifact: string
  model: Model
  fitted: FittedModel
  manifest: ArtifactManifest
  bytes: number
}

/** Trained models that lie in memory beside the data they were trained on. */
export interface ArtifactModels {
  compute(): Promise<Compute>
  data(): Promise<PreparedData>
  open(artifact: string): Promise<OpenModel>
  /** The features of items that a model learned from; null where it has none. */
  itemFeatures(open: Pick<OpenModel, 'artifact' | 'manifest'>): Promise<FeatureRows | null>
}

const ownFeatures = 'features.safetensors'

/** Reads each file once; of models those that were asked for last stay, up to `mostBytes`. */
export function createArtifactModels(prepared: string, threads: number, mostBytes: number): ArtifactModels {
  const data = once(() => readPrepared(prepared))
  const compute = once(() => createCompute({ threads }))
  const models = new Map<string, Promise<OpenModel>>()
  const features = new Map<string, Promise<FeatureRows>>()

  async function read(artifact: string): Promise<OpenModel> {
    const manifest = await readManifest(artifact)
    const tensors = await readArtifactFile(artifact, manifest, 'model')
    const fitted = { tensors, params: manifest.params, compute: await compute() }
    const model = asFitted(findModel(manifest.model), fitted)
    return { artifact, model, fitted, manifest, bytes: bytesOf(tensors) }
  }

  /** The file of what the model has learned from: its own, or one beside the prepared data. */
  function featuresOf(artifact: string, { files, features: file }: ArtifactManifest): string | null {
    if (Object.hasOwn(files, ownFeatures)) return join(artifact, ownFeatures)
    return file === null ? null : join(prepared, file)
  }

  async function readItems(path: string, artifact: string, manifest: ArtifactManifest): Promise<FeatureRows> {
    const isOwn = path === join(artifact, ownFeatures)
    const encoded = isOwn
      ? featuresFromTensors(await readArtifactFile(artifact, manifest, 'features'))
      : await readFeatures(path)
    return assembleFeatures(encoded, (await data()).train).items
  }

  async function forgetOldest(): Promise<void> {
    const opened = await Promise.all([...models].map(async ([path, model]) => [path, (await model).bytes] as const))
    let bytes = opened.reduce((sum, [, own]) => sum + own, 0)
    for (const [path, own] of opened.slice(0, -1)) {
      if (bytes <= mostBytes) return
      models.delete(path)
      bytes -= own
    }
  }

  return {
    compute,
    data,
    async open(artifact) {
      const found = models.get(artifact) ?? read(artifact)
      models.delete(artifact)
      models.set(artifact, found)
      found.catch(() => models.delete(artifact))
      const opened = await found
      await forgetOldest()
      return opened
    },
    async itemFeatures({ artifact, manifest }) {
      const path = featuresOf(artifact, manifest)
      if (path === null) return null
      const found = features.get(path) ?? readItems(path, artifact, manifest)
      features.set(path, found)
      return found
    },
  }
}

function bytesOf(tensors: Tensors): number {
  return Object.values(tensors).reduce((sum, { data }) => sum + data.byteLength, 0)
}

function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | null = null
  return () => {
    made ??= make()
    return made
  }
}
