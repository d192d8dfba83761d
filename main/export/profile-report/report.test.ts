import { expect, test } from 'vitest'
import type { Exploration } from '../../contract/exploration'
import type { Filter } from '../../contract/filters'
import { longTail } from '../../data/long-tail'
import { profileReport, type ReportRequest } from './report'
import { reportLanguages } from './texts'

const amounts = { interactions: 4, users: 2, items: 3, density: 4 / 6, repeats: 1 }
const hostile = `</td><script>alert("1")</script><img src=x onerror='alert(2)'>\u0000\u202e&amp;`
const shown =
  '&lt;/td&gt;&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt;&lt;img src=x onerror=&#39;alert(2)&#39;&gt;\ufffd\u202e&amp;amp;'

const exploration: Exploration = {
  all: { ...amounts, interactions: 9000, firstTimestamp: 0, lastTimestamp: 86_400 },
  left: { ...amounts, firstTimestamp: 0, lastTimestamp: 3600 },
  tail: { users: longTail([{ interactions: 2, members: 2 }]), items: longTail([{ interactions: 1, members: 3 }]) },
  activity: {
    users: { bins: [{ from: 2, to: 2, count: 2 }], mean: 2, median: 2, maximum: 2 },
    items: { bins: [{ from: 1, to: 3, count: 3 }], mean: 4 / 3, median: 1, maximum: 2 },
  },
  ratings: { scale: 'values', bins: [{ from: 4.5, to: 4.5, count: 1234 }], mean: 4.5, missing: 0 },
  time: { unit: 'hour', bins: [{ from: 0, to: 3600, count: 4, newUsers: 2, newItems: 3, repeats: 1 }], missing: 0 },
  calendar: Array.from({ length: 7 }, (_, day) =>
    Array.from({ length: 24 }, (_, hour) => (day === 3 && hour === 0 ? 4 : 0)),
  ),
  events: [{ value: hostile, count: 4 }],
  attributes: [
    { of: 'users', name: 'joined', type: 'date', missing: 0, distinct: 1, values: [], bins: [] },
    {
      of: 'items',
      name: hostile,
      type: 'category',
      missing: 1,
      distinct: 1,
      values: [{ value: hostile, count: 2 }],
      bins: null,
    },
  ],
  popularItems: [{ item: hostile, title: hostile, interactions: 2, users: 1, meanRating: 4.5 }],
  suspiciousUsers: {
    thresholds: { perMinute: 60, constantRating: 20, interactions: 2000 },
    users: [
      { user: hostile, interactions: 70, reason: 'burst', perMinute: 61, at: 0 },
      { user: 'same', interactions: 25, reason: 'constant-rating', rating: 4.5 },
      { user: 'busy', interactions: 3000, reason: 'many-interactions' },
    ],
    total: 3,
  },
}

const filters: Filter[] = [
  { by: 'rating', from: 2 },
  { by: 'time', from: 0, to: 3600 },
  { by: 'calendar', weekdays: [1, 7] },
  { by: 'event', values: [hostile] },
  { by: 'user-interactions', to: 1000 },
  { by: 'item-interactions' },
  { by: 'attribute', of: 'items', name: hostile, values: [hostile] },
  { by: 'attribute', of: 'users', name: 'age', from: 18, to: 30 },
  { by: 'attribute', of: 'users', name: 'joined', from: 0 },
  { by: 'selection', selectionId: 's' },
  { by: 'text', of: 'users', contains: hostile },
]

const report = (more: Partial<ReportRequest> = {}) =>
  profileReport({
    name: hostile,
    exploration,
    steps: 2,
    filters,
    selectionName: () => hostile,
    texts: reportLanguages.en,
    language: 'en',
    madeAt: 0,
    ...more,
  })

/** The page without its own tags: what a reader sees, and every attribute's value. */
const tags = (page: string) => [...page.matchAll(/<[a-z!/][^>]*>/gi)].map(([tag]) => tag)

test('values of data are shown as they are and are nothing else', () => {
  const page = report()
  expect(page).not.toContain(hostile)
  // Title twice, three conditions with four values, an event, an attribute with a value, an item and its title, a user.
  expect(page.split(shown).length - 1).toBe(2 + 5 + 1 + 2 + 2 + 1)
  expect(tags(page).filter((tag) => /^<(script|img|link|iframe|a)\b|\bon\w+=|javascript:/i.test(tag))).toEqual([])
})

test('nothing is fetched: no address in it, and a policy that forbids it', () => {
  const page = report()
  expect(page).toContain(`content="default-src 'none'; style-src 'unsafe-inline'"`)
  expect(tags(page).filter((tag) => /\b(src|href|xlink:href|action|data)=|url\(/i.test(tag))).toEqual([])
  expect(page).not.toMatch(/https?:|@import|url\(/)
})

test('numbers stand beside those of all the data, as the language writes them', () => {
  const page = report()
  expect(page).toContain('<dt>Interactions</dt><dd>4 of 9,000</dd>')
  expect(page).toContain('<dt>Users</dt><dd>2</dd>')
  expect(page).toContain('<dt>Density</dt><dd>66.7%</dd>')
  expect(page).toContain('<td><bdi>busy</bdi></td>')
  expect(page).toContain('more than 2,000 interactions')
  expect(page).toContain('<title>4.5: 1,234</title>')
  expect(page).toContain('<title>Thu 0:00: 4</title>')
})

test('conditions in words', () => {
  const conditions = [...report().matchAll(/<li><bdi>(.*?)<\/bdi><\/li>/g)].map(([, text]) => text)
  expect(conditions.length).toBe(filters.length)
  expect(conditions[0]).toBe('Rating from 2')
  expect(conditions[1]).toBe('Time Jan 1, 1970, 12:00 AM to Jan 1, 1970, 1:00 AM')
  expect(conditions[2]).toBe('Weekdays Mon, Sun, hours all')
  expect(conditions[4]).toBe('Users with up to 1,000 interactions')
  expect(conditions[5]).toBe('Items with any interactions')
  expect(conditions[7]).toBe('Users with age 18 to 30')
  expect(conditions[8]).toBe('Users with joined from Jan 1, 1970, 12:00 AM')
  expect(report({ filters: [] })).not.toContain('<li>')
})

test('the other language has every text', () => {
  const page = report({ texts: reportLanguages.zh, language: 'zh' })
  expect(page).toContain('<html lang="zh">')
  expect(page).toContain('<h2>可疑用户</h2>')
  expect(page).not.toMatch(/>(Interactions|Users|Items|Long tail|Table)</)
})

test('what the data does not have is left out', () => {
  const page = report({
    exploration: {
      all: { ...amounts, firstTimestamp: null, lastTimestamp: null },
      left: { ...amounts, firstTimestamp: null, lastTimestamp: null },
      ratings: null,
      time: null,
      calendar: null,
      events: null,
      attributes: [],
    },
  })
  expect(page).not.toContain('<svg')
  expect(page).not.toContain('<h2>')
  expect(page).toContain('<dt>Users</dt>')
})
