import type { CallInput } from '../../main/contract/calls'
import type { DeviceId } from '../../main/contract/devices'
import type { PlainError } from '../../main/contract/errors'
import type { Estimate, Offer } from '../../main/contract/estimates'
import type { ModelDescription, ParameterValue } from '../../main/contract/parameters'
import type { DatasetRecord, RunRecord } from '../../main/contract/records'
import { useFormat } from '../locales/format'
import { useSay } from '../locales/say'
import { useAnswer } from './engine'
import { type ExperimentDraft, isMadeOfRuns } from './experiment'
import { featuresOf } from './features'
import { changedParameters, parameterProblem, parameterValue } from './parameters'
import { stepsOf } from './recipe'
import { holdsOutUsers } from './split-draft'
import type { PreviewAnswer } from './split-preview'
import { useWorkbench } from './workbench'

/** Milliseconds after the last change, so that typing does not ask anew for each digit. */
const delay = 200

/** What each model would cost with the parameters of the form, after recipe and split, by the model's id. */
export function useEstimates(
  dataset: DatasetRecord,
  draft: ExperimentDraft,
  models: readonly ModelDescription[],
  preview: PreviewAnswer['value'],
  device: DeviceId | undefined,
): ReadonlyMap<string, Estimate> {
  const { value } = useAnswer('models.estimate', estimateRequest(dataset, draft, models, preview, device), delay)
  return new Map(value?.map((estimate) => [estimate.model, estimate]))
}

/** Of the models whose parameters are whole; null where there is none. */
export function estimateRequest(
  dataset: DatasetRecord,
  draft: ExperimentDraft,
  models: readonly ModelDescription[],
  preview: PreviewAnswer['value'],
  device?: DeviceId,
): CallInput<'models.estimate'> | null {
  // What is made of runs costs what they cost, and they are not known here.
  const entries = models
    .filter((model) => !isMadeOfRuns(model))
    .flatMap(({ id, parameters }) => {
      const values = draft.parameters[id] ?? {}
      const isWhole = parameters.every((each) => parameterProblem(each, parameterValue(each, values)) === null)
      return isWhole ? [{ model: id, params: changedParameters(parameters, values) }] : []
    })
  if (entries.length === 0) return null
  return {
    datasetId: dataset.id,
    clean: stepsOf(draft.clean, dataset),
    features: featuresOf(draft.features),
    counts: preview?.train,
    needsFoldIn: holdsOutUsers(draft.split),
    ...(device && { device }),
    models: entries,
  }
}

/** A model with the parameters that differ from its defaults. */
export type OfferedModel = Pick<Offer, 'model' | 'params'>

/** What the error of a run that did not fit offers in its place, or null. */
export function offerOfError({ data: { offerModel, offerParams } }: PlainError): OfferedModel | null {
  if (typeof offerModel !== 'string' || typeof offerParams !== 'object') return null
  return offerParams === null || Array.isArray(offerParams) ? null : { model: offerModel, params: offerParams }
}

/** The request that trains the offered model with all other settings of the run. */
export function requestOfOffer(run: RunRecord, { model, params }: OfferedModel): CallInput<'runs.start'> {
  const { datasetId, clean, split, features, evaluation, seed, deviceChoice } = run
  const device = deviceChoice && { device: deviceChoice }
  return { datasetId, clean, split, features, evaluation, seed, ...device, models: [{ model, params }] }
}

/** The form with the offered model in the place of the one that does not fit. */
export function withOffer(
  { models, parameters }: ExperimentDraft,
  refused: string,
  { model, params }: OfferedModel,
): Pick<ExperimentDraft, 'models' | 'parameters'> {
  const others = models.filter((id) => id !== refused && id !== model)
  return { models: [...others, model], parameters: { ...parameters, [model]: params } }
}

/** A model's name and the parameters that it is offered with. */
export function useOfferText(): (offer: OfferedModel) => string {
  const say = useSay()
  const format = useFormat()
  const models = useWorkbench((state) => state.models)
  const written = (value: ParameterValue) => (typeof value === 'number' ? format.value(value) : String(value))
  return ({ model, params }) => {
    const name = say(models.find(({ id }) => id === model)?.name ?? model)
    return [name, ...Object.entries(params).map(([parameter, value]) => `${parameter} ${written(value)}`)].join(', ')
  }
}
