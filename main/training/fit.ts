import { join } from 'node:path'
import type { Compute } from '../compute/compute'
import { extendCurve } from '../contract/curve'
import type { DeviceId } from '../contract/devices'
import { TopnError } from '../contract/errors'
import { assembleFeatures } from '../data/features/assemble'
import { readFeatures } from '../data/features/files'
import type { Checkpoints } from '../models/checkpoint'
import type { Features, FitProgress, Interactions, Member, Model, Tensors } from '../models/model'
import { libraryBytes, offerThatFits, roomFor } from '../models/offer'
import type { Random } from '../models/random'
import { planTooLarge } from './memory'
import { withEmptyUser } from './own-history'
import { type PhaseShare, phaseReporter } from './progress'
import type { EvaluateGoal, TaskContext, TaskResults, TrainTask } from './tasks'
import { validationJudge } from './validation-judge'

/** What fitting is of a job, and making lists. */
export const fitShare = { from: 0, to: 0.8 }
export const listShare = { from: 0.8, to: 1 }

/**
 * The model's features of prepared data, or null where it has none; the user `added`, who is in `train` and not in the
 * files, has none of their own.
 */
export async function featuresOf(
  prepared: string,
  file: string | null,
  train: Interactions,
  added: number | null = null,
): Promise<Features | null> {
  if (file === null) return null
  const encoded = await readFeatures(join(prepared, file))
  return assembleFeatures(added === null ? encoded : withEmptyUser(encoded, added), train)
}

interface Plan extends Pick<FitRequest, 'train' | 'features'> {
  /** Known histories of held-out users, for whom the model must make lists; null where there are none. */
  foldIn: Interactions | null
  /** What a model that is made of others is made of. */
  members?: Pick<Member, 'model' | 'params'>[]
}

/** Refuses before anything large is allocated, with the numbers and what would fit. */
export function checkMemory(
  model: Model,
  { train, features, foldIn, members = [] }: Plan,
  { params, memoryLimitBytes }: Pick<TrainTask, 'params' | 'memoryLimitBytes'>,
  device: DeviceId,
): void {
  const { users, items } = train
  const interactions = train.itemIndices.length
  const featureValues = features ? features.users.values.length + features.items.values.length : 0
  const featureColumns = features?.items.columns ?? 0
  const userFeatureColumns = features?.users.columns ?? 0
  const size = { users, items, interactions, featureValues, featureColumns, userFeatureColumns, members }
  // On other devices the library is there by now.
  const held = process.memoryUsage.rss() + (device === 'cpu' ? libraryBytes(model) : 0)
  const bytes = held + model.estimateBytes(size, params)
  const limit = held + roomFor(model, memoryLimitBytes - held, device)
  if (bytes <= limit) return
  const isAble = (other: Model) =>
    (other.features !== 'required' || features !== null) && (foldIn === null || other.foldIn !== undefined)
  const offer = offerThatFits(model, size, params, { bytes: memoryLimitBytes - held, device, isAble })
  throw planTooLarge(model.name, { bytes, limit, offer: offer && { ...offer, bytes: held + offer.bytes } })
}

export type FitResult = { tensors: Tensors; seconds: number; curve: TaskResults['train']['curve'] }

interface FitRequest {
  train: Interactions
  features: Features | null
  validation: Interactions | null
  /** Known histories of held-out users; left out where none are, or the validation part has none of them. */
  foldIn?: Interactions | null
  /** What a model that is made of others is made of. */
  runs?: readonly Member[]
}

interface FitTools extends TaskContext {
  random: Random
  compute: Compute
  share?: PhaseShare
  /** Where a model that has `checkpoint` keeps what it can go on from. */
  checkpoints?: Checkpoints
}

/** Fits a model; `report` hears of it as the first part of a job, or as `share` of it. */
export async function fitModel(
  model: Model,
  { train, features, validation, foldIn = null, runs }: FitRequest,
  { params }: Pick<TrainTask, 'params'>,
  { random, compute, report, signal, checkpoints, share = fitShare }: FitTools,
): Promise<FitResult> {
  let curve: FitResult['curve'] = checkpoints?.last?.state.curve ?? []
  const pass = phaseReporter(share, report)
  const started = performance.now()
  const judging = validation && validationJudge({ model, train, foldIn, validation }, { random, signal })
  const tensors = await model.fit({
    train,
    ...(validation && { validation }),
    ...(features && { features }),
    ...(runs && { runs }),
    ...judging,
    ...(model.checkpoint && checkpoints && { checkpoints }),
    params,
    random: random.derive('fit'),
    compute,
    signal,
    report(progress: FitProgress) {
      refuseDivergence(model, progress)
      curve = extendCurve(curve, progress)
      pass(progress)
    },
  })
  return { tensors, seconds: (performance.now() - started) / 1000, curve }
}

/** What became endless stays so: all that follows would be computed in vain. */
function refuseDivergence({ name }: Model, { epoch, values = {} }: FitProgress): void {
  const lost = Object.keys(values).find((key) => !Number.isFinite(values[key]))
  if (lost === undefined) return
  const message = `${name} diverged in epoch ${epoch}: its ${lost} is no number any more. Choose a smaller learning rate, or values on a smaller scale.`
  throw new TopnError('BAD_REQUEST', message, { field: 'params' })
}

/** What is known of items, for metrics that ask for it; null where none does. */
export async function itemFeaturesOf({ itemAttribute }: EvaluateGoal, prepared: string, train: Interactions) {
  if (!itemAttribute) return null
  const features = await featuresOf(prepared, itemAttribute.file, train)
  return features && { rows: features.items, areCategories: itemAttribute.areCategories }
}
