import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterAll, describe, expect, test } from 'vitest'
import { openMemoryDatabase } from '../store/database'
import { broughtSize } from './brought-size'

const folder = mkdtempSync(join(tmpdir(), 'topn-size-'))
afterAll(() => rmSync(folder, { recursive: true }))
const file = (name: string, content: string | Uint8Array) => {
  const path = join(folder, name)
  writeFileSync(path, content)
  return path
}
const data = { users: 5000, items: 1000 }
const lists = (path: string, size = data) => broughtSize({ kind: 'lists', file: path }, size)

test('a graph or vectors count by their files, each of them once', async () => {
  const [graph, both] = [file('graph.onnx', new Uint8Array(1000)), file('vectors.npz', new Uint8Array(300))]
  const ids = { userIds: null, itemIds: null }
  const scorer = { kind: 'scorer', ...ids, historyLength: null } as const
  expect(await broughtSize({ ...scorer, file: graph }, data)).toEqual({ bytes: 4000, leastBytes: 4000, rows: null })
  expect(await broughtSize({ kind: 'vectors', users: both, items: both, ...ids }, data)).toEqual({
    bytes: 1200,
    leastBytes: 1200,
    rows: null,
  })
  expect(await broughtSize({ kind: 'vectors', users: both, items: graph, ...ids }, data)).toEqual({
    bytes: 5200,
    leastBytes: 5200,
    rows: null,
  })
  expect(await broughtSize({ ...scorer, file: `${graph}.gone` }, data)).toEqual({ bytes: 0, leastBytes: 0, rows: null })
})

describe('lists count by their rows', () => {
  const rows = Array.from({ length: 400_000 }, (_, at) => `user${at % 5000},item${at % 977},${Math.sqrt(at)}`)
  const csv = ['user_id,item_id,score', ...rows].join('\n')

  test('all of a short file', async () => {
    const short = file('short.csv', csv.slice(0, csv.indexOf('user99,')))
    // The header and 99 rows.
    expect(await lists(short)).toEqual({ bytes: 160 * 100, leastBytes: 160 * 100, rows: 100 })
  })

  test('about all of a long one, by parts of it', async () => {
    const path = file('long.csv', csv)
    expect(csv.length).toBeGreaterThan(10 * 2 ** 20)
    const { rows: found, bytes, leastBytes } = await lists(path)
    expect(found).not.toBe(rows.length + 1)
    expect((found ?? 0) / rows.length).toBeCloseTo(1, 2)
    expect(bytes).toBe(160 * (found ?? 0))
    expect(leastBytes).toBe(bytes)
  })

  test('of one whose lines grow, by its later parts too', async () => {
    const growing = Array.from({ length: 400_000 }, (_, at) => `${'u'.repeat(1 + at / 8000)}${at},i${at},1\n`)
    const { rows: found } = await lists(file('growing.csv', growing.join('')))
    expect((found ?? 0) / growing.length).toBeCloseTo(1, 1)
  })

  test('but no more than users and items of the data have pairs: others are left out', async () => {
    const short = file('strangers.csv', csv.slice(0, csv.indexOf('user99,')))
    expect(await lists(short, { users: 4, items: 5 })).toEqual({ bytes: 160 * 20, leastBytes: 160 * 20, rows: 100 })
  })

  test('of a compressed one by its start, which is rough', async () => {
    const { rows: found, bytes, leastBytes } = await lists(file('long.csv.gz', gzipSync(csv)))
    expect((found ?? 0) / rows.length).toBeCloseTo(1, 1)
    expect(bytes).toBe(160 * (found ?? 0))
    expect(leastBytes / bytes).toBeCloseTo(3 / 4, 5)
  })

  test('of one that unpacks to far more, without unpacking all of it', async () => {
    const million = gzipSync('u,i,1\n'.repeat(2 ** 20))
    const packed = Buffer.concat([...Array.from({ length: 50 }, () => million), Buffer.from('its end is damaged')])
    const { rows: found } = await lists(file('bomb.csv.gz', packed))
    expect((found ?? 0) / (50 * 2 ** 20)).toBeCloseTo(1, 1)
    // A frame with a window of 128 KiB, of blocks that each say that a line end comes 131 072 times.
    const block = Buffer.from([0x02, 0x00, 0x10, 0x0a])
    const frame = [Buffer.from('28b52ffd0038', 'hex'), ...Array.from({ length: 4096 }, () => block)]
    const { rows: ends } = await lists(file('bomb.csv.zst', Buffer.concat([...frame, Buffer.from('damaged')])))
    expect((ends ?? 0) / (4096 * 2 ** 17)).toBeCloseTo(1, 1)
  })

  test('as the file says, of Parquet', async () => {
    const path = join(folder, 'lists.parquet')
    const database = await openMemoryDatabase()
    await database.use((connection) =>
      connection.run(
        `COPY (SELECT range AS user_id, 1 AS item_id, 1 AS rank FROM range(1234)) TO '${path}' (FORMAT parquet)`,
      ),
    )
    database.close()
    expect(await lists(path)).toMatchObject({ bytes: 64 * 2 ** 20 + 160 * 1234, rows: 1234 })
  })

  test('nothing of what cannot be read: the job that reads it says so', async () => {
    expect(await lists(join(folder, 'nowhere.csv'))).toEqual({ bytes: 0, leastBytes: 0, rows: null })
    expect(await lists(file('bad.parquet', 'PAR1 nothing'))).toEqual({ bytes: 0, leastBytes: 0, rows: null })
  })
})
