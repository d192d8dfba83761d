import { createHash, randomUUID } from 'node:crypto'
import { access, readFile, rm, stat } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import type { CheckedInput } from '../contract/calls'
import { TopnError } from '../contract/errors'
import type { CleanStep } from '../contract/experiment'
import { type Feature, groupOf, type ImageFeature, isEncoder } from '../contract/features'
import type { Subject } from '../contract/filters'
import type { Attribute } from '../contract/formats'
import type { DatasetRecord, RunMember, RunRecord } from '../contract/records'
import { type EncoderKind, findEncoder, hashOfEncoder, readImageSettings } from '../data/features/encoder-folder'
import type { Attributes } from '../data/features/files'
import { writeAttributes } from '../data/features/files'
import { proposeFeatures } from '../data/features/propose'
import { writeFileAtomic } from '../files/atomic'
import type { Model } from '../models/model'
import { findModel } from '../models/registry'
import type { Store } from '../store'
import type { TaskRunner } from '../training/processes'
import type { FeatureGaps, TaskContext } from '../training/tasks'
import type { FileAccess } from './files'
import type { Hub } from './hub'
import { createNewest } from './newest'
import type { Prepared } from './prepare'
import { viewProgress } from './view-progress'
import type { WorkspaceFolders } from './workspace'

const formatVersion = 1

type AttributesOf = Record<Subject, Attribute[]>

/** What is known of users and items after cleaning: the attributes of the files that no step has dropped, and titles. */
export function attributesOf(dataset: DatasetRecord, clean: readonly CleanStep[]): AttributesOf {
  const { hasTitles, itemAttributes, userAttributes } = dataset
  const dropped = (of: Subject) => clean.flatMap((step) => (step.step === 'drop-columns' ? step[of] : []))
  const kept = (of: Subject, attributes: Attribute[]) => attributes.filter(({ name }) => !dropped(of).includes(name))
  const hasOwnTitle = itemAttributes.some(({ name }) => name === titles.name)
  return {
    items: kept('items', [...(hasTitles && !hasOwnTitle ? [titles] : []), ...itemAttributes]),
    users: kept('users', userAttributes),
  }
}

const titles: Attribute = { name: 'title', type: 'text', separator: null, column: 'title' }

/** `given`, checked against the attributes there are, or what their types propose; null for a model that takes none. */
export function chooseFeatures(
  model: Model,
  dataset: DatasetRecord,
  clean: readonly CleanStep[],
  given: Feature[] | null,
): Feature[] | null {
  if (!model.features) return null
  const attributes = attributesOf(dataset, clean)
  const features = given ?? proposeFeatures(attributes)
  features.forEach((feature, index) => {
    const of = feature.as === 'interests' ? 'items' : feature.of
    for (const column of columnsOf(feature)) {
      if (attributes[of].some(({ name }) => name === column)) continue
      const known = attributes[of].map(({ name }) => name).join(', ') || 'none'
      const field = `features[${index}]`
      const message = `${field}: the ${of} have no attribute ${column}; their attributes: ${known}.`
      throw new TopnError('BAD_REQUEST', message, { field })
    }
  })
  if (model.features === 'required' && !features.some(({ of }) => of === 'items')) {
    const message = `${model.name} needs features of items. Open the data with a file of items, or choose features.`
    throw new TopnError('BAD_REQUEST', message, { field: 'features' })
  }
  return features
}

/** Throws BAD_REQUEST where a feature's encoder or pictures may not be opened, or are not there. */
export async function checkEncoders(
  features: readonly Feature[],
  dataset: DatasetRecord,
  files: FileAccess,
): Promise<void> {
  for (const [index, feature] of features.entries()) {
    const problem = await encoderProblem(feature, dataset, files)
    if (problem) throw new TopnError('BAD_REQUEST', `features[${index}]: ${problem}`, { field: `features[${index}]` })
  }
}

async function encoderProblem(feature: Feature, dataset: DatasetRecord, files: FileAccess): Promise<string | null> {
  if (!isEncoder(feature)) return null
  if (feature.path === '') return unnamed[feature.as]
  try {
    const encoder = await findEncoder(await files.check(feature.path), feature.as)
    if (feature.as === 'image-encoder') {
      await readImageSettings(encoder)
      await files.list(imagesOf(feature, dataset))
    }
    return null
  } catch (error) {
    if (error instanceof TopnError) return error.message
    throw error
  }
}

const unnamed: Record<EncoderKind, string> = {
  encoder: 'Name the folder that holds the encoder: model.onnx and tokenizer.json.',
  'image-encoder': 'Name the folder that holds the encoder: model.onnx and preprocessor_config.json.',
}

/** The folder that a feature's pictures lie in: that of the file of attributes where none is named. */
function imagesOf({ images, of }: ImageFeature, { source }: DatasetRecord): string {
  if (images) return images
  const file = source[of]?.path
  if (file === undefined) throw new TopnError('BAD_REQUEST', 'Name the folder that holds the pictures.')
  return dirname(file)
}

/** With the folder of its pictures filled in; without one where none of the dataset may be looked at. */
function withFolder(feature: Feature, dataset: DatasetRecord | null): Feature {
  if (feature.as !== 'image-encoder') return feature
  const { images: _, ...others } = feature
  return dataset ? { ...others, images: imagesOf(feature, dataset) } : others
}

function columnsOf(feature: Feature): string[] {
  return 'columns' in feature ? feature.columns : [feature.column]
}

export interface FeatureOptions {
  store: Store
  folders: WorkspaceFolders
  runTask: TaskRunner
}

/** Hands a dataset's attributes to `work` as a file that is gone afterwards. */
async function withAttributes<T>(
  { store, folders }: Pick<FeatureOptions, 'store' | 'folders'>,
  dataset: DatasetRecord,
  attributes: AttributesOf,
  work: (path: string) => Promise<T>,
): Promise<T> {
  const path = join(folders.temporary, `${randomUUID()}.safetensors`)
  const read = (of: Subject) => store.attributeRows(dataset.id, of, attributes[of])
  try {
    const rows: Attributes = { users: await read('users'), items: await read('items') }
    await writeAttributes(path, rows)
    return await work(path)
  } finally {
    await rm(path, { force: true })
  }
}

export interface FeaturesRequest {
  dataset: DatasetRecord
  clean: CleanStep[]
  features: Feature[]
  prepared: Pick<Prepared, 'folder'>
}

export interface EncodedFeatures {
  /** The name of the file beside the prepared data; the same features are encoded once. */
  file: string
  /** Pictures that have no vector. */
  gaps: FeatureGaps[]
}

export async function encodeFeatures(
  { dataset, clean, prepared, ...request }: FeaturesRequest,
  options: FeatureOptions,
  context: TaskContext,
): Promise<EncodedFeatures> {
  const features = request.features.map((feature) => withFolder(feature, dataset))
  const all = attributesOf(dataset, clean)
  const isUsed = (of: Subject) => (attribute: Attribute) =>
    features.some(
      (feature) => columnsOf(feature).includes(attribute.name) && (feature.of === of || feature.as === 'interests'),
    )
  const used = { users: all.users.filter(isUsed('users')), items: all.items.filter(isUsed('items')) }
  const encoders = await Promise.all(features.filter(isEncoder).map(hashOfFeature))
  const pictures = await pictureStamps(features, dataset, used, options.store)
  const hash = createHash('sha256')
    .update(JSON.stringify([formatVersion, used, features, encoders, pictures]))
    .digest('hex')
    .slice(0, 16)
  const file = `features-${hash}.safetensors`
  const gapsFile = join(prepared.folder, `gaps-${hash}.json`)
  const isThere = await access(join(prepared.folder, file)).then(
    () => true,
    () => false,
  )
  if (isThere) return { file, gaps: await readFile(gapsFile, 'utf8').then(JSON.parse, () => []) }
  const { gaps } = await withAttributes(options, dataset, used, (attributes) =>
    options.runTask(
      {
        kind: 'encode-features',
        attributes,
        prepared: prepared.folder,
        features,
        vectors: options.folders.vectors,
        output: file,
      },
      context,
    ),
  )
  if (gaps.length > 0) await writeFileAtomic(gapsFile, Buffer.from(JSON.stringify(gaps)))
  return { file, gaps }
}

/** The same for a run, or a member of one: the file alone, null where its model takes no features. */
export async function featuresFile(
  { features }: Pick<RunMember, 'features'>,
  about: Omit<FeaturesRequest, 'features'>,
  options: FeatureOptions,
  context: TaskContext,
): Promise<string | null> {
  return features && (await encodeFeatures({ ...about, features }, options, context)).file
}

const hashOfFeature = async ({ path, as }: { path: string; as: EncoderKind }) =>
  hashOfEncoder(await findEncoder(path, as))

/** Size and time of each picture's file: others may come to lie under the same names. */
async function pictureStamps(
  features: readonly Feature[],
  dataset: DatasetRecord,
  attributes: AttributesOf,
  store: Store,
): Promise<(string | null)[]> {
  const stamps: (string | null)[] = []
  for (const feature of features) {
    if (feature.as !== 'image-encoder') continue
    const column = attributes[feature.of].filter(({ name }) => name === feature.column)
    const [{ cells }] = (await store.attributeRows(dataset.id, feature.of, column)).columns
    for (const name of new Set(cells.map((cell) => cell.trim()))) {
      const about = await stat(resolve(imagesOf(feature, dataset), name)).catch(() => null)
      stamps.push(about && `${about.size} ${about.mtimeMs}`)
    }
  }
  return stamps
}

interface HandlerOptions extends Omit<FeatureOptions, 'runTask'> {
  /** For what a screen waits for; a few at once. */
  runShortTask: TaskRunner
  hub: Hub
  files: FileAccess
  startRun(input: CheckedInput<'runs.start'>, remarks: Pick<RunRecord, 'name' | 'tags'>): Promise<RunRecord[]>
}

export function featureHandlers(options: HandlerOptions) {
  const { store, runShortTask } = options
  const newest = createNewest('Newer features are looked at instead.')

  async function preview(input: CheckedInput<'features.preview'>, signal: AbortSignal) {
    const { datasetId, clean, features } = input
    const dataset = await store.dataset(datasetId)
    const attributes = attributesOf(dataset, clean)
    const defaults = proposeFeatures(attributes)
    const tell = viewProgress(options.hub, input.view)
    const context: TaskContext = { report: ({ fraction }) => tell(fraction), signal }
    const wanted = features ?? defaults
    const problems = await Promise.all(wanted.map((feature) => encoderProblem(feature, dataset, options.files)))
    const looked = wanted.map((feature, at) => withFolder(feature, problems[at] === null ? dataset : null))
    const found = await withAttributes(options, dataset, attributes, (path) =>
      runShortTask({ kind: 'preview-features', attributes: path, features: looked }, context),
    )
    const previews = found.features.map((preview, at) => ({ ...preview, problem: preview.problem ?? problems[at] }))
    return { ...found, defaults, features: previews }
  }

  async function ablate({ model, ...settings }: CheckedInput<'features.ablate'>): Promise<RunRecord[]> {
    const dataset = await store.dataset(settings.datasetId)
    const described = findModel(model.model)
    const all = chooseFeatures(described, dataset, settings.clean, settings.features)
    if (all === null) {
      throw new TopnError('BAD_REQUEST', `${described.name} takes no features. Choose a model that does.`, {
        field: 'model.model',
      })
    }
    const start = (features: Feature[], name: string) =>
      options.startRun(
        { ...settings, features, models: [model], repeat: null },
        { name: `${described.id} ${name}`, tags: ['ablation'] },
      )
    const started = [...(await start(all, 'with all features'))]
    for (const group of new Set(all.map(groupOf))) {
      const others = all.filter((feature) => groupOf(feature) !== group)
      if (described.features === 'required' && !others.some(({ of }) => of === 'items')) continue
      started.push(...(await start(others, `without ${group}`)))
    }
    return started
  }

  return {
    'features.preview': (input: CheckedInput<'features.preview'>) =>
      newest.run(input.view ?? input.datasetId, (signal) => preview(input, signal)),
    'features.ablate': ablate,
  }
}
