import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { CleanStep } from '../contract/clean'
import { openTestEngine, type TestEngine } from './testing/open-engine'

let engine: TestEngine
let datasetId: string
let folder: string

beforeAll(async () => {
  engine = await openTestEngine()
  folder = mkdtempSync(join(tmpdir(), 'topn-values-'))
  const write = (name: string, lines: string[]) => {
    writeFileSync(join(folder, name), `${lines.join('\n')}\n`)
    return join(folder, name)
  }
  const path = write('ratings.csv', ['user,item', 'a,1', 'a,2', 'b,2', 'b,3', 'c,4'])
  // The second maker stands between blanks.
  const rows = ['1,One,A|B,Acme', '2,Two,B,  Acme ', '3,Three,,50%', '4,Four,b|B|C,']
  const items = write('items.csv', ['item,title,genres,maker', ...rows])
  const { id } = await engine.call('datasets.open', { path, items: { path: items } })
  datasetId = (await engine.jobEnded(id)).subject as string
})
afterAll(async () => {
  await engine.close()
  rmSync(folder, { recursive: true })
})

const valuesOf = async (name: string, contains = '', limit = 50) => {
  const { values, distinct } = await engine.call('datasets.values', { datasetId, of: 'items', name, contains, limit })
  return { distinct, values: values.map(({ value, count }) => `${value} ${count}`) }
}

test('the values of an attribute, the most frequent first, found by a part of them', async () => {
  expect(await valuesOf('genres')).toEqual({ distinct: 4, values: ['B 3', 'A 1', 'C 1', 'b 1'] })
  expect(await valuesOf('genres', 'B')).toEqual({ distinct: 2, values: ['B 3', 'b 1'] })
  expect(await valuesOf('genres', '', 1)).toEqual({ distinct: 4, values: ['B 3'] })
  expect(await valuesOf('title', 'o')).toEqual({ distinct: 3, values: ['Four 1', 'One 1', 'Two 1'] })
  // A part is no pattern.
  expect(await valuesOf('maker', '%')).toEqual({ distinct: 1, values: ['50% 1'] })
  await expect(valuesOf('colour')).rejects.toMatchObject({ code: 'BAD_REQUEST' })
})

test('a value from the list is found by filter and recipe, blanks around it or not', async () => {
  expect(await valuesOf('maker')).toEqual({ distinct: 2, values: ['Acme 2', '50% 1'] })
  const ofAcme = { of: 'items' as const, name: 'maker', values: ['Acme'] }
  const { left } = await engine.call('datasets.explore', { datasetId, filters: [{ by: 'attribute', ...ofAcme }] })
  expect(left).toMatchObject({ items: 2, interactions: 3 })
  const clean: CleanStep[] = [{ step: 'attribute-filter', ...ofAcme, keep: true }]
  const { steps } = await engine.call('recipes.preview', { datasetId, clean })
  expect(steps[0].after).toMatchObject({ interactions: 3, items: 2 })
})
