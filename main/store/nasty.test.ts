import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { testFolder } from './testing/folder'
import { good, header, nastyFiles, rows } from './testing/nasty-files'
import { read } from './testing/read'

const { folder, put } = testFolder()

describe('nasty files', () => {
  test.each(nastyFiles)('$name', async ({ name, content, file, source = {}, refusal, ...expected }) => {
    const interactions = put(file ?? `${name.replace(/[^a-z0-9]/gi, '-')}.csv`, content)
    if (refusal) {
      const wanted = { code: expect.stringMatching(/^BAD_/), message: expect.stringMatching(refusal) }
      return expect(read({ interactions, ...source })).rejects.toMatchObject(wanted)
    }
    const found = await read({ interactions, ...source })
    expect(found.rows).toEqual(expected.rows)
    const rejects = expected.rejects ?? []
    expect(found.rejects.map(({ line, reason }) => [line, reason])).toEqual(
      rejects.map(([line, reason]) => [line, expect.stringMatching(reason)]),
    )
    const { lines, skipped, kept, rejected, bytes } = found.counts
    expect([bytes, kept, rejected]).toEqual([Buffer.byteLength(content), found.rows.length, rejects.length])
    expect(lines).toBe(skipped + kept + rejected)
    if (expected.skipped !== undefined) expect(skipped).toBe(expected.skipped)
  })

  test('other files that a pattern in the name would match stay out', async () => {
    put('c-other.csv', `${header}9,9,9\n`)
    expect((await read({ interactions: put('c*.csv', header + good) })).rows).toEqual(rows)
  })

  test('a directory, a missing file, a FIFO', async () => {
    mkdirSync(`${folder}/below`)
    await expect(read({ interactions: `${folder}/below` })).rejects.toThrow(/is a folder without files/)
    await expect(read({ interactions: `${folder}/missing.csv` })).rejects.toThrow(/does not exist/)
    if (!existsSync('/usr/bin/mkfifo')) return
    execFileSync('mkfifo', [`${folder}/pipe.csv`])
    await expect(read({ interactions: `${folder}/pipe.csv` })).rejects.toThrow(/not a regular file/)
  })
})
