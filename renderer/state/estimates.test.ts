import { safeParse } from 'valibot'
import { expect, test } from 'vitest'
import { callSchemas } from '../../main/contract/calls'
import type { ModelDescription } from '../../main/contract/parameters'
import type { DatasetRecord, RunRecord } from '../../main/contract/records'
import { estimateRequest, offerOfError, requestOfOffer, withOffer } from './estimates'
import { newExperiment } from './experiment'

const profile = { firstTimestamp: 0, ratings: [], events: [] } as unknown as DatasetRecord['profile']
const dataset = { id: 'd', parts: null, profile, itemAttributes: [], userAttributes: [] } as unknown as DatasetRecord
const parameter = { meaning: '', type: 'integer' as const, default: 100, minimum: 1, maximum: 1000 }
const knn = {
  id: 'item-knn',
  capabilities: [],
  parameters: [{ ...parameter, name: 'neighbors' }],
} as unknown as ModelDescription
const popularity = { id: 'popularity', capabilities: [], parameters: [] } as unknown as ModelDescription
const models = [popularity, knn]

test('costs are asked for of the models whose parameters are whole', () => {
  const draft = newExperiment(dataset)
  const own = { ...draft, parameters: { 'item-knn': { neighbors: 20 } } }
  const request = estimateRequest(dataset, own, models, null)
  expect(request?.models).toEqual([
    { model: 'popularity', params: {} },
    { model: 'item-knn', params: { neighbors: 20 } },
  ])
  expect(safeParse(callSchemas['models.estimate'], request).success).toBe(true)
  const unfinished = { ...draft, parameters: { 'item-knn': { neighbors: '' } } }
  expect(estimateRequest(dataset, unfinished, models, null)?.models).toEqual([{ model: 'popularity', params: {} }])
  expect(estimateRequest(dataset, unfinished, [knn], null)).toBeNull()
  const onCard = estimateRequest(dataset, draft, models, null, 'webgpu')
  expect(onCard?.device).toBe('webgpu')
  expect(safeParse(callSchemas['models.estimate'], onCard).success).toBe(true)
})

test('an offer takes the place of the model that does not fit, or of its parameters', () => {
  const draft = { ...newExperiment(dataset, ['ease', 'popularity']), parameters: { ease: { regularization: 5 } } }
  expect(withOffer(draft, 'ease', { model: 'slim', params: {} })).toEqual({
    models: ['popularity', 'slim'],
    parameters: { ease: { regularization: 5 }, slim: {} },
  })
  expect(withOffer(draft, 'ials', { model: 'ials', params: { embedding_size: 8 } }).models).toContain('ials')
})

test('an error of a run that did not fit offers what does, with all other settings of the run', () => {
  const data = { bytes: 9, limit: 5, offerModel: 'ials', offerParams: { embedding_size: 8 }, offerBytes: 4 }
  const offer = offerOfError({ code: 'OUT_OF_MEMORY', message: '', data })
  expect(offer).toEqual({ model: 'ials', params: { embedding_size: 8 } })
  expect(offerOfError({ code: 'OUT_OF_MEMORY', message: '', data: { bytes: 9, offerModel: null } })).toBeNull()
  const evaluation = { candidates: 'all', exclude_seen: true, cutoffs: [10], metrics: ['ndcg'] }
  const settings = { datasetId: 'd', clean: [], split: null, features: null, evaluation, seed: 7 }
  const run = { ...settings, deviceChoice: 'cpu' } as unknown as RunRecord
  const request = offer && requestOfOffer(run, offer)
  expect(request).toEqual({
    datasetId: 'd',
    clean: [],
    split: null,
    features: null,
    evaluation,
    seed: 7,
    device: 'cpu',
    models: [offer],
  })
  expect(safeParse(callSchemas['runs.start'], request).success).toBe(true)
})
