import type { CheckedInput } from '../contract/calls'
import type { DeviceId } from '../contract/devices'
import type { Estimate } from '../contract/estimates'
import type { DatasetRecord } from '../contract/records'
import { proposeFeatures } from '../data/features/propose'
import { assumedValues } from '../data/features/size'
import type { DataSize, Model, Parameters } from '../models/model'
import { offerThatFits } from '../models/offer'
import { findModel, parametersOf } from '../models/registry'
import type { Store } from '../store'
import { estimateCost, limitOf, type Machine, reservedBytes } from './costs'
import { attributesOf } from './features'
import type { Handlers } from './service'

/** What each model would cost on the counts that are given, or on the whole dataset. Reads no data. */
export function estimateHandlers(store: Store, machine: Machine): Pick<Handlers, 'models.estimate'> {
  return {
    async 'models.estimate'(input) {
      const dataset = await store.dataset(input.datasetId)
      const size = sizeOf(input, dataset)
      const isAble = (model: Model) =>
        (model.features !== 'required' || featuresOf(input, dataset).some(({ of }) => of === 'items')) &&
        (model.foldIn !== undefined || !input.needsFoldIn)
      const place = { ...machine, isAble, ...(input.device && { device: input.device }) }
      return input.models.map(({ model: id, ...entry }, index) => {
        const model = findModel(id)
        return estimateRun(model, size, parametersOf(model, entry, `models[${index}]`), place)
      })
    },
  }
}

interface Place extends Machine {
  device?: DeviceId
  isAble(model: Model): boolean
}

function estimateRun(model: Model, size: DataSize, params: Parameters, place: Place): Estimate {
  const cost = estimateCost(model, size, params, place.threads)
  const limitBytes = limitOf(model, size, place, place.device)
  if (cost.bytes <= limitBytes) return { model: model.id, ...cost, limitBytes, offer: null }
  const reserved = reservedBytes(model, size)
  const offer = offerThatFits(model, size, params, { ...place, bytes: place.memoryLimitBytes - reserved })
  const held = offer && reservedBytes(findModel(offer.model), size)
  return { model: model.id, ...cost, limitBytes, offer: offer && { ...offer, bytes: offer.bytes + (held ?? 0) } }
}

type Input = CheckedInput<'models.estimate'>

function featuresOf({ features, clean }: Input, dataset: DatasetRecord) {
  return features ?? proposeFeatures(attributesOf(dataset, clean))
}

function sizeOf(input: Input, dataset: DatasetRecord): DataSize {
  const { interactions, users, items } = input.counts ?? dataset.profile
  return { interactions, users, items, featureValues: assumedValues(featuresOf(input, dataset), { users, items }) }
}
