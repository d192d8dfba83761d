import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { ExperimentFile } from '../../contract/experiment'
import { exporterOf, prepareTastes } from '../testing/exported'
import type { ExportAbout } from './format'

const folder = mkdtempSync(join(tmpdir(), 'topn-bundle-'))
afterAll(() => rmSync(folder, { recursive: true }))

let ease: Awaited<ReturnType<typeof exporterOf>>
let experiment: ExperimentFile
beforeAll(async () => {
  await prepareTastes(join(folder, 'prepared'))
  ease = await exporterOf(folder, 'ease')
  const [one, other] = ['one', 'other'].map((name) => join(folder, name))
  for (const path of [one, other]) {
    mkdirSync(path)
    writeFileSync(join(path, 'log.csv'), `user,item\n${path},1\n`)
  }
  const interactions = [join(one, 'log.csv'), join(other, 'log.csv')]
  experiment = { dataset: { interactions }, models: [{ model: 'ease' }] }
})

const about = (more: Partial<ExportAbout> = {}): ExportAbout => ({
  run: 'ease-1',
  dataset: 'tastes',
  version: '0',
  pseudonymised: [],
  experiment,
  ...more,
})

test('files that are named alike lie beside one another, and the experiment names them there', async () => {
  const path = join(folder, 'bundle')
  const { proof } = await ease.write('bundle', path, { about: about() })
  const written = JSON.parse(readFileSync(join(path, 'experiment.json'), 'utf8'))
  expect(written.dataset.interactions).toEqual(['data/log.csv', 'data/log-2.csv'])
  written.dataset.interactions.forEach((name: string, at: number) => {
    const original = (experiment.dataset.interactions as string[])[at]
    expect(readFileSync(join(path, name))).toEqual(readFileSync(original))
  })
  expect(proof?.topAgreement).toBe(1)
  expect(JSON.parse(readFileSync(join(path, 'expected.json'), 'utf8')).list.length).toBe(10)
  for (const name of ['reproduce.py', 'graphs/history.onnx', 'model/model.safetensors']) {
    expect(existsSync(join(path, name)), name).toBe(true)
  }
})

test('original ids of pseudonymised data stay behind unless they are asked for', async () => {
  const hidden = about({ pseudonymised: ['users'] })
  const refused = ease.write('bundle', join(folder, 'hidden'), { about: hidden })
  await expect(refused).rejects.toMatchObject({ code: 'BAD_REQUEST', data: { field: 'originalIds' } })
  expect(existsSync(join(folder, 'hidden'))).toBe(false)
})

test('a run that no experiment file describes is refused', async () => {
  const refused = ease.write('bundle', join(folder, 'none'), { about: about({ experiment: null }) })
  await expect(refused).rejects.toMatchObject({ code: 'BAD_REQUEST' })
})
