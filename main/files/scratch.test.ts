import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { makeScratchFolder, sweepScratchFolders } from './scratch'

test('sweeps what a process that has ended left, and nothing else', async () => {
  const { pid } = spawnSync(process.execPath, ['--version'])
  const stale = join(tmpdir(), `topn-read-${pid}-abcdef`)
  const foreign = join(tmpdir(), `other-topn-read-${pid}-abcdef`)
  for (const folder of [stale, foreign]) mkdirSync(folder)
  writeFileSync(join(stale, 'copy.csv'), 'user,item\n')
  const own = await makeScratchFolder()
  try {
    await sweepScratchFolders()
    expect([stale, foreign, own].map(existsSync)).toEqual([false, true, true])
  } finally {
    for (const folder of [foreign, own]) rmSync(folder, { recursive: true })
  }
})
