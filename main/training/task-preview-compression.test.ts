import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import type { CompressionPreview } from '../contract/exports'
import { exporterOf, prepareTastes } from '../export/testing/exported'
import { readManifest } from './artifact'
import { performTask } from './perform-task'

const folder = mkdtempSync(join(tmpdir(), 'topn-preview-'))
afterAll(() => rmSync(folder, { recursive: true }))

test('a preview says what each precision makes of size and quality, before anything is written', async () => {
  const prepared = join(folder, 'prepared')
  await prepareTastes(prepared)
  await exporterOf(folder, 'ials', { embedding_size: 6, epochs: 3 })
  const artifact = join(folder, 'artifact-ials')
  const context = { report() {}, signal: new AbortController().signal }
  const task = { kind: 'preview-compression', artifact, prepared, prune: 0.99, threads: 1 } as const
  const preview = (await performTask(task, context)) as CompressionPreview

  expect(preview.users).toBe(120)
  const [whole, pruned, half, small] = preview.outcomes
  expect(preview.outcomes.map(({ precision, prune }) => [precision, prune])).toEqual([
    ['float32', 0],
    ['float32', 0.99],
    ['float16', 0.99],
    ['int8', 0.99],
  ])
  // 163 rows of 6 numbers, and a byte that says whether each is known; int8 has 4 bytes more a row.
  expect([whole, pruned, half, small].map(({ bytes }) => bytes)).toEqual([4075, 4075, 2119, 1793])
  // All test users are judged here, as the run's evaluation has judged them.
  expect(whole.ndcg).toBe((await readManifest(artifact)).metrics['ndcg@10'])
  expect(pruned.ndcg).toBeLessThan(whole.ndcg)
  for (const { millisecondsPerUser } of preview.outcomes) expect(millisecondsPerUser).toBeGreaterThan(0)
})
