import type { DeviceId } from '../contract/devices'
import type { Offer } from '../contract/estimates'
import { isNetwork, type ParameterValue } from '../contract/parameters'
import type { DataSize, Model, Parameters } from './model'
import { checkParameters, models } from './registry'

interface Limits {
  /** What it will be computed on; left out where that is not known yet. */
  device?: DeviceId
  /** Memory that a model may take. */
  bytes: number
  /** Models that would do on this data and split. */
  isAble(model: Model): boolean
}

/**
 * What would fit in place of a model that does not, by what each says that it takes: the same model with the one whole
 * number lowered that needs the smallest change; else a model of its family, else the others that learn from the same
 * feedback, baselines last, each in the order of the registry. Null where nothing fits.
 */
export function offerThatFits(model: Model, size: DataSize, params: Parameters, limits: Limits): Offer | null {
  const smaller = lowered(model, size, params, limits)
  if (smaller) return offerOf(model, size, smaller)
  const isLike = (other: Model) => other !== model && other.feedback === model.feedback && !other.memberWeights
  const able = models.filter((other) => isLike(other) && limits.isAble(other))
  const place = ({ family }: Model) => (family === model.family ? 0 : family === 'Baselines' ? 2 : 1)
  for (const other of able.toSorted((a, b) => place(a) - place(b))) {
    const usual = checkParameters(other, {})
    const fitting = fits(other, size, usual, limits) ? usual : lowered(other, size, usual, limits)
    if (fitting) return offerOf(other, size, fitting)
  }
  return null
}

/** What the kernels can address. */
const kernelBytes = 2 ** 32

/** Nearly all that a network holds on the processor lies on one heap of WebAssembly; the rest is for what it lets lie. */
const networkBytes = 3.5 * 2 ** 30

/** What a model's job holds before it allocates anything for its data: TensorFlow.js with its WebAssembly, of a network. */
export const libraryBytes = (model: Model): number => (isNetwork(model) ? 60 * 2 ** 20 : 0)

/** Of the memory that there is, what a model can use on a device; of one that is not known yet it may be all. */
export function roomFor(model: Model, bytes: number, device?: DeviceId): number {
  if (!isNetwork(model)) return Math.min(bytes, kernelBytes / (model.kernelShare ?? 0.5))
  return device === 'cpu' ? Math.min(bytes, networkBytes) : bytes
}

const fits = (model: Model, size: DataSize, params: Parameters, { bytes, device }: Pick<Limits, 'bytes' | 'device'>) =>
  model.estimateBytes(size, params) <= roomFor(model, bytes, device)

/** A parameter is not lowered to less than this share of what was asked for: the model would hardly be the same. */
const leastShare = 1 / 8

/** The parameters with one whole number lowered as little as makes them fit; null where none of them helps. */
function lowered(model: Model, size: DataSize, params: Parameters, limits: Limits): Parameters | null {
  const found = model.parameters.flatMap((parameter) => {
    if (parameter.type !== 'integer') return []
    const value = Number(params[parameter.name])
    const least = Math.max(parameter.minimum, Math.ceil(value * leastShare))
    const withValue = (candidate: number) => ({ ...params, [parameter.name]: candidate })
    const isFitting = (candidate: number) => fits(model, size, withValue(candidate), limits)
    if (least >= value || !isFitting(least)) return []
    const highest = highestThat(isFitting, least, value)
    return [{ params: withValue(roundedDown(highest, least)), share: highest / value }]
  })
  return found.sort((a, b) => b.share - a.share)[0]?.params ?? null
}

/** The highest whole number from `least` on, which is one, below `most`, which is none; what holds for one holds below. */
function highestThat(holds: (value: number) => boolean, least: number, most: number): number {
  let [low, high] = [least, most]
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2)
    if (holds(middle)) low = middle
    else high = middle
  }
  return low
}

/** A number that people would choose: whole eights, where that is not too few. */
function roundedDown(value: number, least: number): number {
  const round = value - (value % 8)
  return round >= least && round > 0 ? round : value
}

function offerOf(model: Model, size: DataSize, params: Parameters): Offer {
  const defaults: Record<string, ParameterValue> = checkParameters(model, {})
  const changed = Object.entries(params).filter(([name, value]) => value !== defaults[name])
  return { model: model.id, params: Object.fromEntries(changed), bytes: model.estimateBytes(size, params) }
}
