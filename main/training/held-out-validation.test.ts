import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { createCompute } from '../compute/create'
import { writePrepared } from '../data/prepared-files'
import { preparedOf, rowsOf } from '../data/testing/interactions'
import { createRandom } from '../models/random'
import { checkParameters, findModel, models } from '../models/registry'
import { choosersAsFeatures, interactionsOf, tastes } from '../models/testing'
import { fitModel } from './fit'
import { loadMembers } from './members'
import { trainIn } from './testing/train'
import { validationJudge } from './validation-judge'

const compute = await createCompute({ threads: 1 })
afterAll(() => compute.close())

const items = 30
const rows = rowsOf(tastes(40, items, 12))
const isHeldOut = (user: number) => user % 4 === 0
const of = (part: (row: number[], user: number) => number[]) => interactionsOf(rows.map(part), items)
const train = of((row, user) => (isHeldOut(user) ? [] : row))
const foldIn = of((row, user) => (isHeldOut(user) ? row.slice(0, -3) : []))
const validation = of((row, user) => (isHeldOut(user) ? row.slice(-3) : []))
const tools = { random: createRandom(1), signal: new AbortController().signal }

describe.each(
  models.filter(({ checkpoint, foldIn }) => checkpoint && foldIn).map((model) => ({ id: model.id, model })),
)('$id', ({ model }) => {
  test('is watched by users who are held out, as its lists for them will be made', async () => {
    const wanted = { epochs: 2, embedding_size: 4, hidden_size: 8, maximum_length: 8 }
    const known = new Set(model.parameters.map(({ name }) => name))
    const params = checkParameters(
      model,
      Object.fromEntries(Object.entries(wanted).filter(([name]) => known.has(name))),
    )
    const features = model.features ? choosersAsFeatures(train) : null
    const { tensors, curve } = await fitModel(
      model,
      { train, foldIn, validation, features },
      { params },
      { ...tools, compute, report() {} },
    )
    const scorer = await model.foldIn?.({ tensors, params, compute }, foldIn)
    if (!scorer) throw new Error('it folds in')
    const metrics = await validationJudge({ model, train, foldIn, validation }, tools)?.judge(scorer)
    scorer.close()
    expect(metrics?.['ndcg@10']).toBeGreaterThan(0)
    expect(curve.at(-1)?.values['ndcg@10']).toBe(metrics?.['ndcg@10'])
  })
})

test('a run stops by them, and stops there again where it is trained again as a member', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'topn-held-out-'))
  try {
    const [prepared, artifact] = [join(folder, 'prepared'), join(folder, 'model')]
    const parts = { train: rowsOf(train), foldIn: rowsOf(foldIn), validation: rowsOf(validation) }
    await writePrepared(prepared, preparedOf({ ...parts, test: rowsOf(validation) }, items))
    const model = findModel('mult-vae')
    const params = { epochs: 200, embedding_size: 4, hidden_size: 8, early_stopping: 'ndcg@10', patience: 1 }
    const { curve, tensors, manifest } = await trainIn(model, { prepared, artifact, params })
    expect(curve.length).toBeLessThan(200)
    const [before, last] = curve.slice(-2).map(({ values }) => values['ndcg@10'])
    expect(last).toBeLessThanOrEqual(before)
    const { runId, seed, features } = manifest
    const own = { runId, name: runId, model: model.id, params: checkParameters(model, params), seed, features }
    const task = {
      prepared,
      memoryLimitBytes: 2 ** 32,
      members: [{ ...own, weight: null, learned: null, artifact: null }],
    }
    const request = {
      task,
      hash: manifest.prepared,
      train,
      validation,
      foldIn,
      added: null,
      compute,
      share: { from: 0, to: 1 },
    }
    const [again] = await loadMembers(request, { signal: tools.signal, report() {} })
    expect(again.tensors).toEqual(tensors)
  } finally {
    rmSync(folder, { recursive: true })
  }
})
