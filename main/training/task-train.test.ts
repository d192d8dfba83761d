import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { writePrepared } from '../data/prepared-files'
import type { Interactions } from '../models/model'
import { trainTask } from './task-train'

/** Two users and three items; the last item is the first user's test item. */
function part(offsets: number[], items: number[]): Interactions {
  return {
    users: 2,
    items: 3,
    offsets: Uint32Array.from(offsets),
    itemIndices: Uint32Array.from(items),
    values: new Float32Array(items.length).fill(1),
    timestamps: null,
  }
}

test('a plan that does not fit is refused before anything is written', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'topn-test-'))
  const prepared = join(folder, 'prepared')
  await writePrepared(prepared, {
    hash: 'x',
    userIds: ['a', 'b'],
    itemIds: ['1', '2', '3'],
    titles: null,
    train: part([0, 2, 4], [0, 1, 1, 2]),
    foldIn: null,
    validation: null,
    test: part([0, 1, 1], [2]),
    candidates: null,
  })
  const artifact = join(folder, 'artifact')
  const refused = trainTask(
    {
      kind: 'train',
      prepared,
      features: null,
      artifact,
      runId: 'ials-1',
      model: 'ials',
      params: { embedding_size: 1024, epochs: 1 },
      seed: 1,
      threads: 1,
      memoryLimitBytes: 2 ** 20,
      goal: { kind: 'list-everyone', k: 1 },
    },
    { report() {}, signal: new AbortController().signal },
  )
  await expect(refused).rejects.toMatchObject({
    code: 'OUT_OF_MEMORY',
    message: expect.stringMatching(/iALS would need about .* GiB; the limit is 0\.00 GiB/),
  })
  expect(existsSync(artifact)).toBe(false)
  rmSync(folder, { recursive: true })
})
