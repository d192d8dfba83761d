import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { writePrepared } from '../data/prepared-files'
import { noItem } from '../evaluation/lists'
import { popularity } from '../models/baselines/popularity'
import type { Interactions } from '../models/model'
import { checkParameters } from '../models/registry'
import { readArtifactFile, readManifest } from './artifact'
import { listsFromTensors } from './results'
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

const folder = mkdtempSync(join(tmpdir(), 'topn-test-'))
afterAll(() => rmSync(folder, { recursive: true }))
const prepared = join(folder, 'prepared')
const machine = { prepared, features: null, seed: 1, threads: 1 }
const context = { report() {}, signal: new AbortController().signal }

beforeAll(() =>
  writePrepared(prepared, {
    hash: 'x',
    userIds: ['a', 'b'],
    itemIds: ['1', '2', '3'],
    titles: null,
    train: part([0, 2, 4], [0, 1, 1, 2]),
    foldIn: null,
    validation: null,
    test: part([0, 1, 1], [2]),
    candidates: null,
  }),
)

test('a plan that does not fit is refused before anything is written', async () => {
  const artifact = join(folder, 'artifact')
  const refused = trainTask(
    {
      ...machine,
      kind: 'train',
      artifact,
      runId: 'ials-1',
      model: 'ials',
      params: { embedding_size: 1024, epochs: 1 },
      memoryLimitBytes: 2 ** 20,
      goal: { kind: 'list-everyone', k: 1, excludeSeen: true },
    },
    context,
  )
  await expect(refused).rejects.toMatchObject({
    code: 'OUT_OF_MEMORY',
    message: expect.stringMatching(/iALS would need about .* GiB; the limit is 0\.00 GiB/),
  })
  expect(existsSync(artifact)).toBe(false)
})

test.each([true, false])('lists for everyone know what was seen: %s', async (excludeSeen) => {
  const artifact = join(folder, `everyone-${excludeSeen}`)
  const goal = { kind: 'list-everyone' as const, k: 3, excludeSeen }
  const about = { kind: 'train' as const, runId: 'x', model: 'popularity', memoryLimitBytes: 2 ** 32 }
  await trainTask({ ...machine, ...about, artifact, params: checkParameters(popularity, {}), goal }, context)
  const lists = listsFromTensors(await readArtifactFile(artifact, await readManifest(artifact), 'lists'))
  // Nothing is held out: the first user has seen all items, the second one all but the first item.
  const listed = [0, 3].map((from) => [...lists.items.subarray(from, from + 3)].filter((item) => item !== noItem))
  expect(listed.map((list) => list.sort())).toEqual(
    excludeSeen
      ? [[], [0]]
      : [
          [0, 1, 2],
          [0, 1, 2],
        ],
  )
})
