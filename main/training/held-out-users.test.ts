import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { writePrepared } from '../data/prepared-files'
import { preparedOf, rowsOf } from '../data/testing/interactions'
import { noItem } from '../evaluation/lists'
import { checkParameters, models } from '../models/registry'
import { tastes } from '../models/testing'
import { readArtifactFile, readManifest } from './artifact'
import { listsFromTensors } from './results'
import { trainTask } from './task-train'

const folder = mkdtempSync(join(tmpdir(), 'topn-held-out-'))
afterAll(() => rmSync(folder, { recursive: true }))

const items = 30
/** Nobody but held-out users has chosen it. */
const canary = items - 1
const held = [3, 11, 20]
const rows = rowsOf(tastes(40, items - 1, 12))
const trained = rows.map((row, user) => (held.includes(user) ? [] : row))
const only = (parts: readonly number[][]) => rows.map((_, user) => parts[held.indexOf(user)] ?? [])

/** Trains on the others and judges the held-out users, whose histories and test items are given. */
async function judge(model: string, name: string, histories: number[][], tested: number[][]) {
  const [prepared, artifact] = [join(folder, `${model}-${name}`), join(folder, `${model}-${name}-model`)]
  await writePrepared(prepared, preparedOf({ train: trained, foldIn: only(histories), test: only(tested) }, items))
  const found = models.find(({ id }) => id === model)
  if (!found) throw new Error(`no model ${model}`)
  await trainTask(
    {
      kind: 'train',
      prepared,
      artifact,
      runId: name,
      model,
      params: checkParameters(found, {}),
      features: null,
      seed: 1,
      threads: 1,
      memoryLimitBytes: 2 ** 32,
      goal: {
        kind: 'evaluate',
        evaluation: { candidates: 'all', exclude_seen: true, cutoffs: [10], metrics: ['ndcg'] },
      },
    },
    { report() {}, signal: new AbortController().signal },
  )
  const manifest = await readManifest(artifact)
  return {
    tensors: await readArtifactFile(artifact, manifest, 'model'),
    lists: listsFromTensors(await readArtifactFile(artifact, manifest, 'lists')),
  }
}

// What needs features learns nothing from interactions that it could betray.
const able = models.filter(({ foldIn, features }) => foldIn && features !== 'required')

describe.each(able.map(({ id, family }) => ({ id, family })))('$id', ({ id, family }) => {
  test('what held-out users have chosen never reaches the fit, and their history makes their lists', async () => {
    const first = await judge(id, 'first', [rows[3], rows[11], rows[20]], [[canary], [canary], [canary]])
    const second = await judge(id, 'second', [[canary, 1, 2], rows[7], [canary]], [[5], [6], [7]])
    expect(second.tensors).toEqual(first.tensors)
    expect([...first.lists.users]).toEqual(held)
    expect(first.lists.items.some((item) => item === canary)).toBe(false)
    const listOf = ({ lists }: typeof first, row: number) => [...lists.items.subarray(row * 10, row * 10 + 10)]
    const seen = new Set(rows[11])
    expect(listOf(first, 1).filter((item) => seen.has(item))).toEqual([])
    expect(listOf(first, 1).filter((item) => item !== noItem).length).toBeGreaterThan(0)
    if (family !== 'Baselines') expect(listOf(second, 0)).not.toEqual(listOf(first, 0))
  })
})
