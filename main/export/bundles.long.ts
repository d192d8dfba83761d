import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { tastes } from '../models/testing'

/** Built by scripts/vitest-setup.mjs. */
const cli = resolve(import.meta.dirname, '../../out/test/cli.js')
const python = process.env.TOPN_PYTHON ?? 'python3'
const hasRuntime = spawnSync(python, ['-c', 'import numpy, onnxruntime']).status === 0

const folder = mkdtempSync(join(tmpdir(), 'topn-bundles-'))
afterAll(() => rmSync(folder, { recursive: true }))

function topn(...words: string[]): string {
  const { status, stdout, stderr } = spawnSync(process.execPath, [cli, ...words], { cwd: folder, encoding: 'utf8' })
  if (status !== 0) throw new Error(stderr)
  return stdout
}

const short = { embedding_size: 8, epochs: 3 }
const networks = [
  { model: 'gmf', params: short },
  { model: 'deepfm', params: short },
  { model: 'mult-vae', params: short },
  { model: 'lightgcn', params: short },
  { model: 'gru4rec', params: short },
  { model: 'sasrec', params: short },
  { model: 'bert4rec', params: short },
  { model: 'transformer-mf', params: short },
  { model: 'two-tower', params: { ...short, user_tower: 'lstm' } },
]
const others = [
  { model: 'ials', params: { embedding_size: 8 } },
  { model: 'als', params: { embedding_size: 8 } },
  { model: 'user-knn' },
  { model: 'ensemble', members: [2, 5, 7, 9], params: { weights: 'equal' } },
]
const models = [...networks, ...others]
const boardOf = (name: string) => JSON.parse(readFileSync(join(folder, name, 'leaderboard.json'), 'utf8')).runs

beforeAll(() => {
  const { offsets, itemIndices } = tastes(80, 40, 14)
  const lines = ['user,item,rating,timestamp']
  for (let user = 0; user < 80; user++) {
    for (let at = offsets[user]; at < offsets[user + 1]; at++) {
      lines.push(`u ${user},i ${itemIndices[at]},${1 + (itemIndices[at] % 5)},${1_700_000_000 + at}`)
    }
  }
  writeFileSync(join(folder, 'log.csv'), `${lines.join('\n')}\n`)
  const evaluation = { cutoffs: [5, 10], metrics: ['ndcg', 'recall', 'mrr', 'coverage'] }
  const experiment = { dataset: { interactions: 'log.csv' }, evaluation, models, seed: 7 }
  writeFileSync(join(folder, 'experiment.json'), JSON.stringify(experiment))
  topn('run', 'experiment.json', '--workspace', 'workspace', '--out', 'first')
}, 600_000)

describe.each(models.map(({ model }) => model))('the bundle of %s', (model) => {
  beforeAll(
    () => void topn('export', '--run', 'workspace', '--model', model, '--format', 'bundle', '--out', model),
    120_000,
  )

  test('is repeated by topn run to the same numbers', () => {
    topn('run', join(model, 'experiment.json'), '--out', `${model}-again`)
    const metricsOf = (name: string) =>
      boardOf(name).findLast((run: { model: string }) => run.model === model).metrics as Record<string, number>
    expect(Object.keys(metricsOf('first')).length).toBeGreaterThan(5)
    expect(metricsOf(`${model}-again`)).toEqual(metricsOf('first'))
  }, 300_000)

  test.runIf(hasRuntime)(
    "has a script that makes a user's list with NumPy and onnxruntime alone",
    () => {
      const { stdout, stderr } = spawnSync(python, ['-I', join(folder, model, 'reproduce.py')], { encoding: 'utf8' })
      expect(stderr).toBe('')
      expect(stdout).toContain("The same as TopN's list.")
      expect(stdout.trim().split('\n').length).toBe(11)
      const another = spawnSync(python, ['-I', join(folder, model, 'reproduce.py'), 'u 33'], { encoding: 'utf8' })
      expect(another.stdout.trim().split('\n').length).toBe(10)
    },
    60_000,
  )
})
