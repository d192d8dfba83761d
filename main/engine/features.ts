import { createHash, randomUUID } from 'node:crypto'
import { access, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { CheckedInput } from '../contract/calls'
import { TopnError } from '../contract/errors'
import type { CleanStep } from '../contract/experiment'
import { type Feature, groupOf } from '../contract/features'
import type { Subject } from '../contract/filters'
import type { Attribute } from '../contract/formats'
import type { DatasetRecord, RunRecord } from '../contract/records'
import { findEncoder } from '../data/features/encoder-folder'
import type { Attributes } from '../data/features/files'
import { writeAttributes } from '../data/features/files'
import { proposeFeatures } from '../data/features/propose'
import { sha256OfFile } from '../files/sha256'
import type { Model } from '../models/model'
import { findModel } from '../models/registry'
import type { Store } from '../store'
import type { TaskRunner } from '../training/processes'
import type { TaskContext } from '../training/tasks'
import type { FileAccess } from './files'
import { createNewest } from './newest'
import type { Prepared } from './prepare'
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

/** Throws BAD_REQUEST where a feature's encoder may not be opened, or is not there. */
export async function checkEncoders(features: readonly Feature[], files: FileAccess): Promise<void> {
  for (const [index, feature] of features.entries()) {
    const problem = await encoderProblem(feature, files)
    if (problem) throw new TopnError('BAD_REQUEST', `features[${index}]: ${problem}`, { field: `features[${index}]` })
  }
}

async function encoderProblem(feature: Feature, files: FileAccess): Promise<string | null> {
  if (feature.as !== 'encoder') return null
  if (feature.path === '') return 'Name the folder that holds the encoder: model.onnx and tokenizer.json.'
  try {
    await findEncoder(await files.check(feature.path))
    return null
  } catch (error) {
    if (error instanceof TopnError) return error.message
    throw error
  }
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
  { store, folders }: FeatureOptions,
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

/** The name of the file of encoded features beside the prepared data; the same features are encoded once. */
export async function encodeFeatures(
  request: FeaturesRequest,
  options: FeatureOptions,
  context: TaskContext,
): Promise<string> {
  const { dataset, clean, features, prepared } = request
  const all = attributesOf(dataset, clean)
  const isUsed = (of: Subject) => (attribute: Attribute) =>
    features.some(
      (feature) => columnsOf(feature).includes(attribute.name) && (feature.of === of || feature.as === 'interests'),
    )
  const used = { users: all.users.filter(isUsed('users')), items: all.items.filter(isUsed('items')) }
  const hash = createHash('sha256')
    .update(JSON.stringify([formatVersion, used, features, await encoderHashes(features)]))
    .digest('hex')
  const output = `features-${hash.slice(0, 16)}.safetensors`
  const isThere = await access(join(prepared.folder, output)).then(
    () => true,
    () => false,
  )
  if (isThere) return output
  await withAttributes(options, dataset, used, (attributes) =>
    options.runTask(
      {
        kind: 'encode-features',
        attributes,
        prepared: prepared.folder,
        features,
        vectors: options.folders.vectors,
        output,
      },
      context,
    ),
  )
  return output
}

/** The content of the encoders' files: another model may come to lie in the same folder. */
async function encoderHashes(features: readonly Feature[]): Promise<string[]> {
  const hashes: string[] = []
  for (const feature of features) {
    if (feature.as !== 'encoder') continue
    for (const path of Object.values(await findEncoder(feature.path))) hashes.push((await sha256OfFile(path)).sha256)
  }
  return hashes
}

interface HandlerOptions extends FeatureOptions {
  files: FileAccess
  startRun(input: CheckedInput<'runs.start'>, remarks: Pick<RunRecord, 'name' | 'tags'>): Promise<RunRecord[]>
}

export function featureHandlers(options: HandlerOptions) {
  const { store, runTask } = options
  const newest = createNewest('Newer features are looked at instead.')

  async function preview({ datasetId, clean, features }: CheckedInput<'features.preview'>, signal: AbortSignal) {
    const dataset = await store.dataset(datasetId)
    const attributes = attributesOf(dataset, clean)
    const defaults = proposeFeatures(attributes)
    const context: TaskContext = { report() {}, signal }
    const wanted = features ?? defaults
    const found = await withAttributes(options, dataset, attributes, (path) =>
      runTask({ kind: 'preview-features', attributes: path, features: wanted }, context),
    )
    const previews = found.features.map(async (preview, at) => ({
      ...preview,
      problem: preview.problem ?? (await encoderProblem(wanted[at], options.files)),
    }))
    return { ...found, defaults, features: await Promise.all(previews) }
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
