import type { Compute } from '../compute/compute'
import type { Features, FitProgress, Interactions, Model, Tensors } from '../models/model'
import type { Random } from '../models/random'
import { gigabytes, outOfMemory } from './memory'
import { phaseReporter } from './progress'
import type { TaskContext, TaskResults, TrainTask } from './tasks'

const fitShare = { from: 0, to: 0.8 }

/** Refuses before anything large is allocated. */
export function checkMemory(
  model: Model,
  { train, features }: Pick<FitRequest, 'train' | 'features'>,
  task: Pick<TrainTask, 'params' | 'memoryLimitBytes'>,
): void {
  const interactions = train.itemIndices.length
  const featureValues = features ? features.users.values.length + features.items.values.length : 0
  const size = { users: train.users, items: train.items, interactions, featureValues }
  const needed = model.estimateBytes(size, task.params)
  const total = needed + process.memoryUsage.rss()
  if (total <= task.memoryLimitBytes) return
  throw outOfMemory(
    `${model.name} would need about ${gigabytes(total)}; the limit is ${gigabytes(task.memoryLimitBytes)}.`,
    total,
  )
}

export type FitResult = { tensors: Tensors; seconds: number; curve: TaskResults['train']['curve'] }

interface FitRequest {
  train: Interactions
  features: Features | null
  validation: Interactions | null
}

/** Fits a model; `report` hears of it as the first part of a job. */
export async function fitModel(
  model: Model,
  { train, features, validation }: FitRequest,
  { params }: Pick<TrainTask, 'params'>,
  { random, compute, report, signal }: { random: Random; compute: Compute } & TaskContext,
): Promise<FitResult> {
  const curve: FitResult['curve'] = []
  const pass = phaseReporter(fitShare, report)
  const started = performance.now()
  const tensors = await model.fit({
    train,
    ...(validation && { validation }),
    ...(features && { features }),
    params,
    random: random.derive('fit'),
    compute,
    signal,
    report(progress: FitProgress) {
      if (typeof progress.epoch === 'number' && progress.values)
        curve.push({ epoch: progress.epoch, values: progress.values })
      pass(progress)
    },
  })
  return { tensors, seconds: (performance.now() - started) / 1000, curve }
}
