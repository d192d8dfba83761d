import { readdirSync, readFileSync } from 'node:fs'
import { connect } from 'node:net'
import { basename, dirname, join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { cookie, exportsFolder, folder, inboxFolder, own, port, send, uploadLimitBytes } from './testing/running-server'

describe('transfers', () => {
  test.each([
    ['ratings.csv', /^ratings\.csv$/],
    ['评分 表.csv', /^评分_表\.csv$/],
    ['../../../etc/passwd', /^_\.\._\.\._etc_passwd$/],
    ['..\\..\\evil', /^_\.\._evil$/],
    ['a\0b\n*<1>.csv', /^a_b_1_\.csv$/],
    ['', /^file$/],
    ['..', /^file$/],
    [`${'长'.repeat(300)}.csv`, /^长{51}\.csv$/],
  ])('an upload lands in the inbox under a name that is safe: %j', async (name, stored) => {
    const content = Buffer.from([0, 255, 13, 10])
    const to = `/files/upload?name=${encodeURIComponent(name)}`
    const { status, body } = await send('POST', to, { ...own(), cookie }, content)
    expect(status).toBe(200)
    const { path } = JSON.parse(body)
    expect(dirname(dirname(path))).toBe(inboxFolder)
    expect(basename(path)).toMatch(stored)
    expect(readFileSync(path)).toEqual(content)
  })

  test('files that come together lie together, those of one name apart', async () => {
    const upload = async (name: string, batch: string) => {
      const to = `/files/upload?name=${name}&batch=${encodeURIComponent(batch)}`
      return JSON.parse((await send('POST', to, { ...own(), cookie }, name)).body).path as string
    }
    const batch = '123e4567-e89b-42d3-a456-426614174000'
    const [data, items, twin] = [
      await upload('u.data', batch),
      await upload('u.item', batch),
      await upload('u.data', batch),
    ]
    expect([data, items]).toEqual([join(inboxFolder, batch, 'u.data'), join(inboxFolder, batch, 'u.item')])
    expect(dirname(twin)).toBe(dirname(data))
    expect(twin).not.toBe(data)
    const escaped = await upload('u.data', '../../elsewhere')
    expect(dirname(dirname(escaped))).toBe(inboxFolder)
    expect(dirname(escaped)).not.toContain('elsewhere')
  })

  test('an upload of another page is refused, cookie or not', async () => {
    const headers = { origin: 'http://evil.example', cookie }
    expect(await send('POST', '/files/upload?name=a.csv', headers, 'x')).toMatchObject({ status: 403 })
  })

  test('an upload that is too large is refused and leaves nothing', async () => {
    const before = readdirSync(inboxFolder)
    const upload = (bytes: number, coding: Record<string, string>) =>
      send('POST', '/files/upload?name=big.csv', { ...own(), cookie, ...coding }, Buffer.alloc(bytes))
    const declared = await upload(uploadLimitBytes + 1, { 'content-length': String(uploadLimitBytes + 1) })
    expect(declared).toMatchObject({ status: 400, body: expect.stringMatching(/larger than .* Open it from the disk/) })
    // The length is not known beforehand, so the connection may be cut before the answer is read.
    const counted = upload(uploadLimitBytes + 1, { 'transfer-encoding': 'chunked' }).then(
      ({ status }) => status,
      () => 'cut off',
    )
    expect([400, 'cut off']).toContain(await counted)
    expect(readdirSync(inboxFolder)).toEqual(before)
    expect(await upload(uploadLimitBytes, {})).toMatchObject({ status: 200 })
  })

  test('an upload that its sender breaks off leaves nothing and is no error of the server', async () => {
    const before = readdirSync(inboxFolder)
    const headers = `Host: 127.0.0.1:${port}\r\nOrigin: ${own().origin}\r\nCookie: ${cookie}\r\nContent-Length: 900`
    const socket = connect(port, '127.0.0.1')
    await new Promise<void>((resolve) => {
      socket.write(`POST /files/upload?name=half.csv HTTP/1.1\r\n${headers}\r\n\r\nuser,item\n`, () => resolve())
    })
    while (readdirSync(inboxFolder).length === before.length) await new Promise(setImmediate)
    socket.destroy()
    while (readdirSync(inboxFolder).length > before.length) await new Promise(setImmediate)
    expect(readdirSync(inboxFolder)).toEqual(before)
  })

  test('an export is sent as a download', async () => {
    const path = encodeURIComponent(join(exportsFolder, 'lists 列表.parquet'))
    const answer = await send('GET', `/files/download?path=${path}`, { cookie })
    expect(answer).toMatchObject({ status: 200, body: 'PAR1' })
    expect(answer.headers['content-disposition']).toBe("attachment; filename*=UTF-8''lists_%E5%88%97%E8%A1%A8.parquet")
  })

  test('nothing else is sent: not by a path up, a link out, a folder or a NUL', async () => {
    const paths = [
      join(folder, 'secret.txt'),
      `${exportsFolder}/../secret.txt`,
      join(exportsFolder, 'link.txt'),
      exportsFolder,
      join(exportsFolder, 'below'),
      join(exportsFolder, 'below', 'deep.parquet'),
      `${join(exportsFolder, 'lists 列表.parquet')}\0`,
      'lists 列表.parquet',
      '',
    ]
    for (const path of paths) {
      const { status, body } = await send('GET', `/files/download?path=${encodeURIComponent(path)}`, { cookie })
      expect({ path, status }).toEqual({ path, status: 404 })
      expect(body).not.toContain('secret')
    }
  })
})
