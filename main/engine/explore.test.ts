import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createSample } from '../data/sample'
import { openTestEngine, type TestEngine } from './testing/open-engine'

const sample = createSample()
let engine: TestEngine
let datasetId: string

beforeAll(async () => {
  engine = await openTestEngine()
  const { id } = await engine.call('datasets.sample', {})
  datasetId = (await engine.jobEnded(id)).subject as string
})
afterAll(() => engine.close())

const rated = (from: number) => [{ by: 'rating' as const, from }]
const numberFrom = (least: number) => sample.ratings.filter((rating) => rating >= least).length

test('a newer request of the same view ends an older one; other views get their answers', async () => {
  const ask = (from: number, view?: string) =>
    engine.call('datasets.explore', { datasetId, filters: rated(from), parts: ['ratings'], ...(view && { view }) })
  const answers = await Promise.allSettled([ask(1, 'a'), ask(2, 'a'), ask(3, 'b'), ask(4), ask(5, 'a'), ask(4)])
  const found = answers.map((answer) =>
    answer.status === 'fulfilled' ? answer.value.left.interactions : answer.reason.code,
  )
  expect(found).toEqual(['CANCELLED', 'CANCELLED', numberFrom(3), numberFrom(4), numberFrom(5), numberFrom(4)])
  const later = await ask(2, 'a')
  expect(later.left.interactions).toBe(numberFrom(2))
  expect(later.all.interactions).toBe(sample.ratings.length)
})

test('the place that asks hears how much is done, and no other', async () => {
  const heard: [string, number][] = []
  const stop = engine.subscribe((event) => {
    if (event.name === 'progress') heard.push([event.key, event.value.fraction])
  })
  const clean = [{ step: 'duplicates' as const, keep: 'last' as const }]
  await engine.call('datasets.explore', { datasetId, clean, view: 'profile' })
  await engine.call('splits.preview', { datasetId, clean, view: 'split' })
  await engine.call('datasets.explore', { datasetId, clean: [] })
  stop()
  expect(new Set(heard.map(([view]) => view))).toEqual(new Set(['profile', 'split']))
  for (const view of ['profile', 'split']) {
    const fractions = heard.filter(([name]) => name === view).map(([, fraction]) => fraction)
    expect(fractions.length).toBeGreaterThan(2)
    expect(fractions).toEqual(fractions.toSorted((a, b) => a - b))
    expect(fractions.every((fraction) => fraction >= 0 && fraction <= 1)).toBe(true)
  }
})

test('wrong filters are refused with the field', async () => {
  const wrong = [
    { by: 'rating', from: 'x' },
    { by: 'nothing' },
    { by: 'calendar', hours: [24] },
    { by: 'event', values: [] },
  ]
  for (const filter of wrong) {
    const call = engine.call('datasets.explore', { datasetId, filters: [filter as never] })
    await expect(call).rejects.toMatchObject({
      code: 'BAD_REQUEST',
      data: { field: expect.stringMatching(/^filters\[0\]/) },
    })
  }
})

test('the profile as a page, in the language that is asked for, beside the other exports', async () => {
  await engine.call('datasets.change', { datasetId, name: '<b>Sample</b>' })
  const request = { datasetId, filters: rated(4) }
  const { path } = await engine.call('datasets.report', { ...request, language: 'en' })
  expect(path).toBe(join(engine.workspace, 'exports', `_b_Sample_b_-profile-${datasetId}.html`))
  const english = readFileSync(path, 'utf8')
  expect(english).toContain('<h1><bdi>Profile of &lt;b&gt;Sample&lt;/b&gt;</bdi></h1>')
  const number = (count: number) => count.toLocaleString('en')
  expect(english).toContain(`<dd>${number(numberFrom(4))} of ${number(sample.ratings.length)}</dd>`)
  expect(english).toContain('<li><bdi>Rating from 4</bdi></li>')
  await engine.call('datasets.report', { ...request, language: 'zh' })
  expect(readFileSync(path, 'utf8')).toContain('<html lang="zh">')
})
