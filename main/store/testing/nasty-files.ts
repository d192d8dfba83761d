import { gzipSync } from 'node:zlib'
import type { DatasetSpec } from '../../contract/experiment'
import { workbook, zip } from '../../data/testing/workbook'

export const header = 'user,item,rating\n'
const timed = 'user,item,timestamp\n'
export const good = '1,10,5\n2,11,4.5\n'
export const rows = [
  ['1', '10', 5, null],
  ['2', '11', 4.5, null],
]

export interface NastyFile {
  name: string
  content: string | Uint8Array
  file?: string
  source?: Partial<DatasetSpec>
  rows?: unknown[][]
  rejects?: [line: number, reason: RegExp][]
  skipped?: number
  refusal?: RegExp
}

/**
 * Files that readers lose, change or misread in silence. Each ends in a right load, in rows that are set aside with
 * their lines, or in a sentence that says what to do.
 */
export const nastyFiles: NastyFile[] = [
  {
    name: 'short or long row',
    content: `${header}1,10,5\n1\n2,11,4.5,9\n2,11,4.5\n`,
    rows,
    rejects: [
      [3, /fewer than 3 cells/],
      [4, /more than 3 cells/],
    ],
  },
  {
    name: 'unterminated quote',
    content: `${header}1,10,5\n"abc,11,4\n3,12,1\n`,
    refusal: /line 3 never closes. Mend that line/,
  },
  { name: 'no header, numeric, 2 rows', content: good, rows, skipped: 0 },
  {
    name: 'MovieLens ::',
    content: '1::10::5::978300760\n2::11::4.5::978300761\n',
    file: 'ratings.dat',
    rows: [
      ['1', '10', 5, 978_300_760],
      ['2', '11', 4.5, 978_300_761],
    ],
    skipped: 0,
  },
  {
    name: 'ids beyond 2^53 and 2^63',
    content: `${header}9007199254740993,9223372036854775808,1\n9007199254740992,9223372036854775809,1\n`,
    rows: [
      ['9007199254740993', '9223372036854775808', 1, null],
      ['9007199254740992', '9223372036854775809', 1, null],
    ],
  },
  {
    name: 'leading zeros',
    content: `${header}007,00,1\n7,0,1\n`,
    rows: [
      ['007', '00', 1, null],
      ['7', '0', 1, null],
    ],
  },
  {
    name: 'NaN/NA in ratings',
    content: `${header}1,10,5\n3,1,NaN\n3,2,NA\n3,3,Infinity\n3,4,-inf\n3,5,\n3,6,1_000\n3,7,1e400\n2,11,4.5\n`,
    rows,
    rejects: [3, 4, 5, 6, 7, 8, 9].map((line) => [line, /rating is not a number/]),
  },
  { name: 'decimal comma', content: 'user;item;rating\n1;10;5\n2;11;4,5\n', rows },
  { name: 'decimal comma in quotes', content: 'user,item,rating\n1,10,"5,0"\n2,11,"4,5"\n', rows },
  {
    name: 'decimal comma and point in one column',
    content: 'user;item;rating\n1;10;4,5\n2;11;4.5\n',
    source: {
      format: { kind: 'delimited', delimiter: ';', header: true, encoding: 'utf-8', quote: '"', decimal: ',' },
    },
    rows: [['1', '10', 4.5, null]],
    rejects: [[3, /rating is not a number/]],
  },
  {
    name: 'commas that may be thousands',
    content: 'user;item;rating\n1;10;3,500\n2;11;4,500\n',
    refusal: /no row that can be used. Line 2: The rating is not a number. It reads: 1;10;3,500/,
  },
  {
    name: 'type change at row 60,001',
    content: `${header}${'1,10,5\n'.repeat(60_000)}abc,x,5\nd,e,five\n`,
    rows: [...Array(60_000).fill(rows[0]), ['abc', 'x', 5, null]],
    rejects: [[60_003, /rating is not a number/]],
  },
  { name: 'byte order mark', content: `\ufeff${header}${good}`, rows },
  { name: 'CRLF', content: (header + good).replaceAll('\n', '\r\n'), rows },
  { name: 'CR', content: (header + good).replaceAll('\n', '\r'), rows },
  {
    name: 'quoted newline',
    content: `${header}"1\n2",10,5\n2,,1\n`,
    rows: [['1\n2', '10', 5, null]],
    rejects: [[4, /item is empty/]],
  },
  {
    name: 'duplicate header',
    content: 'user,item,item\n1,2,3\n',
    refusal: /"user", "item", "item".* which column holds the item/,
  },
  {
    name: 'empty header',
    content: 'user,item,\n1,10,5\n2,11,4.5\n',
    source: { columns: { user: 'user', item: 'item', rating: 2 } },
    rows,
  },
  {
    name: 'comment lines',
    content: `# exported today\n# by me\n${header}${good}2,,1\n`,
    rows,
    skipped: 3,
    rejects: [[6, /item is empty/]],
  },
  {
    name: 'comment lines above rows without a header',
    content: `% bip weighted\n${good},12,1\n`,
    rows,
    skipped: 1,
    rejects: [[4, /user is empty/]],
  },
  { name: 'title rows', content: `Report of today,,\n\n${header}${good}`, rows, skipped: 3 },
  {
    name: 'title rows in UTF-16 with CRLF',
    content: Buffer.from(`\ufeffReport\r\n${(header + good).replaceAll('\n', '\r\n')}`, 'utf16le'),
    rows,
    skipped: 2,
  },
  { name: 'mixed line ends', content: 'user,item,rating\n1,10,5\r\n2,11,4.5\r', rows },
  {
    name: 'random bytes',
    content: Uint8Array.from({ length: 5000 }, (_, at) => (at * 7919 + ((at * at) % 251)) % 256),
    refusal: /is not text. Choose a CSV/,
  },
  { name: 'Latin-1', content: Buffer.from(`${header}José,Café,1\n`, 'latin1'), rows: [['José', 'Café', 1, null]] },
  {
    name: 'UTF-16',
    content: Buffer.from(`\ufeff${header}Jos\u00e9,\u65e5\u672c,1\n`, 'utf16le').swap16(),
    rows: [['José', '日本', 1, null]],
  },
  {
    name: 'bytes that are no UTF-8 below 256 KB',
    content: Buffer.concat([
      Buffer.from(header + '1,10,5\n'.repeat(60_000)),
      Buffer.from([0xe9]),
      Buffer.from(',1,1\n'),
    ]),
    rows: Array(60_000).fill(rows[0]),
    rejects: [[60_002, /text is not UTF-8/]],
  },
  {
    name: '3 MB line',
    content: `${header}1,10,5\n${'x'.repeat(3_000_000)},11,4\n2,11,4.5\n`,
    rows,
    rejects: [[3, /longer than 2 MB/]],
  },
  {
    name: '5,000 columns',
    content: `user,item,rating,${Array.from({ length: 4997 }, (_, at) => `x${at}`)}\n1,10,5${',0'.repeat(4997)}\n`,
    rows: [rows[0]],
  },
  {
    name: '6,000 columns',
    content: `user,item,${'a,'.repeat(5998)}`,
    refusal: /has 6001 columns. Choose another delimiter/,
  },
  { name: 'gzip named .csv', content: gzipSync(header + good), rows },
  {
    name: 'truncated .gz',
    content: gzipSync(header + good.repeat(20_000)).subarray(0, 500),
    file: 'cut.csv.gz',
    refusal: /cut off before its end. Get a whole copy/,
  },
  {
    name: 'zip named .csv',
    content: zip({ 'ratings.csv': header + good }),
    refusal: /is a zip archive. Unpack it first/,
  },
  {
    name: 'Excel named .csv',
    content: workbook({
      s: [
        ['user', 'item', 'rating'],
        [1, 10, 5],
        [2, 11, 4.5],
      ],
    }),
    rows,
  },
  { name: 'NUL byte', content: `${header}a\0b,10,5\n`, rows: [['a\0b', '10', 5, null]] },
  { name: 'a file called a*b.csv', content: header + good, file: 'a*b.csv', rows },
  { name: "a file called a[x]?'b.csv", content: header + good, file: "a[x]?'b.csv", rows },
  {
    name: '__proto__, <img onerror> and ";DROP as headers',
    content: '__proto__,user,"<img onerror=x>",item,"a"";DROP TABLE x",rating\n1,1,3,10,5,5\n1,2,3,11,5,4.5\n',
    rows,
  },
  {
    name: 'a header that is eaten: words above words',
    content: 'buyer,thing\nanna,book\nbob,film\n',
    rows: [
      ['buyer', 'thing', null, null],
      ['anna', 'book', null, null],
      ['bob', 'film', null, null],
    ],
  },
  {
    name: 'a header that is named',
    content: 'buyer,thing\nanna,book\n',
    source: { columns: { user: 'buyer', item: 'thing' } },
    rows: [['anna', 'book', null, null]],
  },
  {
    name: 'negative times',
    content: `${timed}1,10,-86400\n1,11,1577934245\n`,
    rows: [
      ['1', '10', null, -86_400],
      ['1', '11', null, 1_577_934_245],
    ],
  },
  { name: 'millisecond times', content: `${timed}1,10,1577934245123\n`, rows: [['1', '10', null, 1_577_934_245.123]] },
  {
    name: 'millisecond times among seconds',
    content: `${timed}1,9,1577934244\n1,10,1577934245\n1,11,1577934245123\n`,
    rows: [
      ['1', '9', null, 1_577_934_244],
      ['1', '10', null, 1_577_934_245],
    ],
    rejects: [[4, /not a time in seconds/]],
  },
  {
    name: 'impossible date',
    content: `${timed}1,10,2020-02-29\n1,11,2020-02-31\n`,
    rows: [['1', '10', null, 1_582_934_400]],
    rejects: [[3, /not a date or time/]],
  },
  {
    name: 'days and months that could be either',
    content: `${timed}1,10,03/04/2020\n`,
    refusal: /Say how they are written/,
  },
  {
    name: 'days and months that one cell tells apart',
    content: `${timed}1,10,03/04/2020 10:00\n1,11,13/04/2020 10:00\n`,
    rows: [
      ['1', '10', null, 1_585_908_000],
      ['1', '11', null, 1_586_772_000],
    ],
  },
  {
    name: 'a pattern that is given',
    content: `${timed}1,10,03/04/2020\n1,11,31/02/2020\n`,
    source: { time: { unit: 'pattern', pattern: '%d/%m/%Y' } },
    rows: [['1', '10', null, 1_585_872_000]],
    rejects: [[3, /written as %d\/%m\/%Y/]],
  },
  {
    name: 'a zone that is given, unless the text has one',
    content: `${timed}1,10,2020-01-02 03:04:05\n1,11,2020-01-02T03:04:05Z\n`,
    source: { time: { unit: 'iso', zone: 'Europe/Berlin' } },
    rows: [
      ['1', '10', null, 1_577_930_645],
      ['1', '11', null, 1_577_934_245],
    ],
  },
  {
    name: 'a zone that does not exist',
    content: `${timed}1,10,2020-01-02\n`,
    source: { time: { unit: 'iso', zone: 'Nowhere/Town' } },
    refusal: /there is no time zone Nowhere\/Town. Give a name such as/,
  },
  {
    name: 'a pattern that DuckDB does not know',
    content: `${timed}1,10,2020-01-02\n`,
    source: { time: { unit: 'pattern', pattern: '%Q' } },
    refusal: /%Q is no pattern of times/,
  },
  { name: 'empty file', content: '', refusal: /is empty. Choose a file/ },
  { name: 'blank file', content: '\n \n\n', refusal: /is empty. Choose a file/ },
  { name: 'header alone', content: header, refusal: /has no row that can be used. Check columns/ },
  { name: 'one user', content: `${header}1,10,5\n`, rows: [rows[0]] },
  {
    name: 'constant rating',
    content: `${header}1,10,1\n1,11,1\n`,
    rows: [
      ['1', '10', 1, null],
      ['1', '11', 1, null],
    ],
  },
]
