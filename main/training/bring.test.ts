import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import type { PreparedData } from '../data/prepared'
import { preparedOf } from '../data/testing/interactions'
import { bring } from './bring'

test('lists that no heap holds are refused by that limit, which more memory does not move', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'topn-bring-'))
  const file = join(folder, 'lists.csv.gz')
  const million = gzipSync('u,i,1\n'.repeat(2 ** 20))
  writeFileSync(file, Buffer.concat(Array.from({ length: 200 }, () => million)))
  const { train, ...rest } = preparedOf({ train: [[0]], test: [[1]] }, 2)
  const large: PreparedData = { ...rest, train: { ...train, users: 2 ** 20, items: 1000 } }
  const context = { signal: new AbortController().signal, report() {} }
  const unlimited = { memoryLimitBytes: Number.POSITIVE_INFINITY }
  const refused = await bring({ kind: 'lists', file }, large, unlimited, context).catch((error) => error)
  rmSync(folder, { recursive: true })
  expect(refused).toMatchObject({
    code: 'OUT_OF_MEMORY',
    message: expect.stringMatching(
      /about \d+ rows\. The limit is that of JavaScript's heap, whatever memory the machine has\. Bring in shorter lists, or lists of fewer users\.$/,
    ),
  })
})
