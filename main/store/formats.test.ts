import { readFileSync } from 'node:fs'
import { gzipSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { workbook, zip } from '../data/testing/workbook'
import { previewFile } from './preview'
import { testFolder } from './testing/folder'
import { read } from './testing/read'

const { put, folder } = testFolder()
const load = (content: string | Uint8Array, name: string) => read({ interactions: put(name, content) })

describe('the same two interactions', () => {
  const expected = [
    ['007', '9223372036854775809', 5, 1_577_934_245],
    ['b', 'x,"y"', 4.5, 1_577_934_246],
  ]
  const csv = 'user,item,rating,timestamp\n007,9223372036854775809,5,1577934245\nb,"x,""y""",4.5,1577934246\n'
  const first = '{"user":"007","item":9223372036854775809,"rating":5,"timestamp":1577934245}'
  const second = '{"timestamp":1577934246,"user":"b","item":"x,\\"y\\"","rating":4.50,"more":{"a":[1]}}'
  const date = (seconds: number) => new Date(seconds * 1000)
  const cases: [name: string, content: string | Uint8Array, kind: string][] = [
    ['plain.csv', csv, 'delimited'],
    ['gzip named.csv', gzipSync(csv), 'delimited'],
    ['two members.csv.gz', Buffer.concat([gzipSync(csv.slice(0, 40)), gzipSync(csv.slice(40))]), 'delimited'],
    ['utf-16.csv.gz', gzipSync(Buffer.from(csv, 'utf16le')), 'delimited'],
    ['lines.jsonl', `${first}\n\n${second}\n`, 'json'],
    ['lines.json.gz', gzipSync(`\ufeff${first}\r\n${second}`), 'json'],
    ['array.json', ` [\n  ${first.replace(/,/g, ',\n')},\n${second}\n]\n`, 'json'],
    ['array.json.gz', gzipSync(`[${first},${second}]`), 'json'],
    [
      'book.xlsx',
      workbook({
        notes: [],
        log: [
          ['user', 'item', 'rating', 'timestamp'],
          ['007', '9223372036854775809', 5, date(1_577_934_245)],
          [null, null, null, null],
          ['b', 'x,"y"', 4.5, date(1_577_934_246)],
        ],
      }),
      'excel',
    ],
  ]
  test.each(cases)('%s', async (name, content, kind) => {
    const { rows, counts, rejects } = await load(content, name)
    expect(rejects).toEqual([])
    expect(rows).toEqual(expected)
    expect(counts).toMatchObject({ bytes: content.length, kept: 2, rejected: 0 })
    expect(counts.lines).toBe(counts.skipped + 2)
    expect((await previewFile(`${folder}/${name}`)).format.kind).toBe(kind)
  })

  test('zstd, as the zstd program writes it', async () => {
    const path = new URL('./testing/two-interactions.csv.zst', import.meta.url).pathname
    const { rows, counts } = await read({ interactions: path })
    expect(rows).toEqual(expected)
    expect(counts.bytes).toBe(readFileSync(path).length)
  })
})

describe('rejected rows of every format have their place and text', () => {
  test('JSON Lines: what is no object, and what an object lacks', async () => {
    const { rows, counts, rejects } = await load(
      '{"user":1,"item":2}\n\n[1,2]\n{"user":1\n{"item":5}\n{"user":"","item":1}\n',
      'broken.jsonl',
    )
    expect(rows).toEqual([['1', '2', null, null]])
    expect(counts).toMatchObject({ lines: 6, skipped: 1, kept: 1, rejected: 4 })
    expect(rejects).toEqual([
      { line: 3, reason: 'The line is not a JSON object.', text: '[1,2]' },
      { line: 4, reason: 'The line is not JSON.', text: '{"user":1' },
      { line: 5, reason: 'The user is empty.', text: '{"item":5}' },
      { line: 6, reason: 'The user is empty.', text: '{"user":"","item":1}' },
    ])
  })

  test('a JSON array: the line in which the object begins', async () => {
    const { rejects } = await load(
      '[{"user":"a\\\\\\"]","item":2},\n\n {"user":\n1},7\n,{"user":3,"item":4}]',
      'broken.json',
    )
    expect(rejects).toEqual([
      { line: 3, reason: 'The item is empty.', text: '{"user": 1}' },
      { line: 4, reason: 'The line is not a JSON object.', text: '7' },
    ])
  })

  test('Excel: the row of the sheet', async () => {
    const cells = [['user', 'item', 'rating'], ['a', 'two\nlines', 1], [], ['b', null, 2], ['c', 'z', 'n/a']]
    const { rows, rejects } = await load(workbook({ s: cells }), 'broken.xlsx')
    expect(rows).toEqual([['a', 'two\nlines', 1, null]])
    expect(rejects.map(({ line, reason }) => [line, reason])).toEqual([
      [4, 'The item is empty.'],
      [5, 'The rating is not a number.'],
    ])
  })

  test('a compressed file, by its own name', async () => {
    const { rejects } = await load(gzipSync('user,item,rating\n1,2,x\n1,2\n1,2,3\n'), 'broken.csv.gz')
    expect(rejects).toEqual([
      { line: 2, reason: 'The rating is not a number.', text: '1,2,x' },
      { line: 3, reason: 'The row has fewer than 3 cells.', text: '1,2' },
    ])
  })
})

describe('a clear refusal', () => {
  const whole = gzipSync('user,item\n'.concat('1,2\n'.repeat(100_000)))
  const cases: [name: string, content: string | Uint8Array, reason: RegExp][] = [
    ['cut.csv.gz', whole.subarray(0, whole.length - 20), /cut\.csv\.gz: its gzip data is cut off before its end/],
    ['damaged.csv.gz', Buffer.concat([whole.subarray(0, -8), Buffer.alloc(8)]), /its gzip data is damaged/],
    ['cut.csv.zst', Buffer.from('28b52ffd64', 'hex'), /its zstd data is/],
    ['twice.csv.gz', gzipSync(gzipSync('user,item\n1,2\n')), /packed twice/],
    ['archive.csv', zip({ 'a.csv': 'user,item\n1,2\n' }), /is a zip archive. Unpack it first/],
    ['cut.xlsx', workbook({ s: [['user', 'item']] }).subarray(0, 300), /damaged zip archive or workbook/],
    ['bomb.xlsx', zip({ 'xl/workbook.xml': Buffer.alloc(200 * 2 ** 20) }, 10), /unpacks to more than 128 MiB/],
    ['empty.xlsx', workbook({ s: [] }), /without cells/],
    ['cut.json', '[{"user":1,"item":2},{"user":3', /is not one whole JSON array/],
    ['object.json', '{\n "data": [{"user":1,"item":2}]\n}', /is one JSON document/],
    ['wide.json', Buffer.from('\ufeff{"user":1,"item":2}\n', 'utf16le'), /is JSON in utf-16. Save it as UTF-8/],
  ]
  test.each(cases)('%s', async (name, content, reason) => {
    const data = { file: `${folder}/${name}` }
    await expect(load(content, name)).rejects.toMatchObject({
      code: 'BAD_DATA',
      message: expect.stringMatching(reason),
      data,
    })
  })

  test('a sheet that is not there, with the sheets that are', async () => {
    const path = put(
      'sheets.xlsx',
      workbook({
        one: [
          ['user', 'item'],
          [1, 2],
        ],
        two: [[1]],
      }),
    )
    const format = { kind: 'excel', sheet: 'three', header: true } as const
    await expect(read({ interactions: path, format })).rejects.toThrow(
      'has no sheet "three"; its sheets are "one", "two"',
    )
    expect(await previewFile(path)).toMatchObject({
      format: { kind: 'excel', sheet: 'one', header: true },
      sheets: ['one', 'two'],
    })
  })
})
