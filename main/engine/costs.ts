import type { DataSize, Model, Parameters } from '../models/model'

/** Vectors one after the other, on one thread; measured on MovieLens data of 0.1 and 0.8 million interactions. */
const densePerSecond = 5e9
/** Items here and there in memory, measured likewise. */
const sparsePerSecond = 3e8
/** Ranking one item of one user, beyond scoring it; on one thread at any number of them. */
const rankingSeconds = 1.5e-8
/** Starting a process, reading prepared data, writing the artifact. */
const overheadSeconds = 0.5

/** What a job process holds before it reads anything, about. */
const processBytes = 150 * 2 ** 20

export interface Machine {
  /** Of a training job. */
  threads: number
  memoryLimitBytes: number
}

/** What a job holds beside what its model allocates: the process and the prepared data. */
export function reservedBytes({ interactions, featureValues = 0 }: DataSize): number {
  return processBytes + 20 * interactions + 8 * featureValues
}

/** What a run costs once its data is prepared: seconds of training and judging, and bytes at the peak. */
export function estimateCost(model: Model, size: DataSize, params: Parameters, threads: number) {
  return {
    seconds: estimateSeconds(model, size, params, threads),
    bytes: reservedBytes(size) + model.estimateBytes(size, params),
  }
}

/**
 * About how many seconds training and evaluating a model takes: its operations over the measured rates. Meant to tell
 * seconds from hours.
 */
function estimateSeconds(model: Model, size: DataSize, params: Parameters, threads: number): number {
  const { dense, sparse } = model.estimateWork(size, params)
  const ranking = size.users * size.items * rankingSeconds
  return overheadSeconds + (dense / densePerSecond + sparse / sparsePerSecond) / threads + ranking
}
