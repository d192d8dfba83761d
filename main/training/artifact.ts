import { cp, mkdir, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { DeviceId } from '../contract/devices'
import { TopnError } from '../contract/errors'
import type { Evaluation } from '../contract/experiment'
import type { ParameterValue } from '../contract/parameters'
import type { Learned } from '../contract/records'
import { writeFileAtomic } from '../files/atomic'
import { readSafetensors, writeSafetensors } from '../files/safetensors'
import { sha256OfFile } from '../files/sha256'
import type { Tensors } from '../models/model'

const formatVersion = 1
const manifestName = 'manifest.json'

/** A run that a model is made of: everything that trains it again. */
export interface MemberEntry {
  runId: string
  /** What the run is called. */
  name: string
  model: string
  params: Record<string, ParameterValue>
  seed: number
  /** Its file of features beside the prepared data. */
  features: string | null
  /** Its share; null until it is found. */
  weight: number | null
  /** How its training in epochs ended; null until then, for other models, and of older versions. */
  learned: Learned | null
}

/** What is known of a trained model on disk; written last, so that a folder without it holds no model. */
export interface ArtifactManifest {
  format: number
  runId: string
  model: string
  params: Record<string, ParameterValue>
  seed: number
  /** What computed; a text in those of older versions, always the processor. */
  device: DeviceId
  threads: number
  /** Hash of the prepared data that it was trained on. */
  prepared: string
  /** The file of features beside the prepared data; null for a model that takes none or has its own, and of older versions. */
  features: string | null
  /** The runs that it is made of; left out for other models. */
  members?: MemberEntry[]
  /** How training in epochs ended; left out for other models. */
  learned?: Learned
  /** Whether validation and test parts were trained on too. */
  trainedOn: 'train' | 'everything'
  /** How it was evaluated; null where nothing was held out. */
  evaluation: Evaluation | null
  metrics: Record<string, number>
  createdAt: string
  files: Record<string, { bytes: number; sha256: string }>
}

/** Writes `<name>.safetensors` for each of `contents`, then the manifest. Whatever the folder held is replaced. */
export async function writeArtifact(
  folder: string,
  about: Omit<ArtifactManifest, 'format' | 'files' | 'createdAt'>,
  contents: Record<string, Tensors>,
): Promise<void> {
  await rm(folder, { recursive: true, force: true })
  await mkdir(folder, { recursive: true })
  const files: ArtifactManifest['files'] = {}
  for (const [name, tensors] of Object.entries(contents)) {
    const file = `${name}.safetensors`
    await writeSafetensors(join(folder, file), tensors, { run: about.runId, model: about.model })
    files[file] = await sha256OfFile(join(folder, file))
  }
  const manifest: ArtifactManifest = { format: formatVersion, ...about, createdAt: new Date().toISOString(), files }
  await writeManifest(folder, manifest)
}

/** Gives another run a copy of a trained model; its manifest comes last too. */
export async function copyArtifact(from: string, to: string, runId: string): Promise<void> {
  const manifest: ArtifactManifest = { ...(await readManifest(from)), runId }
  await rm(to, { recursive: true, force: true })
  await cp(from, to, { recursive: true, filter: (path) => path !== join(from, manifestName) })
  await writeManifest(to, manifest)
}

async function writeManifest(folder: string, manifest: ArtifactManifest): Promise<void> {
  await writeFileAtomic(join(folder, manifestName), Buffer.from(`${JSON.stringify(manifest, null, 2)}\n`))
}

/** Throws NOT_FOUND where there is no whole artifact and BAD_DATA where a file is not the one that was written. */
export async function readManifest(folder: string): Promise<ArtifactManifest> {
  let text: string
  try {
    text = await readFile(join(folder, manifestName), 'utf8')
  } catch (cause) {
    throw new TopnError('NOT_FOUND', `There is no trained model in ${folder}.`, { file: folder }, { cause })
  }
  const manifest = parseManifest(text, join(folder, manifestName))
  if (manifest.format !== formatVersion) {
    throw new TopnError('BAD_DATA', `${folder} was written by another version of TopN. Train the model again.`, {
      file: folder,
    })
  }
  return manifest
}

/** Reads one of an artifact's files after checking it against the manifest. */
export async function readArtifactFile(folder: string, manifest: ArtifactManifest, name: string): Promise<Tensors> {
  const file = `${name}.safetensors`
  const path = join(folder, file)
  const found = await sha256OfFile(path)
  if (!Object.hasOwn(manifest.files, file) || manifest.files[file].sha256 !== found.sha256) {
    throw new TopnError('BAD_DATA', `${path} is not the file that was written. Train the model again.`, { file: path })
  }
  return readSafetensors(path)
}

function parseManifest(text: string, file: string): ArtifactManifest {
  try {
    return JSON.parse(text)
  } catch (cause) {
    throw new TopnError('BAD_DATA', `${file} is damaged. Train the model again.`, { file }, { cause })
  }
}
