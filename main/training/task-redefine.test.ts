import { join } from 'node:path'
import { expect, test } from 'vitest'
import { writePrepared } from '../data/prepared-files'
import { preparedOf } from '../data/testing/interactions'
import { testFolder } from '../store/testing/folder'
import { redefineTask } from './task-redefine'

const { folder } = testFolder()
const context = { report() {}, signal: new AbortController().signal }

test('runs on several lines of a user are refused: only one list of them is stored', async () => {
  const prepared = join(folder, 'prepared')
  const rows = { users: Uint32Array.of(0, 0), offsets: Uint32Array.of(0, 2, 4), items: Uint32Array.of(0, 1, 1, 2) }
  await writePrepared(prepared, { ...preparedOf({ train: [[0]], test: [[1, 2]] }, 3), candidates: rows })
  const task = { kind: 'redefine', prepared, candidates: { file: 'x' }, profile: 'lenskit', runs: [] } as const
  await expect(redefineTask({ ...task, runs: [] }, context)).rejects.toMatchObject({
    code: 'BAD_REQUEST',
    message: expect.stringContaining('several lines for a user'),
  })
})
