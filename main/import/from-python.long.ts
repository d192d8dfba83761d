import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createCompute } from '../compute/create'
import type { ElsewhereFiles } from '../contract/elsewhere'
import type { PreparedData } from '../data/prepared'
import { readPrepared } from '../data/prepared-files'
import { prepareTastes } from '../export/testing/exported'
import { external } from '../models/elsewhere/external'
import { readElsewhere } from './elsewhere'

/** A Python with the libraries that write the files; without them nothing is tested. */
const python = process.env.TOPN_PYTHON ?? 'python3'
const script = join(import.meta.dirname, 'testing', 'from_python.py')
const libraries = 'import numpy, pyarrow, implicit, ranx, safetensors, scipy'

const folder = mkdtempSync(join(tmpdir(), 'topn-from-python-'))
afterAll(() => rmSync(folder, { recursive: true }))

const vectors = (users: string, items = users, hasIds = false): ElsewhereFiles => ({
  kind: 'vectors',
  users: join(folder, users),
  items: join(folder, items),
  userIds: hasIds ? null : join(folder, 'users.txt'),
  itemIds: hasIds ? null : join(folder, 'items.json'),
})
const context = { signal: new AbortController().signal, report() {} }
const lists = (name: string): ElsewhereFiles => ({ kind: 'lists', file: join(folder, name) })

describe.runIf(spawnSync(python, ['-c', libraries]).status === 0)('files that Python made', () => {
  let prepared: PreparedData
  let own: { items: number[][]; scores: number[][] }
  beforeAll(async () => {
    await prepareTastes(join(folder, 'prepared'))
    prepared = await readPrepared(join(folder, 'prepared'))
    const { train, userIds, itemIds } = prepared
    const matrix = { offsets: [...train.offsets], indices: [...train.itemIndices] }
    writeFileSync(join(folder, 'train.json'), JSON.stringify({ users: userIds, items: itemIds, ...matrix }))
    const { status, stdout, stderr } = spawnSync(python, [script, folder], { encoding: 'utf8', maxBuffer: 2 ** 28 })
    if (status !== 0) throw new Error(stderr)
    own = JSON.parse(stdout.trim().split('\n').at(-1) ?? '')
  }, 300_000)

  test.each([
    ['what implicit saves', vectors('implicit.npz')],
    ['numpy.savez with its ids', vectors('plain.npz', 'plain.npz', true)],
    ['numpy.savez_compressed', vectors('packed.npz', 'packed.npz', true)],
    ['numpy.save, doubles by column', vectors('users.npy', 'items.npy')],
    ['safetensors', vectors('model.safetensors')],
    ['lists by pyarrow', lists('lists.parquet')],
    ['lists by csv', lists('lists.csv')],
    ['a TREC run by ranx', lists('run.txt')],
  ])('%s: the lists are those of implicit', async (_, from) => {
    const { tensors } = await readElsewhere(from, prepared, context)
    const compute = await createCompute({ threads: 1 })
    const scorer = await external.score?.({ tensors, params: {}, compute }, prepared.train)
    const [users, items] = [prepared.userIds.length, prepared.itemIds.length]
    const scores = new Float32Array(users * items)
    await scorer?.score(
      Uint32Array.from({ length: users }, (_, user) => user),
      scores,
    )
    scorer?.close()
    await compute.close()
    for (let user = 0; user < users; user++) {
      own.items[user].forEach((item, rank) => {
        expect(Math.abs(scores[user * items + item] - own.scores[user][rank])).toBeLessThan(1e-4)
      })
      const seen = new Set(prepared.train.itemIndices.subarray(...prepared.train.offsets.subarray(user, user + 2)))
      const listed = [...Array(items).keys()].filter(
        (item) => !seen.has(item) && Number.isFinite(scores[user * items + item]),
      )
      const best = listed.sort((a, b) => scores[user * items + b] - scores[user * items + a]).slice(0, 10)
      // Scores that are equal but for rounding may stand in another order.
      const least = own.scores[user][9] - 1e-4
      expect(best.every((item) => scores[user * items + item] >= least)).toBe(true)
      expect(best.length).toBe(10)
    }
  })
})
