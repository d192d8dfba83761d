import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createCompute } from '../compute/create'
import { readPrepared } from '../data/prepared-files'
import type { Parameters } from '../models/model'
import { findModel, models } from '../models/registry'
import { chooseCases, scoreCases } from './proof/cases'
import { exporterOf, itemIds, prepareTastes, shortParams, testItems, userIds } from './testing/exported'

/** A Python with the libraries that read exports; those that it lacks are skipped. */
const python = process.env.TOPN_PYTHON ?? 'python3'
const script = join(import.meta.dirname, 'testing', 'consumers.py')
const has = (...libraries: string[]) =>
  spawnSync(python, ['-c', `import ${['numpy', ...libraries].join(', ')}`]).status === 0

const folder = mkdtempSync(join(tmpdir(), 'topn-consumers-'))
const prepared = join(folder, 'prepared')
beforeAll(async () => void (await prepareTastes(prepared)))
afterAll(() => rmSync(folder, { recursive: true }))

function consume<T>(check: string, out: string): T {
  // RecBole writes its log into the working folder.
  const options = { encoding: 'utf8', maxBuffer: 2 ** 28, cwd: folder } as const
  const { status, stdout, stderr } = spawnSync(python, [script, check, out], options)
  if (status !== 0) throw new Error(stderr)
  return JSON.parse(stdout.trim().split('\n').at(-1) ?? '')
}

type List = [item: number, score: number][]

/** The model's own lists for users and unseen histories, and the cases that a script is to score. */
async function ownLists(id: string, model: Awaited<ReturnType<typeof exporterOf>>) {
  const compute = await createCompute({ threads: 1 })
  const fitted = { tensors: model.tensors, params: model.manifest.params, compute }
  const data = await readPrepared(prepared)
  const form = findModel(id).form?.(fitted) ?? null
  const foldsIn = form?.histories !== undefined
  const cases = chooseCases(data, foldsIn, form)
  const scores = await scoreCases(findModel(id), fitted, data.train, cases)
  await compute.close()
  const lists = cases.map(({ history }, at): List => {
    const seen = new Set(history.items)
    const listed = [...scores[at].keys()].filter((item) => !seen.has(item) && Number.isFinite(scores[at][item]))
    const best = listed.sort((a, b) => scores[at][b] - scores[at][a] || a - b).slice(0, 10)
    return best.map((item) => [item, scores[at][item]])
  })
  const plain = cases.map(({ user, history: { items, ratings, recent } }) => ({
    user,
    items: [...items],
    ratings: [...ratings],
    recent: [...recent],
  }))
  const isUser = (at: number) => cases[at].user !== null
  const known = findModel(id).form?.(fitted)?.users ? plain.filter((_, at) => isUser(at)) : []
  return {
    cases: { items: testItems, users: known, histories: foldsIn ? plain : [] },
    users: lists.filter((_, at) => isUser(at)),
    histories: lists,
  }
}

/** The same items in the same order, but for those whose scores are equal within the tolerance. */
function expectSame(found: List[], own: List[]) {
  expect(found.length).toBe(own.length)
  found.forEach((list, row) => {
    expect(list.length).toBe(own[row].length)
    list.forEach(([item, score], rank) => {
      expect(Math.abs(score - own[row][rank][1])).toBeLessThan(1e-4)
      const same = own[row].find(([other]) => other === item)
      if (same) expect(Math.abs(score - same[1])).toBeLessThan(1e-4)
    })
  })
}

/** Every model that has graphs, and those whose parameters decide what the graphs are made of. */
const graphs: [name: string, model: string, params?: Parameters, members?: string[]][] = [
  ...models.flatMap(({ id, form, features }): [string, string][] =>
    form && features !== 'required' ? [[id, id]] : [],
  ),
  ['two-tower that reads with a GRU', 'two-tower', { user_tower: 'gru' }],
  ['two-tower that reads with an LSTM', 'two-tower', { user_tower: 'lstm' }],
  ['two-tower that learns conversion', 'two-tower', { conversion_weight: 0.5 }],
  ['bert4rec of one head', 'bert4rec', { heads: 1, layers: 1 }],
  ['ensemble by reciprocal ranks', 'ensemble', { method: 'reciprocal-rank' }],
  ['ensemble by Borda', 'ensemble', { method: 'borda' }, ['ials', 'ease', 'popularity']],
  ['ensemble of readers', 'ensemble', { normalisation: 'z-score' }, ['sasrec', 'gru4rec', 'bert4rec', 'bias']],
  ['ensemble of all kinds', 'ensemble', {}, ['als', 'transformer-mf', 'neumf', 'user-knn', 'mult-vae', 'two-tower']],
]

describe.runIf(has('onnx', 'onnxruntime'))('onnx and onnxruntime', () => {
  test.each(graphs)(
    'the graphs of %s pass the checker and make the lists of 100 users, unseen histories among them',
    async (name, id, params = {}, members) => {
      const model = await exporterOf(folder, id, { ...shortParams(findModel(id)), ...params }, { name, members })
      const out = join(folder, `${name}-onnx`)
      await model.write('onnx', out)
      const own = await ownLists(id, model)
      writeFileSync(join(out, 'cases.json'), JSON.stringify(own.cases))
      const found = consume<{ users?: List[]; history?: List[] }>('onnx_model', out)
      if (found.users) expectSame(found.users, own.users)
      // Users that were trained on have a vector of their own; folding them in gives another one.
      if (found.history) expectSame(found.history.slice(100), own.histories.slice(100))
      expect((found.users ?? found.history)?.length).toBeGreaterThanOrEqual(100)
    },
    120_000,
  )
})

describe.runIf(has('safetensors'))('safetensors', () => {
  test('the arrays make the same lists', async () => {
    const model = await exporterOf(folder, 'ials')
    const out = join(folder, 'ials-safetensors')
    await model.write('safetensors', out)
    const own = await ownLists('ials', model)
    writeFileSync(join(out, 'cases.json'), JSON.stringify(own.cases))
    expectSame(consume<{ users: List[] }>('safetensors_model', out).users, own.users)
  })
})

describe.runIf(has('implicit', 'scipy'))('implicit', () => {
  test('loads the .npz and recommends the same lists', async () => {
    const model = await exporterOf(folder, 'ials')
    const out = mkdtempSync(join(folder, 'npz-'))
    await model.write('npz', join(out, 'model.npz'))
    const own = await ownLists('ials', model)
    writeFileSync(join(out, 'cases.json'), JSON.stringify(own.cases))
    const found = consume<{ users: List[]; ids: string[] }>('implicit_model', out)
    expectSame(found.users, own.users)
    expect(found.ids).toEqual(itemIds)
  })
})

describe.runIf(has('ranx'))('ranx', () => {
  test('judges the TREC files as TopN has judged the run', async () => {
    const model = await exporterOf(folder, 'ease')
    const out = join(folder, 'trec')
    await model.write('trec', out)
    expect(consume<Record<string, number>>('ranx_run', out)['ndcg@10']).toBeCloseTo(
      model.manifest.metrics['ndcg@10'],
      10,
    )
  }, 300_000)
})

describe.runIf(has('pytrec_eval'))('trec_eval', () => {
  test('judges the TREC files as TopN has judged the run', async () => {
    const model = await exporterOf(folder, 'ease')
    const out = join(folder, 'trec-eval')
    await model.write('trec', out)
    const judged = consume<Record<string, number>>('trec_eval_run', out)
    expect(judged.ndcg_cut_10).toBeCloseTo(model.manifest.metrics['ndcg@10'], 10)
  })
})

describe.runIf(has('recbole'))('RecBole', () => {
  test('loads the atomic files as the split is, trains on them and judges by them', async () => {
    const model = await exporterOf(folder, 'ease')
    await model.write('recbole', join(folder, 'tastes'))
    const { train, test: judged } = await readPrepared(prepared)
    const found = consume<{ parts: number[]; users: number; items: string[]; first: unknown[]; 'ndcg@10': number }>(
      'recbole_files',
      join(folder, 'tastes'),
    )
    expect(found).toMatchObject({
      parts: [train.itemIndices.length, 0, judged.itemIndices.length],
      users: userIds.length,
      items: [...itemIds].sort(),
      first: [userIds[0], itemIds[judged.itemIndices[0]], judged.values[0]],
    })
    expect(found['ndcg@10']).toBeGreaterThan(0)
  }, 300_000)
})

describe.runIf(has('pyarrow'))('pyarrow', () => {
  test('reads the lists', async () => {
    const model = await exporterOf(folder, 'ease')
    const out = mkdtempSync(join(folder, 'parquet-'))
    await model.write('parquet', join(out, 'lists.parquet'))
    const { columns, types, rows } = consume<{ columns: string[]; types: string[]; rows: Record<string, unknown>[] }>(
      'parquet_lists',
      out,
    )
    expect(columns).toEqual(['user_id', 'item_id', 'score', 'rank'])
    expect(types).toEqual(['string', 'string', 'float', 'int32'])
    expect(rows.length).toBe(model.lists.users.length * model.lists.k)
    expect(rows[0]).toEqual({
      user_id: '=1+1',
      item_id: itemIds[model.lists.items[0]],
      score: model.lists.scores[0],
      rank: 1,
    })
  })
})
