import { describe, expect, test } from 'vitest'
import { testFolder } from './testing/folder'
import { read } from './testing/read'

const { folder, put } = testFolder()

/** Reads the text of a file called `name`. */
const readText = (content: string | Uint8Array, name = 'ratings.csv') => read({ interactions: put(name, content) })

const header = 'user,item,rating\n'
const utf16 = (text: string) => Buffer.from(text, 'utf16le')

describe('a right load', () => {
  const plain = [
    ['1', '10', 5, null],
    ['2', '11', 4.5, null],
  ]
  const cases: [name: string, content: string | Uint8Array][] = [
    ['line feeds', `${header}1,10,5\n2,11,4.5\n`],
    ['no line end at the end', `${header}1,10,5\n2,11,4.5`],
    ['CRLF', 'user,item,rating\r\n1,10,5\r\n2,11,4.5\r\n'],
    ['CR', 'user,item,rating\r1,10,5\r2,11,4.5\r'],
    ['mixed line ends', 'user,item,rating\n1,10,5\r\n2,11,4.5\r'],
    ['a byte order mark', `\ufeff${header}1,10,5\n2,11,4.5\n`],
    ['a byte order mark before a quote', '\ufeff"user","item","rating"\n1,10,5\n2,11,4.5\n'],
    ['quotes around every cell', '"user","item","rating"\n"1","10","5"\n"2","11","4.5"\n'],
    ['blank lines', `\n\n${header}\n1,10,5\n\n2,11,4.5\n\n`],
    ['blank lines with CRLF', '\r\nuser,item,rating\r\n\r\n1,10,5\r\n2,11,4.5\r\n\r\n'],
    ['tabs', 'user\titem\trating\n1\t10\t5\n2\t11\t4.5\n'],
    ['semicolons', 'user;item;rating\n1;10;5\n2;11;4.5\n'],
    ['pipes', 'user|item|rating\n1|10|5\n2|11|4.5\n'],
    ['spaces', 'user item rating\n1 10 5\n2 11 4.5\n'],
    ['double colons and no header, as in MovieLens', '1::10::5\n2::11::4.5\n'],
    ['two numeric rows and no header', '1,10,5\n2,11,4.5\n'],
    ['RecBole headers', 'user_id:token\titem_id:token\trating:float\n1\t10\t5\n2\t11\t4.5\n'],
    ['other columns between', 'day,rating,comment,movieId,userId\nx,5,"a, b",10,1\ny,4.5,,11,2\n'],
    ['UTF-16, little end first', utf16(`\ufeff${header}1,10,5\n2,11,4.5\n`)],
    ['UTF-16, big end first', utf16(`\ufeff${header}1,10,5\r\n2,11,4.5\r\n`).swap16()],
    ['UTF-16 without a mark', utf16(`${header}1,10,5\n2,11,4.5\n`)],
  ]
  test.each(cases)('%s', async (_name, content) => {
    const { rows, counts } = await readText(content)
    expect(rows).toEqual(plain)
    expect(counts.bytes).toBe(Buffer.byteLength(content))
    expect(counts.lines).toBe(counts.skipped + 2)
    expect(counts).toMatchObject({ kept: 2, rejected: 0 })
  })

  test('ids stay text: leading zeros, numbers above 2^63, spaces, quotes, line breaks, scripts', async () => {
    const ids = [
      '007',
      '7',
      '9223372036854775808',
      '9223372036854775809',
      ' 7',
      '1e3',
      'NaN',
      'a"b',
      'a\nb',
      'é',
      '日本',
    ]
    const lines = ids.map((id) => `"${id.replaceAll('"', '""')}",x,1\n`)
    const { rows } = await readText(header + lines.join(''))
    expect(rows.map(([user]) => user)).toEqual(ids)
  })

  test('a repeated or empty header is named by its position', async () => {
    const interactions = put('repeated.csv', 'item,item,\n1,2,3\n')
    expect((await read({ interactions, columns: { user: 0, item: 1, rating: 2 } })).rows).toEqual([['1', '2', 3, null]])
  })

  test('sequences: one interaction for each item, its place as its time', async () => {
    const interactions = put('sequences.txt', 'a 10 11 12\r\nb  11 10 \r\n\r\n')
    const { rows, counts } = await read({ interactions, format: { kind: 'sequences' } })
    expect(counts).toMatchObject({ lines: 6, skipped: 1, kept: 5 })
    expect(rows).toEqual([
      ['a', '10', null, 1],
      ['a', '11', null, 2],
      ['a', '12', null, 3],
      ['b', '11', null, 1],
      ['b', '10', null, 2],
    ])
  })
})

describe('times', () => {
  const seconds = Date.UTC(2020, 0, 2, 3, 4, 5) / 1000
  const cases: [name: string, cell: string, expected: number][] = [
    ['seconds', `${seconds}`, seconds],
    ['seconds with a fraction', `${seconds}.5`, seconds + 0.5],
    ['milliseconds', `${seconds}500`, seconds + 0.5],
    ['microseconds', `${seconds}500000`, seconds + 0.5],
    ['nanoseconds', `${seconds}500000000`, seconds + 0.5],
    ['ISO with Z', '2020-01-02T03:04:05Z', seconds],
    ['ISO with an offset', '2020-01-02T05:04:05+02:00', seconds],
    ['ISO without one is UTC', '2020-01-02 03:04:05', seconds],
    ['a date', '2020-01-02', Date.UTC(2020, 0, 2) / 1000],
  ]
  test.each(cases)('%s', async (_name, cell, expected) => {
    expect((await readText(`user,item,timestamp\n1,2,${cell}\n`)).rows).toEqual([['1', '2', null, expected]])
  })

  test('the unit is that of most cells; others are read in it', async () => {
    const { rows } = await readText(`user,item,timestamp\n1,1,${seconds}000\n1,2,${seconds}000\n1,3,0\n1,4,soon\n`)
    expect(rows.map((row) => row[3])).toEqual([seconds, seconds, 0])
  })

  test('a column without any time is refused', async () => {
    await expect(readText('user,item,timestamp\n1,2,soon\n')).rejects.toThrow(/holds no times/)
  })
})

describe('rejected rows', () => {
  const cases: [
    name: string,
    content: string,
    kept: number,
    rejects: [line: number, reason: RegExp, text: string][],
  ][] = [
    ['short', `${header}1,10,5\n2,11\n3,12,4\n`, 2, [[3, /fewer than 3/, '2,11']]],
    ['long', `${header}1,10,5\n2,11,4,9\n3,12,4\n`, 2, [[3, /more than 3/, '2,11,4,9']]],
    ['short, CRLF', 'user,item,rating\r\n1,10,5\r\n2,11\r\n3,12,4\r\n', 2, [[3, /fewer/, '2,11']]],
    [
      'below blank lines',
      `\n${header}\n1,10,5\n\n\n2,11\n3,12,x\n`,
      1,
      [
        [7, /fewer/, '2,11'],
        [8, /rating/, '3,12,x'],
      ],
    ],
    [
      'below a quoted line break',
      `${header}"1\n1",10,5\n2,11\n3,,5\n`,
      1,
      [
        [4, /fewer/, '2,11'],
        [5, /item is empty/, '3,,5'],
      ],
    ],
    ['text after a quote', `${header}1,"10"x,5\n2,11,4\n`, 1, [[2, /quote/, '1,"10"x,5']]],
    [
      'no number',
      `${header}1,10,NaN\n2,11,NA\n3,12,Infinity\n4,13,3\n`,
      1,
      [
        [2, /rating/, '1,10,NaN'],
        [3, /rating/, '2,11,NA'],
        [4, /rating/, '3,12,Infinity'],
      ],
    ],
    ['no rating', `${header}1,10,\n2,11,4\n`, 1, [[2, /rating/, '1,10,']]],
    [
      'no user',
      `${header},10,1\n"",10,1\n2,11,4\n`,
      1,
      [
        [2, /user is empty/, ',10,1'],
        [3, /user is empty/, ',10,1'],
      ],
    ],
    ['spaces alone', `${header}   \n2,11,4\n`, 1, [[2, /fewer/, '   ']]],
  ]
  test.each(cases)('%s', async (_name, content, kept, rejects) => {
    const found = await readText(content)
    expect(found.rejects).toEqual(
      rejects.map(([line, reason, text]) => ({ line, reason: expect.stringMatching(reason), text })),
    )
    expect(found.rows.length).toBe(kept)
    const { lines, skipped } = found.counts
    expect(found.counts).toMatchObject({ kept, rejected: rejects.length })
    expect(lines).toBe(skipped + kept + rejects.length)
  })

  test('more than are kept with their text are still counted', async () => {
    const found = await readText(`${header}${'1,2\n1,2,x\n'.repeat(10_001)}1,2,3\n`)
    expect(found.counts).toMatchObject({ lines: 20_004, skipped: 1, kept: 1, rejected: 20_002 })
    expect(found.rejects.length).toBe(10_000)
    expect(found.rejects.at(-1)).toMatchObject({ line: 10_001, text: '1,2,x' })
  })
})

describe('a clear refusal', () => {
  const bad = (name: string, content: string | Uint8Array, reason: RegExp) =>
    expect(readText(content, name)).rejects.toMatchObject({
      code: 'BAD_DATA',
      message: expect.stringMatching(reason),
      data: { file: `${folder}/${name}` },
    })

  const cases: [name: string, content: string | Uint8Array, reason: RegExp][] = [
    ['cut.parquet', 'PAR1 and no more', /Parquet/],
    ['unknown.csv', 'a,b,c\n1,2,3\n', /"a", "b", "c".* which column holds the user and the item/],
  ]
  test.each(cases)('%s', (name, content, reason) => bad(name, content, reason))

  test('columns that are not there', async () => {
    const named = put('named.csv', `${header}1,2,3\n`)
    const bare = put('bare.csv', '1,2,3\n4,5,6\n')
    const columns = (user: string | number) => ({ user, item: 1 })
    await expect(read({ interactions: named, columns: { user: 'usr', item: 'item' } })).rejects.toThrow(
      /no column "usr"; its columns are "user", "item", "rating"/,
    )
    await expect(read({ interactions: named, columns: columns(0) })).rejects.toThrow(/has a header/)
    await expect(read({ interactions: bare, columns: columns('user') })).rejects.toThrow(/has no header/)
    await expect(read({ interactions: bare, columns: columns(3) })).rejects.toThrow(/no column 3/)
  })

  test('a given encoding that the bytes are not of', async () => {
    const interactions = put('odd.csv', Buffer.from([...utf16(`${header}1,2,3\n`), 0]))
    const format = { kind: 'delimited', delimiter: ',', header: true, encoding: 'utf-16', quote: '"' } as const
    await expect(read({ interactions, format })).rejects.toThrow(/not utf-16 text/)
  })
})

test('the lines of parts add up, and rows of a later file come after those of an earlier one', async () => {
  const parts = {
    train: put('train.tsv', 'x\t1\t5\nu\t\t5\nu\t1\t5\nu\t2\tx\nu\t2\t4\n'),
    test: put('test.tsv', 'u\t3\t1\nu\t4\t2\n'),
  }
  const { rows, counts, rejects } = await read({ columns: { user: 0, item: 1, rating: 2 } }, parts)
  expect(rows.map(([user, item]) => `${user}${item}`)).toEqual(['x1', 'u1', 'u2', 'u3', 'u4'])
  expect(counts).toMatchObject({ lines: 7, skipped: 0, kept: 5, rejected: 2 })
  expect(rejects.map(({ line }) => line)).toEqual([2, 4])
})

test('ending the work stops the read', async () => {
  const { openMemoryDatabase } = await import('./database')
  const { load } = await import('./load')
  const { tablesOf } = await import('./dataset-tables')
  const interactions = put('large.csv', header + '1,2,3\n'.repeat(300_000))
  const database = await openMemoryDatabase()
  const controller = new AbortController()
  const report = () => controller.abort(new Error('enough'))
  const request = { source: { interactions, clean: [] }, report, signal: controller.signal }
  await expect(
    database.use((connection) => load(connection, tablesOf('read'), request), controller.signal),
  ).rejects.toThrow('enough')
  database.close()
})
