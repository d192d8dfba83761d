import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { writePlainText } from './transcode'

const folder = mkdtempSync(join(tmpdir(), 'topn-test-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

async function plain(bytes: Uint8Array, encoding: 'utf-8' | 'latin-1' | 'utf-16'): Promise<string> {
  writeFileSync(join(folder, 'from'), bytes)
  await writePlainText(join(folder, 'from'), encoding, join(folder, 'to'), new AbortController().signal)
  return readFileSync(join(folder, 'to'), 'utf8')
}

test.each([
  ['utf-8', Buffer.from('\ufeffé\r\nb\rc\n\r\r\n')],
  ['latin-1', Buffer.from('é\r\nb\rc\n\r\r\n', 'latin1')],
  ['utf-16', Buffer.from('\ufeffé\r\nb\rc\n\r\r\n', 'utf16le')],
  ['utf-16', Buffer.from('\ufeffé\r\nb\rc\n\r\r\n', 'utf16le').swap16()],
] as const)('%s becomes UTF-8 with line feeds', async (encoding, bytes) => {
  expect(await plain(bytes, encoding)).toBe('é\nb\nc\n\n\n')
})

test('a line end or a character cut by the end of a chunk stays one', async () => {
  const chunk = 2 ** 20
  expect(await plain(Buffer.from(`${'x'.repeat(chunk - 1)}\r\ny`), 'utf-8')).toBe(`${'x'.repeat(chunk - 1)}\ny`)
  expect(await plain(Buffer.from(`${'x'.repeat(chunk - 1)}éy`), 'utf-8')).toBe(`${'x'.repeat(chunk - 1)}éy`)
})

test('bytes of another encoding are refused', async () => {
  const refusal = { code: 'BAD_DATA', message: expect.stringMatching(/is not utf-8 text/) }
  await expect(plain(Buffer.from([0x61, 0xff]), 'utf-8')).rejects.toMatchObject(refusal)
})
