import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openTestEngine, type TestEngine } from './testing/open-engine'

let engine: TestEngine
let datasetId: string
beforeAll(async () => {
  engine = await openTestEngine()
  const { id } = await engine.call('datasets.sample', {})
  datasetId = (await engine.jobEnded(id)).subject ?? ''
})
afterAll(() => engine.close())

const few = { step: 'sample-users', count: 3, seed: 1 } as const

test('of several previews of a dataset the newest counts', async () => {
  const outdated = engine.call('recipes.preview', { datasetId, clean: [{ step: 'rating-filter', min: 4 }, few] })
  const wanted = engine.call('recipes.preview', { datasetId, clean: [few] })
  await expect(outdated).rejects.toMatchObject({ code: 'CANCELLED' })
  expect((await wanted).steps).toMatchObject([{ step: few, after: { users: 3 } }])
})

test('two windows on one dataset do not end the previews of one another', async () => {
  const features = { datasetId, features: null }
  const answers = ['one', 'other'].flatMap((view) => [
    engine.call('recipes.preview', { datasetId, clean: [few], view }),
    engine.call('splits.preview', { datasetId, view }),
    engine.call('features.preview', { ...features, view }),
  ])
  expect(await Promise.all(answers)).toHaveLength(6)
  const outdated = engine.call('features.preview', { ...features, view: 'one' })
  const wanted = engine.call('features.preview', { ...features, view: 'one' })
  await expect(outdated).rejects.toMatchObject({ code: 'CANCELLED' })
  expect((await wanted).defaults.length).toBeGreaterThan(0)
})

test('a preview is stopped, and the next one starts anew', async () => {
  const stopped = engine.call('recipes.preview', { datasetId, clean: [few] })
  await engine.call('recipes.stop', { datasetId })
  await expect(stopped).rejects.toMatchObject({ code: 'CANCELLED' })
  expect((await engine.call('recipes.preview', { datasetId, clean: [few] })).steps).toHaveLength(1)
})

test('ids that are replaced have one key in all datasets of a workspace, until it is destroyed', async () => {
  expect(await engine.call('privacy.key', {})).toEqual({ createdAt: null })
  const first = await openHidden('first')
  expect(await usersOf(await openHidden('second'))).toEqual(await usersOf(first))
  expect((await engine.call('privacy.key', {})).createdAt).not.toBe(null)
  expect(await engine.call('privacy.destroyKey', {})).toEqual({ createdAt: null })
  expect(await usersOf(await openHidden('third'))).not.toEqual(await usersOf(first))
})

async function openHidden(name: string): Promise<string> {
  const path = join(engine.workspace, 'ratings.csv')
  writeFileSync(path, 'user,item,rating\nanna,x,5\nbert,x,4\n')
  const { id } = await engine.call('datasets.open', { path, name, pseudonymise: ['users'] })
  const { subject, error } = await engine.jobEnded(id)
  expect(error).toBe(null)
  return subject ?? ''
}

async function usersOf(datasetId: string): Promise<string[]> {
  return (await engine.call('users.search', { datasetId, query: '', limit: 10 })).map(({ user }) => user)
}
