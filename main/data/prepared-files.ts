import { access, mkdir, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { TopnError } from '../contract/errors'
import { writeFileAtomic } from '../files/atomic'
import { readSafetensors, writeSafetensors } from '../files/safetensors'
import { sha256OfFile } from '../files/sha256'
import type { Interactions, Tensors } from '../models/model'
import type { CandidateRows, EncodedInteractions, PreparedData } from './prepared'
import { textsOf, textTensors, vector } from './texts'

const formatVersion = 1
const dataName = 'data.safetensors'
const manifestName = 'manifest.json'
const tensorNames = { train: 'train', foldIn: 'fold-in', validation: 'validation', test: 'test' } as const
const parts = ['train', 'foldIn', 'validation', 'test'] as const

/** Writes prepared data; the manifest comes last, so that a folder without one holds nothing. */
export async function writePrepared(folder: string, data: PreparedData): Promise<void> {
  const tensors: Tensors = idTensors(data)
  for (const name of parts) {
    const part = data[name]
    if (part) Object.assign(tensors, partTensors(tensorNames[name], part))
  }
  if (data.candidates) {
    const { users, offsets, items } = data.candidates
    Object.assign(tensors, {
      'candidates.users': vector(users),
      'candidates.offsets': vector(offsets),
      'candidates.items': vector(items),
    })
  }
  // The manifest goes first, as it came last: half of an old folder must not look whole.
  await rm(join(folder, manifestName), { force: true })
  await rm(folder, { recursive: true, force: true })
  await mkdir(folder, { recursive: true })
  const path = join(folder, dataName)
  await writeSafetensors(path, tensors)
  const manifest = { format: formatVersion, hash: data.hash, sha256: (await sha256OfFile(path)).sha256 }
  await writeFileAtomic(join(folder, manifestName), Buffer.from(JSON.stringify(manifest)))
}

export async function preparedExists(folder: string): Promise<boolean> {
  return access(join(folder, manifestName)).then(
    () => true,
    () => false,
  )
}

/** Reads prepared data. Throws BAD_DATA where the folder has none or not what its manifest says. */
export async function readPrepared(folder: string): Promise<PreparedData> {
  const manifest = await readManifest(folder)
  const path = join(folder, dataName)
  const found = await sha256OfFile(path).catch((cause) => {
    throw unreadable(folder, cause)
  })
  if (found.sha256 !== manifest.sha256) throw unreadable(folder)
  const tensors = await readSafetensors(path)
  const { userIds, itemIds, titles } = idsOf(tensors)
  const shape = { users: userIds.length, items: itemIds.length }
  const [train, foldIn, validation, test] = parts.map((name) => partOf(tensors, tensorNames[name], shape))
  if (!train || !test) throw unreadable(folder)
  const candidates = candidatesOf(tensors)
  return { hash: manifest.hash, userIds, itemIds, titles, train, foldIn, validation, test, candidates }
}

/** Writes interactions before the split, for a job that splits them. */
export async function writeEncoded(folder: string, data: EncodedInteractions): Promise<void> {
  const { users, items, values, timestamps, parts } = data
  await mkdir(folder, { recursive: true })
  await writeSafetensors(join(folder, dataName), {
    ...idTensors(data),
    users: vector(users),
    items: vector(items),
    values: vector(values),
    ...(timestamps && { timestamps: vector(timestamps) }),
    ...(parts && { parts: vector(parts) }),
  })
}

export async function readEncoded(folder: string): Promise<EncodedInteractions> {
  const tensors = await readSafetensors(join(folder, dataName))
  return {
    ...idsOf(tensors),
    users: tensors.users.data as Uint32Array,
    items: tensors.items.data as Uint32Array,
    values: tensors.values.data as Float32Array,
    timestamps: (tensors.timestamps?.data as Float64Array) ?? null,
    parts: (tensors.parts?.data as Uint8Array) ?? null,
  }
}

type Ids = Pick<PreparedData, 'userIds' | 'itemIds' | 'titles'>

function idTensors({ userIds, itemIds, titles }: Ids): Tensors {
  return {
    ...textTensors('user-ids', userIds),
    ...textTensors('item-ids', itemIds),
    ...(titles && textTensors('titles', titles)),
  }
}

function idsOf(tensors: Tensors): Ids {
  return {
    userIds: textsOf(tensors, 'user-ids') ?? [],
    itemIds: textsOf(tensors, 'item-ids') ?? [],
    titles: textsOf(tensors, 'titles'),
  }
}

function partTensors(name: string, part: Interactions): Tensors {
  return {
    [`${name}.offsets`]: vector(part.offsets),
    [`${name}.items`]: vector(part.itemIndices),
    [`${name}.values`]: vector(part.values),
    ...(part.timestamps && { [`${name}.timestamps`]: vector(part.timestamps) }),
  }
}

function partOf(tensors: Tensors, name: string, shape: { users: number; items: number }): Interactions | null {
  const offsets = tensors[`${name}.offsets`]
  if (!offsets) return null
  return {
    ...shape,
    offsets: offsets.data as Uint32Array,
    itemIndices: tensors[`${name}.items`].data as Uint32Array,
    values: tensors[`${name}.values`].data as Float32Array,
    timestamps: (tensors[`${name}.timestamps`]?.data as Float64Array) ?? null,
  }
}

function candidatesOf(tensors: Tensors): CandidateRows | null {
  if (!tensors['candidates.users']) return null
  return {
    users: tensors['candidates.users'].data as Uint32Array,
    offsets: tensors['candidates.offsets'].data as Uint32Array,
    items: tensors['candidates.items'].data as Uint32Array,
  }
}

async function readManifest(folder: string): Promise<{ hash: string; sha256: string }> {
  const manifest = await readFile(join(folder, manifestName), 'utf8')
    .then(JSON.parse)
    .catch((cause) => {
      throw unreadable(folder, cause)
    })
  if (manifest?.format !== formatVersion) throw unreadable(folder)
  return manifest
}

function unreadable(folder: string, cause?: unknown): TopnError {
  const message = `The prepared data in ${folder} is missing or damaged. Delete the folder and run again.`
  return new TopnError('BAD_DATA', message, { file: folder }, { cause })
}
