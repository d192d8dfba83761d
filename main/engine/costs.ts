import type { DeviceId } from '../contract/devices'
import type { DataSize, Model, Parameters } from '../models/model'
import { libraryBytes, roomFor } from '../models/offer'
import type { Needs } from './job-room'

// Rates of one thread, measured on MovieLens data of 0.1 and 1 million interactions: docs/benchmarks.md has what they
// give for every model beside what it took. Another machine differs by its speed, all models alike.
const densePerSecond = 7.5e9
const sparsePerSecond = 4.8e8
const blockedPerSecond = 1.4e10
/** Ranking one item of one user, beyond scoring it; on one thread at any number of them. */
const rankingSeconds = 6e-9
/** Starting a process, reading prepared data, writing the artifact. */
const overheadSeconds = 0.2

/** What a job process holds before it reads anything. */
const processBytes = 85 * 2 ** 20
/** Of each interaction: what is read, and what is made of it to judge lists. */
const bytesOfInteraction = 30

export interface Machine {
  /** Of a training job. */
  threads: number
  memoryLimitBytes: number
}

/** What a job holds beside what its model allocates: the process with its libraries, and the prepared data. */
export function reservedBytes(model: Model, { interactions, featureValues = 0 }: DataSize): number {
  return processBytes + libraryBytes(model) + bytesOfInteraction * interactions + 8 * featureValues
}

/**
 * Bytes that a run of the model may hold: the machine's limit, or what its share in the kernels, or the device that
 * networks are computed on, leaves it.
 */
export function limitOf(
  model: Model,
  size: DataSize,
  { memoryLimitBytes }: Pick<Machine, 'memoryLimitBytes'>,
  device?: DeviceId,
): number {
  const reserved = reservedBytes(model, size)
  return reserved + roomFor(model, memoryLimitBytes - reserved, device)
}

/** What a run costs once its data is prepared: seconds of training and judging, and bytes at the peak. */
export function estimateCost(model: Model, size: DataSize, params: Parameters, threads: number) {
  return {
    seconds: estimateSeconds(model, size, params, threads),
    bytes: reservedBytes(model, size) + model.estimateBytes(size, params),
  }
}

/** What a training job takes at its peak. */
export function needsOf(model: Model, size: DataSize, params: Parameters, threads: number): Needs {
  const { isSerial = false } = model.estimateWork(size, params)
  return { threads: isSerial ? 1 : threads, bytes: estimateCost(model, size, params, threads).bytes }
}

/** Training and evaluating: the model's operations over the measured rates. */
function estimateSeconds(model: Model, size: DataSize, params: Parameters, threads: number): number {
  const { dense, sparse, blocked = 0, isSerial = false } = model.estimateWork(size, params)
  const ranking = size.users * size.items * rankingSeconds
  const work = dense / densePerSecond + sparse / sparsePerSecond + blocked / blockedPerSecond
  return overheadSeconds + work / (isSerial ? 1 : threads) + ranking
}
