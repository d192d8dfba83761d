import { mkdtempSync, rmSync } from 'node:fs'
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
