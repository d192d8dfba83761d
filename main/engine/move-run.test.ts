import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { RunRecord } from '../contract/records'
import { createRandom } from '../models/random'
import { checkMovable } from './move-run'
import { openTestEngine, type TestEngine } from './testing/open-engine'

const folder = mkdtempSync(join(tmpdir(), 'topn-move-'))
const workspace = join(folder, 'workspace')
let engine: TestEngine
let learnedOn: string
let source: RunRecord
let machine: RunRecord
const evaluation = { cutoffs: [10], metrics: ['ndcg'] as 'ndcg'[] }
const split = { strategy: 'random', ratio: 0.3, per: 'user' } as const

/** Users choose from the third of the items that has their colour; who made an item says nothing. */
async function openTastes(name: string, { colour = 'colour', maker = 'maker', more = '' } = {}): Promise<string> {
  const random = createRandom(1).derive(name)
  const items = Array.from({ length: 60 }, (_, item) => `${name}-i${item}`)
  const colours = ['red', 'green', 'blue']
  const file = (kind: string, lines: string[]) => {
    const path = join(folder, `${name}-${kind}.csv`)
    writeFileSync(path, `${lines.join('\n')}\n`)
    return path
  }
  const path = file('choices', [
    'user,item',
    ...Array.from({ length: 36 }, (_, user) =>
      items
        .filter((_, item) => item % 3 === user % 3 && random.uniform() < 0.5)
        .map((item) => `${name}-u${user},${item}`),
    ).flat(),
  ])
  const about = items.map(
    (item, at) => `${item},${colours[at % 3]}${at % 9 === 0 ? more : ''},m${Math.floor(random.uniform() * 4)}`,
  )
  const itemsPath = file('items', [`item,${colour},${maker}`, ...about])
  const { id } = await engine.call('datasets.open', { path, items: { path: itemsPath } })
  return (await engine.jobEnded(id)).subject as string
}

const train = async (datasetId: string, ...models: string[]) => {
  const runs = await engine.call('runs.start', {
    datasetId,
    split,
    evaluation,
    models: models.map((model) => ({ model })),
  })
  return engine.runsEnded(runs)
}

async function moved(datasetId: string, runId = source.id): Promise<RunRecord> {
  const run = await engine.call('runs.import', { datasetId, split, evaluation, from: { kind: 'run', runId } })
  return (await engine.runsEnded([run]))[0]
}

beforeAll(async () => {
  engine = await openTestEngine({ workspace })
  learnedOn = await openTastes('a')
  const runs = await train(learnedOn, 'content-knn', 'fm')
  expect(runs.map(({ error }) => error)).toEqual([null, null])
  ;[source, machine] = runs
})
afterAll(async () => {
  await engine.close()
  rmSync(folder, { recursive: true, force: true })
})

test('a model scores other data with the same attributes, far better than popularity, and is compared there', async () => {
  const datasetId = await openTastes('b', { more: '|new' })
  const [popularity] = await train(datasetId, 'popularity')
  const run = await moved(datasetId)
  expect(run).toMatchObject({
    state: 'done',
    error: null,
    model: 'content-knn',
    prepared: popularity.prepared,
    fitSeconds: null,
  })
  expect(run.metrics['ndcg@10']).toBeGreaterThan(2 * popularity.metrics['ndcg@10'])
  const other = await moved(datasetId, machine.id)
  expect(other).toMatchObject({ state: 'done', error: null, model: 'fm', prepared: run.prepared })
  expect(other.metrics['ndcg@10']).toBeGreaterThan(2 * popularity.metrics['ndcg@10'])
  const found = run.elsewhere?.found?.moved
  expect(found).toMatchObject({ run: source.name, items: 60, itemsWithFeatures: 60 })
  expect(found?.features).toEqual([
    // "new" of every ninth item.
    {
      name: 'colour',
      problem: null,
      learned: 3,
      shared: 3,
      unknown: 1,
      examples: ['colour: new'],
      values: 67,
      lost: 7,
    },
    { name: 'maker', problem: null, learned: 4, shared: 4, unknown: 0, examples: [], values: 60, lost: 0 },
  ])
  const log = (await engine.call('runs.log', { runId: run.id })).map(({ text }) => text)
  expect(log).toContain(
    'colour: 3 of 3 columns that it has learned are in this data; 1 of this data it does not know, with 7 of 67 numbers.',
  )
  const runIds = [popularity.id, run.id]
  const { pairs } = await engine.call('comparison.significance', {
    runIds,
    reference: popularity.id,
    metric: 'ndcg@10',
  })
  expect(pairs[0].difference).toBeGreaterThan(0)
  const [again] = await engine.runsEnded([await engine.call('runs.again', { runId: run.id })])
  expect(again.metrics).toEqual(run.metrics)
  const { id: runId, name } = run
  await expect(engine.call('runs.experiment', { runId })).rejects.toThrow('it was trained on other data. Show the file')
  const everyone = await engine.jobEnded((await engine.call('lists.forEveryone', { runId })).id)
  expect(everyone.error?.message).toBe(`${name} was trained on other data, so it cannot be trained on all of this.`)
  const ensemble = { model: 'ensemble', params: { weights: 'equal' }, members: [runId, popularity.id] }
  await expect(engine.call('runs.start', { datasetId, split, evaluation, models: [ensemble] })).rejects.toThrow(
    `${name} was trained on other data and cannot be trained on this. Leave it out.`,
  )
  await expect(engine.call('sandbox.retrain', { runId, history: [{ item: 'b-i1' }] })).rejects.toThrow(
    `${name} was trained on other data and cannot be trained on this.`,
  )
})

test('what is missing is said: one attribute in the record, all of them as an error', async () => {
  const run = await moved(await openTastes('c', { colour: 'paint' }))
  expect(run.error).toBeNull()
  expect(run.elsewhere?.found?.moved?.features).toMatchObject([
    { name: 'colour', problem: 'missing', learned: 3, shared: 0 },
    { name: 'maker', problem: null, learned: 4, shared: 4 },
  ])
  const none = await moved(await openTastes('d', { colour: 'paint', maker: 'brand' }))
  expect(none.error?.message).toContain('it lacks colour, maker. Name the attributes alike.')
})

test('what is shared but was never taught is nothing shared', async () => {
  const open = async (name: string, rows: string[], about: string[]) => {
    const [path, itemsPath] = ['choices', 'items'].map((kind) => join(folder, `${name}-${kind}.csv`))
    writeFileSync(path, `${['user,item,timestamp', ...rows].join('\n')}\n`)
    writeFileSync(itemsPath, `${['item,colour', ...about].join('\n')}\n`)
    const { id } = await engine.call('datasets.open', { path, items: { path: itemsPath } })
    return (await engine.jobEnded(id)).subject as string
  }
  const users = Array.from({ length: 12 }, (_, user) => user)
  const rows = users.flatMap((user) => [`${user},${user % 3},1`, `${user},3,2`, `${user},gold,3`])
  const datasetId = await open('taught', rows, ['0,red', '1,red', '2,red', '3,blue', 'gold,gold'])
  const last = { strategy: 'leave-last-out' } as const
  const runs = await engine.call('runs.start', { datasetId, split: last, evaluation, models: [{ model: 'fm' }] })
  const [taught] = await engine.runsEnded(runs)
  expect(taught.error).toBeNull()
  const goldRows = users.flatMap((user) => [0, 1, 2].map((item) => `${user},${(user + item) % 5},1`))
  const gold = await open(
    'gold',
    goldRows,
    [0, 1, 2, 3, 4].map((item) => `${item},gold`),
  )
  const run = await moved(gold, taught.id)
  expect(run.error).toMatchObject({
    code: 'BAD_DATA',
    message: `The items of this data share with taught-choices only features that ${taught.name} has learned nothing of, since it saw nobody choose such items. Choose another run.`,
  })
})

test('models that cannot do it say why', async () => {
  const datasetId = await openTastes('e')
  const [popularity] = await train(learnedOn, 'popularity')
  const from = (runId: string) => engine.call('runs.import', { datasetId, from: { kind: 'run', runId } })
  await expect(from(popularity.id)).rejects.toThrow('Popularity learns no features, so it knows nothing of the items')
  const own = engine.call('runs.import', { datasetId: learnedOn, from: { kind: 'run', runId: source.id } })
  await expect(own).rejects.toThrow('was trained on this data. Choose a run of other data.')
  const deepfm = { ...source, model: 'deepfm' }
  expect(() => checkMovable(deepfm, datasetId)).toThrow('DeepFM makes no lists for users that it was not trained on')
  const without = { ...source, features: null }
  expect(() => checkMovable(without, datasetId)).toThrow('has learned no features of items')
  await expect(from('nothing-1')).rejects.toMatchObject({ code: 'NOT_FOUND' })
})

test('a run whose features are encoded otherwise by now is refused', async () => {
  const manifest = join(workspace, 'artifacts', source.id, 'manifest.json')
  const own = readFileSync(manifest, 'utf8')
  const { features } = JSON.parse(own)
  writeFileSync(manifest, own.replace(features, 'features-0123456789abcdef.safetensors'))
  const run = await moved(await openTastes('f'))
  writeFileSync(manifest, own)
  expect(run.error).toMatchObject({
    code: 'BAD_DATA',
    message: `${source.name}: its features are not what it learned any more. Train it again.`,
  })
})

test('what was made for a moved run goes with it, and stays with its copy', async () => {
  const datasetId = await openTastes('g')
  const [popularity] = await train(datasetId, 'popularity')
  const run = await moved(datasetId)
  const copy = await engine.call('runs.duplicate', { runId: run.id })
  const prepared = join(workspace, 'prepared', String(popularity.prepared))
  expect(readdirSync(prepared).filter((name) => name.includes(run.id))).toEqual([])
  expect(existsSync(join(workspace, 'artifacts', run.id, 'features.safetensors'))).toBe(true)
  const why = async (runId: string) => {
    const asked = { runId, history: [{ item: 'g-i0' }], item: 'g-i3', k: 5 }
    const { others } = await engine.call('explanations.ofItem', asked)
    return others.flatMap(({ parts }) => parts.map(({ name }) => name))
  }
  const reasons = await why(run.id)
  expect(reasons).toContain('colour: red')
  await engine.call('runs.delete', { runId: run.id })
  await engine.close()
  engine = await openTestEngine({ workspace })
  expect(existsSync(join(workspace, 'artifacts', run.id))).toBe(false)
  expect(await why(copy.id)).toEqual(reasons)
})
