import { join } from 'node:path'
import type { Compute } from '../compute/compute'
import { createCompute } from '../compute/create'
import { assembleFeatures } from '../data/features/assemble'
import type { EncodedFeature } from '../data/features/encode'
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
  /** Of the model, and of the features once they are read. */
  readonly bytes: number
  /** The features of items that it learned from; null where it has none. */
  itemFeatures(): Promise<FeatureRows | null>
}

/** Trained models that lie in memory beside the data they were trained on. */
export interface ArtifactModels {
  compute(): Promise<Compute>
  data(): Promise<PreparedData>
  open(artifact: string): Promise<OpenModel>
}

/** Of models those that were asked for last stay, with their features, up to `mostBytes`. */
export function createArtifactModels(prepared: string, threads: number, mostBytes: number): ArtifactModels {
  const data = once(() => readPrepared(prepared))
  const compute = once(() => createCompute({ threads }))
  const models = new Map<string, Promise<OpenModel>>()

  async function read(artifact: string): Promise<OpenModel> {
    const manifest = await readManifest(artifact)
    const tensors = await readArtifactFile(artifact, manifest, 'model')
    const fitted = { tensors, params: manifest.params, compute: await compute() }
    const model = asFitted(findModel(manifest.model), fitted)
    let bytes = bytesOf(tensors)
    const itemFeatures = once(async () => {
      const encoded = await encodedOf(artifact, manifest)
      if (!encoded) return null
      const { items } = assembleFeatures(encoded, (await data()).train)
      bytes += bytesOfRows(items)
      return items
    })
    return {
      ...{ artifact, model, fitted, manifest, itemFeatures },
      get bytes() {
        return bytes
      },
    }
  }

  /** What the model has learned from: its own file, or one beside the prepared data. */
  async function encodedOf(artifact: string, manifest: ArtifactManifest): Promise<EncodedFeature[] | null> {
    const { files, features: beside } = manifest
    if (Object.hasOwn(files, 'features.safetensors')) {
      return featuresFromTensors(await readArtifactFile(artifact, manifest, 'features'))
    }
    return beside === null ? null : readFeatures(join(prepared, beside))
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
  }
}

function bytesOf(tensors: Tensors): number {
  return Object.values(tensors).reduce((sum, { data }) => sum + data.byteLength, 0)
}

function bytesOfRows({ offsets, indices, values }: FeatureRows): number {
  return offsets.byteLength + indices.byteLength + values.byteLength
}

function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | null = null
  return () => {
    made ??= make()
    return made
  }
}
