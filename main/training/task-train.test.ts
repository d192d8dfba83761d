import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { writePrepared } from '../data/prepared-files'
import { preparedOf } from '../data/testing/interactions'
import { noItem } from '../evaluation/lists'
import { popularity } from '../models/baselines/popularity'
import type { Interactions } from '../models/model'
import { checkParameters, findModel } from '../models/registry'
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
    message: expect.stringMatching(/not started.*iALS would need about .* GiB; the limit is 0\.00 GiB/),
    data: { limit: 2 ** 20, offerModel: null },
  })
  expect(existsSync(artifact)).toBe(false)
})

test('a plan that does not fit is refused with the nearest one that does', async () => {
  const held = vi.spyOn(process.memoryUsage, 'rss').mockReturnValue(2 ** 20)
  const params = checkParameters(findModel('ials'), { embedding_size: 1024, alpha: 3 })
  const memoryLimitBytes = 5 * 2 ** 20
  const goal = { kind: 'list-everyone' as const, k: 1, excludeSeen: true }
  const about = {
    ...machine,
    kind: 'train' as const,
    artifact: join(folder, 'refused'),
    runId: 'ials-1',
    memoryLimitBytes,
  }
  const error = await trainTask({ ...about, model: 'ials', params, goal }, context).catch((reason) => reason)
  held.mockRestore()
  const { offerModel, offerParams, offerBytes } = error.data
  expect(error.message).toContain(
    `What would fit: ials with embedding_size ${offerParams.embedding_size}, alpha 3, with`,
  )
  expect([offerModel, offerParams.alpha]).toEqual(['ials', 3])
  // The process holds one of the five, and two Gram matrices of size x size floats are nearly all that the model takes.
  expect(offerParams.embedding_size).toBeLessThanOrEqual(Math.sqrt((4 * 2 ** 20) / 8))
  expect(offerParams.embedding_size).toBeGreaterThan(Math.sqrt((4 * 2 ** 20) / 8) - 16)
  expect(offerBytes).toBeLessThanOrEqual(memoryLimitBytes)
})

test('lists that another program made are refused where they do not fit, before they are read', async () => {
  const [file, artifact] = [join(folder, 'lists.csv'), join(folder, 'brought')]
  // 100,000 rows of 160 bytes are 16 MB; their second row is none, which reading would say.
  writeFileSync(file, `user_id,item_id,rank\na,1,none\n${'a,1,1\n'.repeat(99_998)}`)
  const crowd = join(folder, 'crowd')
  const everyone = Array.from({ length: 400 }, () => [0])
  await writePrepared(crowd, preparedOf({ train: everyone, test: everyone }, 300))
  const held = vi.spyOn(process.memoryUsage, 'rss').mockReturnValue(2 ** 20)
  const task = {
    ...machine,
    prepared: crowd,
    kind: 'train' as const,
    artifact,
    runId: 'external-1',
    model: 'external',
    params: {},
    goal: { kind: 'list-everyone' as const, k: 1, excludeSeen: true },
    elsewhere: { kind: 'lists' as const, file },
  }
  const refused = await trainTask({ ...task, memoryLimitBytes: 8e6 }, context).catch((error) => error)
  const read = await trainTask({ ...task, memoryLimitBytes: 32e6 }, context).catch((error) => error)
  held.mockRestore()
  expect(refused).toMatchObject({ code: 'OUT_OF_MEMORY', data: { bytes: 2 ** 20 + 160 * 100_000, limit: 8e6 } })
  expect(refused.message).toBe(
    'The run was not started: it does not fit into memory. lists.csv would need about 0.02 GiB; the limit is 0.01 GiB. It has about 100000 rows. Bring in shorter lists, or lists of fewer users, or use a machine with more memory.',
  )
  expect(read.message).toContain('its rank is no number: none')
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

test('a training whose errors are no numbers any more ends with what to do', async () => {
  const artifact = join(folder, 'diverged')
  const rated = { ...part([0, 2, 4], [0, 1, 1, 2]), values: Float32Array.of(10, -10, -10, 10) }
  const [data, params] = [join(folder, 'rated'), { learning_rate: 1, epochs: 500, regularization: 10 }]
  const parts = { train: rated, foldIn: null, validation: null, test: part([0, 1, 1], [2]), candidates: null }
  await writePrepared(data, { hash: 'y', userIds: ['a', 'b'], itemIds: ['1', '2', '3'], titles: null, ...parts })
  const task = {
    ...machine,
    kind: 'train' as const,
    prepared: data,
    artifact,
    runId: 'funk-svd-1',
    model: 'funk-svd',
    params: checkParameters(findModel('funk-svd'), params),
    memoryLimitBytes: 2 ** 32,
    goal: { kind: 'list-everyone' as const, k: 1, excludeSeen: true },
  }
  await expect(trainTask(task, context)).rejects.toMatchObject({
    code: 'BAD_REQUEST',
    message: expect.stringMatching(
      /^Funk SVD diverged in epoch \d+: its rmse is no number any more\. Choose a smaller learning rate/,
    ),
  })
  expect(existsSync(artifact)).toBe(false)
})
