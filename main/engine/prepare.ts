import { createHash, randomUUID } from 'node:crypto'
import { readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { dropsTimes } from '../contract/clean'
import { TopnError } from '../contract/errors'
import type { CleanStep, Split } from '../contract/experiment'
import type { DatasetRecord } from '../contract/records'
import type { SplitInspection } from '../contract/split-preview'
import { preparedExists, writeEncoded } from '../data/prepared-files'
import { drawsAtRandom } from '../data/split/hold-out'
import { writeFileAtomic } from '../files/atomic'
import { sha256OfFile } from '../files/sha256'
import type { Store } from '../store'
import type { TaskRunner } from '../training/processes'
import { noProgress } from '../training/progress'
import type { TaskContext } from '../training/tasks'
import type { WorkspaceFolders } from './workspace'

const formatVersion = 2

export interface PrepareRequest {
  dataset: DatasetRecord
  clean: CleanStep[]
  split: Split
  seed: number
  candidatesFile: string | null
  /** For trials of a study: the validation part stands in the place of the test part, which is left out. */
  forTuning?: boolean
}

export interface Prepared {
  hash: string
  folder: string
  inspection: SplitInspection
}

/** Cleans, encodes and splits datasets. The same request always has the same hash and is computed once. */
export interface Preparer {
  prepare(request: PrepareRequest, context: TaskContext): Promise<Prepared>
  /** Of the data that `prepare` would answer. */
  hash(request: PrepareRequest): Promise<string>
  /** What the split looks like; nothing is kept on disk. */
  preview(request: PrepareRequest, context: TaskContext): Promise<SplitInspection>
}

/** `split`, or the default: leave-last-out where the recipe leaves timestamps, random 80/20 otherwise. */
export function chooseSplit(dataset: DatasetRecord, clean: readonly CleanStep[], split: Split | null): Split {
  const isPredefined = dataset.parts !== null
  if (split?.strategy === 'predefined' && !isPredefined) {
    throw new TopnError(
      'BAD_REQUEST',
      'split.strategy: this dataset was not read from separate train and test files.',
      {
        field: 'split.strategy',
      },
    )
  }
  if (split) return split
  if (dataset.parts) return { strategy: 'predefined', ...dataset.parts }
  if (dataset.profile.firstTimestamp !== null && !dropsTimes(clean)) return { strategy: 'leave-last-out', count: 1 }
  return { strategy: 'random', ratio: 0.2, per: 'user' }
}

export function createPreparer(store: Store, folders: WorkspaceFolders, runTask: TaskRunner): Preparer {
  const inFlight = new Map<string, Promise<Prepared>>()
  const previewed = new Map<string, SplitInspection>()

  async function split(request: PrepareRequest, hash: string, output: string | null, context: TaskContext) {
    const encoded = join(folders.temporary, randomUUID())
    try {
      // Reading, handing over and splitting; of a run this is the first phase, whose share of the whole is not known.
      const tell = (done: number) =>
        context.report({ ...noProgress, phase: 'prepare', fraction: output === null ? done / 3 : null })
      tell(0)
      const { encoded: data, ...about } = await store.encode({
        datasetId: request.dataset.id,
        clean: request.clean,
        contentHash: output !== null,
        signal: context.signal,
      })
      tell(1)
      await writeEncoded(encoded, data)
      tell(2)
      const { split, seed, candidatesFile, forTuning = false } = request
      const task = { kind: 'split' as const, encoded, split, seed, candidatesFile, hash, output, forTuning }
      const inspection = await runTask(task, context)
      return { ...inspection, ...about }
    } finally {
      await rm(encoded, { recursive: true, force: true })
    }
  }

  async function make(request: PrepareRequest, hash: string, context: TaskContext): Promise<Prepared> {
    const folder = folders.prepared(hash)
    const known = await readInspection(folder)
    if (known) return { hash, folder, inspection: known }
    const inspection = await split(request, hash, folder, context)
    await writeFileAtomic(join(folder, inspectionName), Buffer.from(JSON.stringify(inspection)))
    return { hash, folder, inspection }
  }

  async function preview(request: PrepareRequest, context: TaskContext): Promise<SplitInspection> {
    const hash = await hashOf(request)
    const known = previewed.get(hash) ?? (await readInspection(folders.prepared(hash)))
    const inspection = known ?? (await split(request, hash, null, context))
    previewed.delete(hash)
    previewed.set(hash, inspection)
    for (const oldest of [...previewed.keys()].slice(0, -previewsKept)) previewed.delete(oldest)
    return inspection
  }

  return {
    async prepare(request, context) {
      const hash = await hashOf(request)
      for (;;) {
        const other = inFlight.get(hash)
        if (!other) break
        // Another run's cancelled preparation is no answer for this one.
        await endOf(other, context.signal)
      }
      const own = make(request, hash, context).finally(() => inFlight.delete(hash))
      inFlight.set(hash, own)
      return own
    },
    hash: hashOf,
    preview,
  }
}

/** Once the work has ended, well or not. Rejects with the reason of the signal where that comes first. */
async function endOf(work: Promise<unknown>, signal: AbortSignal): Promise<void> {
  await new Promise<void>((resolve) => {
    const end = () => {
      signal.removeEventListener('abort', end)
      resolve()
    }
    signal.addEventListener('abort', end)
    if (signal.aborted) end()
    work.then(end, end)
  })
  signal.throwIfAborted()
}

const inspectionName = 'inspection.json'
const previewsKept = 8

async function readInspection(folder: string): Promise<SplitInspection | null> {
  if (!(await preparedExists(folder))) return null
  return readFile(join(folder, inspectionName), 'utf8').then(JSON.parse, () => null)
}

async function hashOf(request: PrepareRequest): Promise<string> {
  const { dataset, clean, split, seed, candidatesFile, forTuning } = request
  const { items } = dataset.source
  const candidates = candidatesFile === null ? null : await hashOfCandidates(candidatesFile)
  const parts = [formatVersion, dataset.hash, items ?? null, clean, split, usesSeed(split) ? seed : null, candidates]
  return createHash('sha256')
    .update(JSON.stringify(forTuning ? [...parts, 'tuning'] : parts))
    .digest('hex')
}

async function hashOfCandidates(file: string): Promise<string> {
  try {
    return (await sha256OfFile(file)).sha256
  } catch (cause) {
    throw new TopnError('BAD_DATA', `The candidates file ${file} cannot be read.`, { file }, { cause })
  }
}

function usesSeed(split: Split): boolean {
  const { validation } = split
  return drawsAtRandom(split) || (typeof validation === 'object' && drawsAtRandom(validation))
}
