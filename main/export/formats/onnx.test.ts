import { mkdtempSync, rmSync } from 'node:fs'
import { readdir } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { findModel, models } from '../../models/registry'
import { exporterOf, prepareTastes, shortParams } from '../testing/exported'

const folder = mkdtempSync(join(tmpdir(), 'topn-onnx-'))
beforeAll(() => prepareTastes(join(folder, 'prepared')))
afterAll(() => rmSync(folder, { recursive: true }))

const exportable = models.filter((model) => model.form && model.features !== 'required')

test.each(exportable.map(({ id }) => id))('the graph of %s scores in onnxruntime as the model does', async (id) => {
  const model = await exporterOf(folder, id, shortParams(findModel(id)))
  const { proof } = await model.write('onnx', join(folder, id))
  expect(proof).toMatchObject({ by: 'onnxruntime', users: 100, topAgreement: 1 })
  expect(proof?.largestDifference).toBeLessThan(1e-4)
})

test('a model of two towers has them apart, and every model but random has graphs', async () => {
  const names = await readdir(join(folder, 'two-tower'))
  expect(names).toEqual(expect.arrayContaining(['history.onnx', 'user_tower.onnx', 'item_tower.onnx']))
  expect(models.filter((model) => !model.form).map(({ id }) => id)).toEqual(['random'])
})
