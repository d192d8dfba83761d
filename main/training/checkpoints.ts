import { createHash } from 'node:crypto'
import { mkdir, readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { Compute } from '../compute/compute'
import { readSafetensors, writeSafetensors } from '../files/safetensors'
import type { Checkpoint, Checkpoints, TrainingState } from '../models/checkpoint'
import type { Tensors } from '../models/model'
import type { TrainTask } from './tasks'

/** Checkpoints are never saved so often that saving takes more than a twentieth of the time. */
const mostShare = 1 / 20

/** At the end of an epoch less is lost by saving, so that the interval counts for less. */
const shares = { step: 1, epoch: 0.2 }

const fileName = 'checkpoint.safetensors'

export function checkpointFile(folder: string): string {
  return join(folder, fileName)
}

export interface CheckpointRequest {
  /** Where they are written; made where it does not exist. */
  folder: string
  /** Of what is trained: a checkpoint of anything else is none. */
  key: string
  /** Files that the fit may go on from; the first that has a checkpoint of the key. */
  from: readonly string[]
  /** From one to the next, within an epoch. */
  intervalMilliseconds: number
  /** Once aborted, the next checkpoint is the last: saving it rejects with the reason. */
  pause: AbortSignal
  clock?: () => number
}

export interface TaskCheckpoints extends Checkpoints {
  /** Seconds that training had taken at the last one. */
  readonly secondsBefore: number
  /** The last one that was saved, and the tensors of its file; null where there is none. */
  latest(): { state: TrainingState; tensors: Tensors } | null
}

/** Keeps the checkpoints of a training: the newest takes the place of the one before, atomically. */
export async function openCheckpoints(request: CheckpointRequest): Promise<TaskCheckpoints> {
  const { folder, key, pause, intervalMilliseconds: interval, clock = () => performance.now() } = request
  await mkdir(folder, { recursive: true })
  await removeHalfWritten(folder)
  const found = await firstOf(request.from, key)
  const secondsBefore = found?.seconds ?? 0
  const opened = clock()
  let latest: ReturnType<TaskCheckpoints['latest']> = null
  let [saved, cost] = [clock(), 0]
  return {
    last: found,
    secondsBefore,
    latest: () => latest,
    isDue: (at) => pause.aborted || clock() - saved >= Math.max(shares[at] * interval, cost / mostShare),
    async save(state, tensorsOf) {
      const started = clock()
      const seconds = secondsBefore + (started - opened) / 1000
      const tensors = encode({ tensors: await tensorsOf(), state, seconds }, key)
      await writeSafetensors(checkpointFile(folder), tensors)
      latest = { state, tensors }
      saved = clock()
      cost = saved - started
      pause.throwIfAborted()
    },
  }
}

/** What a write left that was ended by a crash. */
async function removeHalfWritten(folder: string): Promise<void> {
  const left = (await readdir(folder)).filter((name) => name.startsWith(fileName) && name.endsWith('.part'))
  for (const name of left) await rm(join(folder, name), { force: true })
}

async function firstOf(files: readonly string[], key: string): Promise<Kept | null> {
  for (const file of files) {
    const checkpoint = await readCheckpoint(file)
    if (checkpoint?.key === key) return checkpoint
  }
  return null
}

/** One that is missing or damaged costs time, since the training starts anew, and nothing else: it is none. */
async function readCheckpoint(file: string, names?: string[]): Promise<(Kept & { key: string }) | null> {
  try {
    const { [aboutName]: about, ...tensors } = await readSafetensors(file, names)
    const known: Omit<Kept, 'tensors'> & { key: string } = JSON.parse(Buffer.from(about.data as Uint8Array).toString())
    return isState(known.state) ? { ...known, tensors } : null
  } catch {
    return null
  }
}

function isState(state: Partial<TrainingState> | undefined): boolean {
  return Number.isInteger(state?.epoch) && Number.isInteger(state?.step) && Array.isArray(state?.curve)
}

/** Where the training of a file got to; null where there is none, or a damaged one. */
export async function readTrainingState(file: string): Promise<TrainingState | null> {
  return (await readCheckpoint(file, [aboutName]))?.state ?? null
}

/** The key of what is trained in a file; null as above. */
export async function readTrainingKey(file: string): Promise<string | null> {
  return (await readCheckpoint(file, [aboutName]))?.key ?? null
}

const aboutName = 'about'

interface Kept extends Checkpoint {
  /** That training had taken. */
  seconds: number
}

function encode({ tensors, ...about }: Kept, key: string): Tensors {
  const data = new Uint8Array(Buffer.from(JSON.stringify({ key, ...about })))
  return { ...tensors, [aboutName]: { shape: [data.length], data } }
}

/** Parameters that a training may be continued with other values of: they say when it ends. */
const endParameters = ['epochs', 'cycle_epochs', 'patience']

/** Raised whenever networks come to learn other weights from the same data, parameters and seed. */
const networksVersion = 1

/** The same for runs of which one can go on where the other ended; on another device numbers round otherwise. */
export function checkpointKey(
  task: Pick<TrainTask, 'model' | 'params' | 'seed' | 'features'> & { goal: Pick<TrainTask['goal'], 'kind'> },
  data: string,
  device: Compute['device'],
): string {
  const { model, params, seed, features, goal } = task
  const kept = Object.entries(params).filter(([name]) => !endParameters.includes(name))
  const text = JSON.stringify([networksVersion, device, model, kept.sort(), seed, features, data, goal.kind])
  return createHash('sha256').update(text).digest('hex')
}
