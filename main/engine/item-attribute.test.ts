import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { MetricId } from '../contract/experiment'
import { openTestEngine, type TestEngine } from './testing/open-engine'

let folder: string
let engine: TestEngine
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'topn-test-'))
  engine = await openTestEngine()
})
afterEach(async () => {
  await engine.close()
  rmSync(folder, { recursive: true, force: true })
})

function write(name: string, lines: string[]): string {
  const path = join(folder, name)
  writeFileSync(path, `${lines.join('\n')}\n`)
  return path
}

const metrics: MetricId[] = ['recall', 'diversity', 'calibration']

async function train(items: string[] | null, evaluation: { item_attribute?: string } = {}) {
  const path = write('ratings.csv', ['user,item,timestamp', 'a,1,1', 'a,2,2', 'a,3,3', 'b,3,1', 'b,4,2', 'b,1,3'])
  const files = items && { items: { path: write('items.csv', items) } }
  const job = await engine.jobEnded((await engine.call('datasets.open', { path, ...files })).id)
  const started = await engine.call('runs.start', {
    datasetId: job.subject as string,
    evaluation: { cutoffs: [2], metrics, ...evaluation },
    models: [{ model: 'popularity' }],
  })
  return (await engine.runsEnded(started))[0]
}

/** What has been trained is 1, 2, 3 and 4, each by one user; user a is given 3 and 4, user b 1 and 2. */
const described = ['item,form,genres', '1,film,X', '2,play,X', '3,film,Y', '4,film,X|Y']

test('lists are diverse and calibrated by the first attribute of several values, or by the one that is named', async () => {
  const run = await train(described)
  expect(run.error).toBeNull()
  // Lists 3 4 and 1 2: cosines 1 / sqrt 2 and 1.
  expect(run.metrics['diversity@2']).toBeCloseTo((1 - Math.SQRT1_2 + 0) / 2, 6)
  // User a knows X alone and is given Y and half of each; user b knows Y and half of each and is given X alone.
  const ofA = Math.log(1 / (0.99 * 0.25 + 0.01))
  const ofB = 0.75 * Math.log(0.75 / 0.0075) + 0.25 * Math.log(0.25 / (0.99 + 0.0025))
  expect(run.metrics['calibration@2']).toBeCloseTo((ofA + ofB) / 2, 6)
  expect(run.leftOut).toEqual({})
  const byForm = await train(described, { item_attribute: 'form' })
  // Two films, and a film and a play.
  expect(byForm.metrics['diversity@2']).toBe((0 + 1) / 2)
})

test('without attributes both are left out, and an attribute that is not there is refused', async () => {
  const run = await train(null)
  expect(run.metrics['recall@2']).toBeGreaterThanOrEqual(0)
  expect(run.leftOut).toEqual({ diversity: 'no-attribute', calibration: 'no-attribute' })
  await expect(train(described, { item_attribute: 'actors' })).rejects.toMatchObject({
    code: 'BAD_REQUEST',
    message: expect.stringContaining('they have: genres, form.'),
  })
})
