import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { writeZip } from './zip'

const folder = mkdtempSync(join(tmpdir(), 'topn-zip-'))
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const readBack = `
import json, sys, zipfile
with zipfile.ZipFile(sys.argv[1]) as archive:
    assert archive.testzip() is None
    print(json.dumps({name: archive.read(name).decode() for name in archive.namelist()}))
`

const hasPython = spawnSync('python3', ['--version']).status === 0

test.runIf(hasPython)("Python's zipfile reads every file and finds no wrong checksum", async () => {
  const contents = { 'a.txt': 'one', 'deep/名.csv': 'id\r\n', empty: '' }
  const entries = Object.entries(contents).map(([name, content], at) => {
    const path = join(folder, String(at))
    writeFileSync(path, content)
    return { name, path }
  })
  const path = join(folder, 'all.zip')
  await writeZip(path, entries)
  const { status, stdout } = spawnSync('python3', ['-c', readBack, path], { encoding: 'utf8' })
  expect(status).toBe(0)
  expect(JSON.parse(stdout)).toEqual(contents)
})
