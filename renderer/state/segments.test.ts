import i18next from 'i18next'
import { beforeAll, expect, test } from 'vitest'
import type { DatasetRecord, RunRecord } from '../../main/contract/records'
import type { SegmentMap, SegmentResult } from '../../main/contract/segments'
import type { SelectionRecord } from '../../main/contract/selections'
import { en } from '../locales/en'
import { createFormat } from '../locales/format'
import { segmentChoices, segmentText, upsetsOf, usualChoices } from './segments'

beforeAll(() =>
  i18next.init({ lng: 'en', resources: { en: { translation: en } }, interpolation: { escapeValue: false } }),
)

const attribute = (name: string, type: string) => ({ name, type, separator: null, column: name })
const dataset = {
  userAttributes: [attribute('age', 'number')],
  itemAttributes: [attribute('plot', 'text'), attribute('genres', 'multi-valued')],
} as DatasetRecord
const run = { evaluation: { candidates: 'all' } } as RunRecord
const selection = { id: 's', name: 'friends', of: 'users' } as SelectionRecord
const keys = (choices: { key: string }[]) => choices.map(({ key }) => key)

test('segmentations of items are offered where hits on items count', () => {
  const users = ['warmth', 'activity', 'users:age', 'selection:s']
  const all = segmentChoices(dataset, [selection], 'ndcg', run)
  expect(keys(all)).toEqual(['warmth', 'activity', 'popularity', 'users:age', 'items:genres', 'selection:s'])
  expect(keys(segmentChoices(dataset, [selection], 'auc', run))).toEqual(users)
  const given = { evaluation: { candidates: { file: 'x' } } } as RunRecord
  expect(keys(segmentChoices(dataset, [selection], 'ndcg', given))).toEqual(users)
  expect(keys(usualChoices(all))).toEqual(keys(all).filter((key) => key !== 'selection:s'))
})

test('where the winner loses the surest comes first', () => {
  const segment = (corrected: number | null, difference = 0.1) =>
    ({
      name: { kind: 'missing' },
      upset: corrected === null ? null : { better: 1, worse: 0, difference, p: 0, corrected },
    }) as SegmentResult
  const map = {
    groups: [{ segments: [segment(0.2), segment(null)] }, { segments: [segment(0.01, 0.1), segment(0.01, -0.3)] }],
  } as SegmentMap
  expect(upsetsOf(map).map(({ place, upset }) => [place, upset.corrected])).toEqual([
    [1, 0.01],
    [0, 0.01],
    [0, 0.2],
  ])
})

test('segments in words', () => {
  const words = { t: i18next.t, format: createFormat('en'), selections: new Map([['s', selection]]) }
  const byAge = { by: 'attribute', of: 'users', name: 'age' } as const
  expect(segmentText({ by: 'activity' }, { kind: 'level', level: 'heavy', from: 55, to: 1200 }, words)).toBe(
    'Heavy users (55–1,200 interactions)',
  )
  expect(segmentText(byAge, { kind: 'range', from: 18, to: 18, isDate: false }, words)).toBe('age: 18')
  expect(segmentText(byAge, { kind: 'others', values: 3 }, words)).toBe('age: 3 other values')
  expect(segmentText({ by: 'selection', selectionId: 's' }, { kind: 'outside' }, words)).toBe('Not in friends')
})
