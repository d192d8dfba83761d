import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { CleanStep } from '../contract/clean'
import { TopnError } from '../contract/errors'
import { openStore, type Store } from './index'
import { testFolder } from './testing/folder'

const { folder, put } = testFolder()
const lines = Array.from({ length: 300 }, (_, at) => `u${at % 20},i${(at * 7) % 40},${1 + (at % 5)},${1000 + at}`)
const ratings = put('ratings.csv', `user,item,rating,timestamp\n${lines.join('\n')}\n`)
const liked: CleanStep = { step: 'rating-filter', min: 4 }
const core: CleanStep = { step: 'k-core', user: 2, item: 2 }
const few: CleanStep = { step: 'sample-users', count: 4, seed: 1 }

let store: Store
let datasetId: string
beforeAll(async () => {
  store = await openStore(join(folder, 'workspace'))
  const signal = new AbortController().signal
  const source = { interactions: ratings, clean: [] }
  datasetId = (await store.loadDataset({ name: 'ratings', source, report() {}, signal })).id
})
afterAll(() => store.close())

const preview = (clean: CleanStep[], signal = new AbortController().signal) =>
  store.previewRecipe({ datasetId, clean, contentHash: true, signal })

test('each step has its effect and its SQL', async () => {
  const { before, steps } = await preview([liked, few])
  expect(before).toEqual({ interactions: 300, users: 20, items: 40 })
  // Ratings 4 and 5 are those at places 3 and 4 of every five, so users u3, u4, u8, ... have them all.
  expect(steps.map(({ step, after }) => [step, after.interactions, after.users])).toEqual([
    [liked, 120, 8],
    [few, 60, 4],
  ])
  expect(steps[0].sql).toEqual(['CREATE TEMP TABLE step_1 AS\nSELECT * FROM interactions WHERE rating >= 4'])
})

test('steps before a change are not run again', async () => {
  const first = await preview([liked, core, few])
  const changed = await preview([liked, core, { ...few, count: 5 }])
  // Times of two runs are never the same to the last digit.
  expect(changed.steps.slice(0, 2)).toEqual(first.steps.slice(0, 2))
  expect(changed.steps[2].after.users).toBe(5)
  const shorter = await preview([liked])
  expect(shorter.steps).toEqual(first.steps.slice(0, 1))
  expect((await preview([liked, core])).steps).toEqual(first.steps.slice(0, 2))
  await store.forgetRecipes(datasetId)
  expect((await preview([liked])).steps[0].seconds).not.toBe(first.steps[0].seconds)
})

test('the same rows have the same hash, whichever recipe left them', async () => {
  const byRating = await preview([liked])
  const bothEnds = await preview([
    { ...liked, max: 5 },
    { step: 'date-range', from: 0 },
  ])
  expect(bothEnds.contentHash).toBe(byRating.contentHash)
  expect((await preview([core])).contentHash).not.toBe(byRating.contentHash)
  const unasked = await store.previewRecipe({
    datasetId,
    clean: [liked],
    contentHash: false,
    signal: new AbortController().signal,
  })
  expect(unasked.contentHash).toBe(null)
})

test('what is refused or cancelled leaves the next preview as it would be', async () => {
  const wanted = await preview([liked, core])
  await expect(preview([liked, { step: 'event-weights', weights: {} }])).rejects.toMatchObject({
    code: 'BAD_REQUEST',
    data: { field: 'clean[1]' },
  })
  const controller = new AbortController()
  const cancelled = preview([core, liked, few], controller.signal)
  controller.abort(new TopnError('CANCELLED', 'Stop.'))
  await expect(cancelled).rejects.toMatchObject({ code: 'CANCELLED' })
  const again = await preview([liked, core])
  expect(again.steps.map(({ after }) => after)).toEqual(wanted.steps.map(({ after }) => after))
  expect(again.contentHash).toBe(wanted.contentHash)
})
