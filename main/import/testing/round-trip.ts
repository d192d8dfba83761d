import { join } from 'node:path'
import { expect } from 'vitest'
import { createCompute } from '../../compute/create'
import { readPrepared } from '../../data/prepared-files'
import { exporterOf, shortParams } from '../../export/testing/exported'
import type { Interactions, Scorer } from '../../models/model'
import { findModel } from '../../models/registry'
import { readElsewhere } from '../elsewhere'

/** Takes a model away as ONNX and brings a graph of it in: it takes `takes`, and lists what the model lists. */
export async function expectRoundTrip(folder: string, id: string, graph: string, takes: string): Promise<void> {
  const prepared = await readPrepared(join(folder, 'prepared'))
  const exported = await exporterOf(folder, id, shortParams(findModel(id)))
  const out = join(folder, `${id}-${graph}`)
  await exported.write('onnx', out)
  const ids = { userIds: join(out, 'user_ids.json'), itemIds: join(out, 'item_ids.json') }
  const from = { kind: 'scorer' as const, file: join(out, graph), ...ids, historyLength: null }
  const context = { signal: new AbortController().signal, report() {} }
  const { model, tensors, found } = await readElsewhere(from, prepared, context)
  expect(found).toMatchObject({ takes, leftOut: 0, withoutScore: 0 })
  const compute = await createCompute({ threads: 1 })
  const fitted = { tensors: exported.tensors, params: exported.manifest.params, compute }
  const own = await listsBy(await findModel(id).score?.(fitted, prepared.train), prepared.train)
  const brought = await listsBy(await model.score?.({ tensors, params: {}, compute }, prepared.train), prepared.train)
  await compute.close()
  expect(brought.map((list) => list.length)).toEqual(own.map((list) => list.length))
  brought.forEach((list, user) => {
    list.forEach(({ item, score }, rank) => {
      const expected = own[user][rank]
      expect(Math.abs(score - expected.score)).toBeLessThan(1e-4 * Math.max(1, Math.abs(expected.score)))
      // Another item stands there only where both say that it scores the same.
      if (item !== expected.item) {
        const elsewhere = own[user].find((entry) => entry.item === item)?.score ?? expected.score
        expect(Math.abs(elsewhere - expected.score)).toBeLessThan(1e-4)
      }
    })
  })
}

/** The ten best unseen items of every user, and their scores. */
async function listsBy(scorer: Scorer | undefined, { users, items, offsets, itemIndices }: Interactions) {
  const scores = new Float32Array(users * items)
  await scorer?.score(
    Uint32Array.from({ length: users }, (_, user) => user),
    scores,
  )
  scorer?.close()
  return Array.from({ length: users }, (_, user) => {
    const own = scores.subarray(user * items, (user + 1) * items)
    const seen = new Set(itemIndices.subarray(offsets[user], offsets[user + 1]))
    const listed = [...own.keys()].filter((item) => !seen.has(item) && !Number.isNaN(own[item]))
    return listed
      .sort((a, b) => own[b] - own[a] || a - b)
      .slice(0, 10)
      .map((item) => ({ item, score: own[item] }))
  })
}
