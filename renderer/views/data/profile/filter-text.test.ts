import i18next from 'i18next'
import { expect, test } from 'vitest'
import type { Filter } from '../../../../main/contract/filters'
import { en } from '../../../locales/en'
import { createFormat } from '../../../locales/format'
import { filterText } from './filter-text'

const i18n = i18next.createInstance()
await i18n.init({ lng: 'en', resources: { en: { translation: en } }, interpolation: { escapeValue: false } })
const words = { t: i18n.t, format: createFormat('en'), selections: new Map([['s', { name: 'Fans' }]]) }
const at = (iso: string) => Date.parse(iso) / 1000

const texts: [Filter, string][] = [
  [{ by: 'rating', from: 3, to: 4.5 }, 'Rating 3 – 4.5'],
  [{ by: 'rating', from: 3, to: 3 }, 'Rating 3'],
  [{ by: 'rating', from: 3 }, 'Rating from 3'],
  [{ by: 'rating', to: 3 }, 'Rating up to 3'],
  [{ by: 'user-interactions', from: 1000, to: 2000 }, 'Users with 1,000 – 2,000 interactions'],
  [{ by: 'time', from: at('2003-03-01'), to: at('2010-03-01') - 1 }, 'Mar 1, 2003 – Feb 28, 2010'],
  [{ by: 'time', from: at('2003-03-01'), to: at('2003-03-02') - 1 }, 'Mar 1, 2003'],
  [{ by: 'calendar', weekdays: [1, 2, 3, 6], hours: [22, 23] }, 'Mon – Wed, Sat · 22–24 h'],
  [{ by: 'event', values: ['a', 'b', 'c', 'd', 'e'] }, 'Event a, b, c and 2 more'],
  [{ by: 'attribute', of: 'items', name: 'genres', values: ['Drama'] }, 'Items: genres Drama'],
  [{ by: 'attribute', of: 'users', name: 'age', from: 20, to: 29 }, 'Users: age 20 – 29'],
  [{ by: 'selection', selectionId: 's' }, 'Selection Fans'],
  [{ by: 'text', of: 'items', contains: '{{x}} <b>' }, 'Items containing “{{x}} <b>”'],
]

test.each(texts)('%j is %s', (filter, text) => {
  expect(filterText(filter, words)).toBe(text)
})

test('hours are told within a short span', () => {
  const text = filterText({ by: 'time', from: at('2003-03-01T08:00:00Z'), to: at('2003-03-01T10:59:59Z') }, words)
  expect(text).toMatch(/8:00.* – .*10:59/)
})
