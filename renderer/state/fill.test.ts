import { expect, test } from 'vitest'
import type { DatasetRecord, RunRecord } from '../../main/contract/records'
import { newExperiment, splitOf, startRequest } from './experiment'
import { draftOf, holdsAll, possibleMembers, type Settings, settingsOfRun } from './fill'
import { stepsOf } from './recipe'
import { newSplit } from './split-draft'

const dataset = {
  id: 'd',
  parts: null,
  profile: { firstTimestamp: 0, ratings: [], events: [] },
  itemAttributes: [],
  userAttributes: [],
  source: {},
} as unknown as DatasetRecord
const settings: Settings = {
  clean: [
    { step: 'duplicates', keep: 'first' },
    { step: 'rating-filter', min: 3.5 },
    { step: 'k-core', user: 5, item: 3 },
  ],
  split: { strategy: 'random', ratio: 0.3, per: 'global', validation: { strategy: 'leave-last-out', count: 2 } },
  features: [{ as: 'number', of: 'users', column: 'age', scale: 'log' }],
  evaluation: {
    candidates: { sampled: 50 },
    exclude_seen: false,
    cutoffs: [1, 7],
    metrics: ['ndcg'],
    item_attribute: 'genres',
  },
  models: [{ model: 'item-knn', params: { neighbors: 20 } }],
  seed: 7,
  device: 'cpu' as const,
}

test('a form filled with settings starts the same settings', () => {
  const draft = draftOf(settings, dataset)
  expect(stepsOf(draft.clean, dataset)).toEqual(settings.clean)
  expect(splitOf(draft, dataset)).toEqual(settings.split)
  expect(holdsAll(draft, settings, dataset)).toBe(true)
  const parameters = [
    { name: 'neighbors', meaning: '', type: 'integer', default: 100, minimum: 1, maximum: 1000 } as const,
  ]
  const model = {
    id: 'item-knn',
    name: '',
    family: '',
    feedback: 'implicit' as const,
    summary: '',
    assumes: '',
    suits: '',
    source: '',
    presets: [],
    capabilities: [],
    parameters,
  }
  expect(startRequest(draft, dataset, [model])).toEqual({
    datasetId: 'd',
    repeat: null,
    clean: settings.clean,
    split: settings.split,
    features: settings.features,
    evaluation: settings.evaluation,
    models: settings.models,
    seed: 7,
    device: 'cpu',
  })
})

test('what was in the form before does not stay', () => {
  const draft = draftOf({ ...settings, clean: [], split: null, features: null }, dataset)
  expect(draft).toMatchObject({ clean: [], split: newSplit(dataset), features: null })
})

test.each<[string, Partial<Settings>]>([
  ['a share beside a point in time', { split: { strategy: 'temporal', quantile: 0.7, at: 1000 } }],
])('%s is more than the form can hold', (_, change) => {
  const changed = { ...settings, ...change }
  expect(holdsAll(draftOf(changed, dataset), changed, dataset)).toBe(false)
})

test('a new form has the models that are preselected', () => {
  expect(newExperiment(dataset, ['popularity']).models).toEqual(['popularity'])
})

test('an ensemble’s members come back into the form; of its form’s data, recipe and split are those that it can have', () => {
  const run = { ...settings, id: 'ials-1', datasetId: 'd', state: 'done', model: 'ials', params: {}, members: null }
  const one = run as unknown as RunRecord
  const made = { ...one, id: 'ensemble-1', members: [{ runId: 'ials-1' }, { runId: 'ease-1' }] } as unknown as RunRecord
  const draft = draftOf(settingsOfRun(made), dataset)
  expect(draft.members).toEqual(['ials-1', 'ease-1'])
  const others = [
    made,
    { ...one, datasetId: 'e' },
    { ...one, state: 'failed' as const },
    { ...one, elsewhere: { from: { kind: 'run' as const, runId: 'bpr-1' }, found: null } },
    { ...one, clean: [] },
    { ...one, split: { strategy: 'leave-one-out' as const } },
  ]
  expect(possibleMembers([one, ...others], draft, dataset)).toEqual([one])
})
