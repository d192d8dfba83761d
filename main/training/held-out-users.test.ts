import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { writePrepared } from '../data/prepared-files'
import { preparedOf, rowsOf } from '../data/testing/interactions'
import { noItem } from '../evaluation/lists'
import type { Model } from '../models/model'
import { models } from '../models/registry'
import { tastes } from '../models/testing'
import { trainIn } from './testing/train'

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
async function judge(model: Model, name: string, histories: number[][], tested: number[][]) {
  const [prepared, artifact] = [join(folder, `${model.id}-${name}`), join(folder, `${model.id}-${name}-model`)]
  await writePrepared(prepared, preparedOf({ train: trained, foldIn: only(histories), test: only(tested) }, items))
  const params = model.memberWeights ? { weights: 'equal' } : {}
  return trainIn(model, { prepared, artifact, params })
}

// What needs features learns nothing from interactions that it could betray.
const able = models.filter(({ foldIn, features }) => foldIn && features !== 'required')

describe.each(able.map((model) => ({ id: model.id, model })))('$id', ({ model }) => {
  test('what held-out users have chosen never reaches the fit, and their history makes their lists', async () => {
    const first = await judge(model, 'first', [rows[3], rows[11], rows[20]], [[canary], [canary], [canary]])
    const second = await judge(model, 'second', [[canary, 1, 2], rows[7], [canary]], [[5], [6], [7]])
    expect(second.tensors).toEqual(first.tensors)
    expect([...first.lists.users]).toEqual(held)
    expect(first.lists.items.some((item) => item === canary)).toBe(false)
    const listOf = ({ lists }: typeof first, row: number) => [...lists.items.subarray(row * 10, row * 10 + 10)]
    const seen = new Set(rows[11])
    expect(listOf(first, 1).filter((item) => seen.has(item))).toEqual([])
    expect(listOf(first, 1).filter((item) => item !== noItem).length).toBeGreaterThan(0)
    if (model.family !== 'Baselines') expect(listOf(second, 0)).not.toEqual(listOf(first, 0))
  })
})
