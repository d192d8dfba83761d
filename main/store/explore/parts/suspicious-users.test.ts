import { afterAll, beforeAll, expect, test } from 'vitest'
import { openStore, type Store } from '../../index'
import { testFolder } from '../../testing/folder'
import { quiet } from '../../testing/read'

const { folder, put } = testFolder()
let store: Store
beforeAll(async () => {
  store = await openStore(folder)
})
afterAll(() => store.close())

const load = (name: string, text: string) =>
  store.loadDataset({ source: { interactions: put(`${name}.csv`, text), clean: [] }, name, ...quiet() })
const explore = (datasetId: string) =>
  store.explore({ datasetId, clean: [], filters: [], parts: ['suspiciousUsers'], signal: quiet().signal })

/** Monday, 2 June 2025, 10:00 UTC. */
const monday = Date.UTC(2025, 5, 2, 10) / 1000
const day = 86_400
const line = (user: string, item: number, rating: number, time: number) => `${user},${item},${rating},${time}\n`
const many = (user: string, count: number, rating: (at: number) => number, seconds: number) =>
  Array.from({ length: count }, (_, at) => line(user, at, rating(at), monday + at * seconds)).join('')
const mixed = (at: number) => 1 + (at % 5)
const text =
  // 61 interactions within 59 seconds, after a pause; 61 within 60 are not within less than 60.
  line('fast', 99, 1, monday - day) +
  Array.from({ length: 61 }, (_, at) => line('fast', at, mixed(at), monday + 30 + (at * 59) / 60)).join('') +
  many('slow', 61, mixed, 1) +
  many('same', 20, () => 4, 3600) +
  many('nearly', 19, () => 4, 3600) +
  many('busy', 130, mixed, 600) +
  Array.from({ length: 1500 }, (_, at) => many(`u${at}`, 2, mixed, 4000)).join('')

test('each with its reason, the most active first', async () => {
  const { id } = await load('suspicious', `user,item,rating,timestamp\n${text}`)
  const { suspiciousUsers } = await explore(id)
  // Of 1505 users only busy lies above the 99.9th percentile, which is that of fast.
  expect(suspiciousUsers?.thresholds).toEqual({ perMinute: 60, constantRating: 20, interactions: 2 * 62 })
  expect(suspiciousUsers?.users).toEqual([
    { user: 'busy', interactions: 130, reason: 'many-interactions' },
    { user: 'fast', interactions: 62, reason: 'burst', perMinute: 61, at: monday + 30 },
    { user: 'same', interactions: 20, reason: 'constant-rating', rating: 4 },
  ])
  expect(suspiciousUsers?.total).toBe(3)
})

test('days say nothing of minutes, and one rating for all nothing of a user', async () => {
  const lines = Array.from({ length: 100 }, (_, at) => `u,${at},1,2025-01-0${1 + (at % 2)}\n`).join('')
  const { id } = await load('days', `user,item,rating,timestamp\n${lines}`)
  const { suspiciousUsers } = await explore(id)
  expect(suspiciousUsers).toMatchObject({ thresholds: { perMinute: null, constantRating: null }, users: [] })
})
