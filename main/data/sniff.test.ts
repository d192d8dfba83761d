import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { sniffFile } from './sniff'

const folder = mkdtempSync(join(tmpdir(), 'topn-test-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

function put(content: string | Uint8Array): string {
  const path = join(folder, 'file')
  writeFileSync(path, content)
  return path
}

const cases: [content: string, delimiter: string, header: boolean][] = [
  ['user,item\n1,2\n', ',', true],
  ['1,2\n3,4\n', ',', false],
  ['buyer,thing\n1,2\n3,4\n', ',', true],
  ['anna,book\nbob,film\n', ',', false],
  ['1\t2\t3\t978300760\n', '\t', false],
  ['1::Toy Story, The (1995)::Animation|Comedy\n2::Jumanji (1995)::Adventure|Fantasy\n', '::', false],
  ['1|Toy Story (1995)|01-Jan-1995\n2|GoldenEye (1995)|01-Jan-1995\n', '|', false],
  ['1;10;3,5\n2;11;4,5\n', ';', false],
  ['user,item,time\n1,2,2020-01-02 03:04:05\n', ',', true],
  ['id,title\n1,"One, two"\n2,Three\n', ',', true],
  ['1 2 3\n4 5 6\n', ' ', false],
]
test.each(cases)('%j', async (content, delimiter, header) => {
  expect((await sniffFile(put(content))).format).toMatchObject({ kind: 'delimited', delimiter, header })
})

test('lines of differing length, separated by spaces, are sequences', async () => {
  expect((await sniffFile(put('1 2 3 4\n2 3 4\n3 9\n'))).format).toEqual({ kind: 'sequences' })
})

test('columns that are named make a first line of words a header', async () => {
  const path = put('buyer,thing\nanna,book\n')
  expect((await sniffFile(path)).format).toMatchObject({ header: false })
  expect((await sniffFile(path, { columns: ['buyer', 'thing'] })).format).toMatchObject({ header: true })
})

test('the encoding is that of the bytes', async () => {
  const encodingOf = async (content: Uint8Array) => {
    const { format, lines } = await sniffFile(put(content))
    return [format.kind === 'delimited' && format.encoding, lines[1]]
  }
  expect(await encodingOf(Buffer.from('user,item\né,1\n'))).toEqual(['utf-8', 'é,1'])
  expect(await encodingOf(Buffer.from('user,item\né,1\n', 'latin1'))).toEqual(['latin-1', 'é,1'])
  expect(await encodingOf(Buffer.from('user,item\né,1\n', 'utf16le'))).toEqual(['utf-16', 'é,1'])
  expect(await encodingOf(Buffer.from('\ufeffuser,item\né,1\n', 'utf16le').swap16())).toEqual(['utf-16', 'é,1'])
  // The head of a long file may end inside a character.
  expect(await encodingOf(Buffer.from(`user,item\né,1\n${'é'.repeat(300_000)}`))).toEqual(['utf-8', 'é,1'])
})

test('a given format is kept to, but for one that the file cannot have', async () => {
  const format = { kind: 'delimited', delimiter: ';', header: false, encoding: 'latin-1', quote: '' } as const
  expect((await sniffFile(put('user,item\n1,2\n'), { format })).format).toEqual(format)
  await expect(sniffFile(put('user,item\n1,2\n'), { format: { kind: 'parquet' } })).rejects.toThrow(
    /plain text, not a Parquet file/,
  )
  await expect(sniffFile(put('PAR1...'), { format })).rejects.toThrow(/a Parquet file/)
})
