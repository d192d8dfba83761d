import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import * as v from 'valibot'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { featuresSchema } from '../contract/features'
import { writeAttributes } from '../data/features/files'
import type { EncodedInteractions } from '../data/prepared'
import { readPrepared, writeEncoded } from '../data/prepared-files'
import { rowsOf } from '../data/testing/interactions'
import { popularity } from '../models/baselines/popularity'
import type { Model, Parameters, Tensors } from '../models/model'
import { models } from '../models/registry'
import { tastes } from '../models/testing'
import { listTensors } from './results'
import { encodeFeaturesTask } from './task-features'
import { splitTask } from './task-split'
import { trainIn } from './testing/train'

// The canary: two datasets that differ in nothing but their test part, from the split to the trained tensors and the
// lists. Where one byte of them differs, a test interaction has reached it.

const folder = mkdtempSync(join(tmpdir(), 'topn-canary-'))
afterAll(() => rmSync(folder, { recursive: true }))

const [users, items, lastTrained] = [40, 30, 8]
const versions = ['as it is', 'another'] as const
type Version = (typeof versions)[number]
const histories = rowsOf(tastes(users, items, 14)).map((row) => row.slice(0, lastTrained + 1))
const preparedOf = (version: Version) => join(folder, `prepared ${version}`)
const featuresFile = 'features.safetensors'

/** Each user's history with its last item as validation part, and a test part: other items, ratings, times and lengths. */
function encodedOf(version: Version): EncodedInteractions {
  const isOther = version === 'another'
  const rows = histories.flatMap((history, user) => {
    const known = history.map((item, at) => ({
      user,
      item,
      value: 1 + ((user + item) % 5),
      time: 1000 + 60 * at,
      part: at === history.length - 1 ? 1 : 0,
    }))
    const unknown = Array.from({ length: items }, (_, item) => item).filter((item) => !history.includes(item))
    const tested = isOther ? unknown.slice(-1 - (user % 3)) : unknown.slice(0, 1 + (user % 2))
    const test = tested.map((item, at) => ({
      user,
      item,
      value: isOther ? 5 : 1,
      time: (isOther ? 9_000_000 : 5000) + at,
      part: 2,
    }))
    return [...known, ...test]
  })
  return {
    userIds: Array.from({ length: users }, (_, user) => `user-${user}`),
    itemIds: Array.from({ length: items }, (_, item) => `item-${item}`),
    titles: null,
    users: Uint32Array.from(rows, ({ user }) => user),
    items: Uint32Array.from(rows, ({ item }) => item),
    values: Float32Array.from(rows, ({ value }) => value),
    timestamps: Float64Array.from(rows, ({ time }) => time),
    parts: Uint8Array.from(rows, ({ part }) => part),
  }
}

async function split(version: Version, output: string, forTuning: boolean): Promise<void> {
  const encoded = join(folder, 'encoded')
  await writeEncoded(encoded, encodedOf(version))
  const files = { strategy: 'predefined', train: 'train', validation: 'validation', test: 'test' } as const
  const about = { seed: 1, candidatesFile: null, hash: 'canary' }
  await splitTask({ kind: 'split', encoded, split: files, ...about, output, forTuning })
}

/** Every kind of feature that is fitted, and the one that looks at interactions. */
const features = v.parse(featuresSchema, [
  { as: 'categories', column: 'genre' },
  { as: 'number', column: 'price' },
  { as: 'number', column: 'price', scale: 'min-max' },
  { as: 'bins', column: 'price', bins: 4 },
  { as: 'text', column: 'words' },
  { as: 'vector', column: 'vector', dimensions: 2 },
  { as: 'interests', of: 'users', column: 'genre' },
])

async function encode(version: Version): Promise<void> {
  const attributes = join(folder, 'attributes.safetensors')
  const ids = Array.from({ length: items }, (_, item) => `item-${item}`)
  const column = (name: string, type: 'category' | 'number' | 'text' | 'vector', cell: (item: number) => string) => ({
    name,
    type,
    separator: null,
    cells: ids.map((_, item) => cell(item)),
  })
  const columns = [
    column('genre', 'category', (item) => `genre ${item % 5}`),
    column('price', 'number', (item) => String(item ** 1.5)),
    column('words', 'text', (item) => `word${item % 7} word${item % 3} all`),
    column('vector', 'vector', (item) => JSON.stringify([Math.sin(item), Math.cos(item * 2), item % 4])),
  ]
  await writeAttributes(attributes, { users: { ids: [], columns: [] }, items: { ids, columns } })
  const [prepared, vectors] = [preparedOf(version), join(folder, 'vectors')]
  const context = { report() {}, signal: new AbortController().signal }
  const task = { kind: 'encode-features', attributes, prepared, features, vectors, output: featuresFile } as const
  await encodeFeaturesTask(task, context)
}

beforeAll(async () => {
  for (const version of versions) {
    await split(version, preparedOf(version), false)
    await encode(version)
  }
})

/** The names of tensors, and of parts of the lists, that the test part has changed, byte by byte. */
async function leaksOf(model: Model, params: Parameters = {}): Promise<string[]> {
  const trained: Tensors[] = []
  for (const version of versions) {
    const [prepared, artifact] = [preparedOf(version), join(folder, `${model.id} ${version}`)]
    const features = model.features ? featuresFile : null
    const { tensors, lists } = await trainIn(model, { prepared, artifact, features, params })
    const listed = Object.entries(listTensors(lists)).map(([name, tensor]) => [`lists.${name}`, tensor] as const)
    trained.push({ ...tensors, ...Object.fromEntries(listed) })
  }
  const [first, second] = trained
  const names = new Set([...Object.keys(first), ...Object.keys(second)])
  return [...names].filter((name) => !bytesOf(first, name)?.equals(bytesOf(second, name) ?? Buffer.alloc(0)))
}

function bytesOf(tensors: Tensors, name: string): Buffer | undefined {
  const data = tensors[name]?.data
  return data && Buffer.from(data.buffer, data.byteOffset, data.byteLength)
}

test('the two datasets differ in their test parts, and in nothing else', async () => {
  const [first, second] = await Promise.all(versions.map((version) => readPrepared(preparedOf(version))))
  expect({ ...second, test: null }).toEqual({ ...first, test: null })
  expect(first.validation?.itemIndices.length).toBe(histories.length)
  for (const field of ['itemIndices', 'values', 'timestamps', 'offsets'] as const) {
    expect(second.test[field], field).not.toEqual(first.test[field])
  }
})

test('features are the same to the byte', () => {
  const [first, second] = versions.map((version) => readFileSync(join(preparedOf(version), featuresFile)))
  expect(second.equals(first)).toBe(true)
})

// New models are here by themselves; what is made of other runs finds its weights by the validation part.
describe('no test interaction reaches', () => {
  const entries = models.flatMap((model) => model.presets.map(({ id: preset, params }) => ({ model, preset, params })))
  // Of a network two epochs pass every place that a test interaction could reach; what stops it looks at the validation part.
  const short = { epochs: 2, early_stopping: 'ndcg@10' }
  test.each(entries)('$model.id, $preset', async ({ model, params }) => {
    expect(await leaksOf(model, { ...params, ...(model.checkpoint && short) })).toEqual([])
  })
})

test('what tuning is given: the train part, and the validation part in the place of the test part', async () => {
  const outputs = versions.map((version) => join(folder, `tuning ${version}`))
  for (const [at, version] of versions.entries()) await split(version, outputs[at], true)
  const [first, second] = outputs.map((output) => readFileSync(join(output, 'data.safetensors')))
  expect(second.equals(first)).toBe(true)
})

test('the canary catches a model that looks at the test part', async () => {
  let looked = 0
  const peeking: Model = {
    ...popularity,
    id: 'peeking',
    async fit(input) {
      // It finds the prepared data that is in work, as no model of the registry can.
      const { test: part } = await readPrepared(preparedOf(versions[looked++]))
      const tensors = await popularity.fit(input)
      const scores = Float32Array.from(tensors.scores.data)
      scores[part.itemIndices[0]] += 1
      return { ...tensors, scores: { shape: tensors.scores.shape, data: scores } }
    },
  }
  const registry = models as Model[]
  registry.push(peeking)
  try {
    expect(await leaksOf(peeking)).toEqual(['scores', 'lists.items', 'lists.scores'])
  } finally {
    registry.pop()
  }
})
