import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { splitRecords } from '../data/text/records'
import { createRandom, type Random } from '../models/random'
import { type Database, openMemoryDatabase } from './database'
import { stageFile } from './stage-file'
import { testFolder } from './testing/folder'
import { quiet } from './testing/read'

const { folder, put } = testFolder()
const temporaryFolder = join(folder, 'copies')
mkdirSync(temporaryFolder)

const width = 3
const format = { kind: 'delimited', delimiter: ',', header: true, encoding: 'utf-8', quote: '"' } as const

/** A cell as it is written, and as it has to be read. */
function randomCell(random: Random, lineEnd: string): { written: string; read: string } {
  const pieces = ['1', 'a', 'é', ' ', '', ',', '""', lineEnd]
  const plain = random.uniform() < 0.6
  const chosen = Array.from({ length: 1 + random.integer(4) }, () => pieces[random.integer(plain ? 4 : pieces.length)])
  const text = plain ? `x${chosen.join('')}` : chosen.join('')
  return { written: plain ? text : `"${text}"`, read: text.replaceAll('""', '"') }
}

interface RandomFile {
  text: string
  /** Rows that have to be kept, with the lines that they begin in. */
  rows: string[][]
  lines: number[]
  rejectedLines: number[]
  blank: number
}

/** A file of good rows, short and long rows, rows with text behind a quote, and blank lines. */
function randomFile(seed: number): RandomFile {
  const random = createRandom(seed)
  const lineEnd = ['\n', '\r\n', '\r'][random.integer(3)]
  const file: RandomFile = { text: `c,d,e${lineEnd}`, rows: [], lines: [], rejectedLines: [], blank: 0 }
  let line = 2
  for (let row = 0; row < 40; row++) {
    const kind = random.integer(10)
    const cells = Array.from({ length: width + (kind === 0 ? -1 : kind === 1 ? 1 : 0) }, () =>
      randomCell(random, lineEnd),
    )
    // An empty cell at the end of a long row would be taken for the end of a whole one.
    if (kind === 1) cells[width] = { written: 'more', read: 'more' }
    if (kind === 2) cells[1] = { written: '"x"y', read: '' }
    const written = kind === 3 ? '' : cells.map((cell) => cell.written).join(',')
    file.text += written + lineEnd
    if (kind > 3) file.rows.push(cells.map(({ read }) => read))
    if (kind > 3) file.lines.push(line)
    if (kind < 3) file.rejectedLines.push(line)
    if (kind === 3) file.blank++
    line += written.split(lineEnd).length
  }
  return file
}

async function stage(database: Database, path: string) {
  return database.use(async (connection) => {
    const staging = await stageFile(
      path,
      { format, header: [] },
      { file: path, connection, temporaryFolder, pseudonymised: [], ...quiet() },
    )
    const found = (await connection.runAndReadAll(`SELECT * FROM ${staging.source}`)).getRows()
    const settled = await staging.settle(found.length)
    const lines = await settled.linesOf(found.map((_, at) => at))
    return { settled, rows: found.map((row) => row.map((cell) => String(cell ?? ''))), lines }
  })
}

test('random files give the rows that were written, with their lines, and reject those that were broken', async () => {
  const database = await openMemoryDatabase()
  for (let seed = 0; seed < 100; seed++) {
    const file = randomFile(seed)
    const found = await stage(database, put('random.csv', file.text))
    expect(found.rows, file.text).toEqual(file.rows)
    expect(found.lines).toEqual(file.lines)
    expect(found.settled.rejected.map(({ line }) => line)).toEqual(file.rejectedLines)
    expect(found.settled).toMatchObject({
      lines: 41,
      skipped: 1 + file.blank,
      rejectedCount: file.rejectedLines.length,
    })
  }
  database.close()
})

test('the splitter for previews reads the same cells', () => {
  for (let seed = 0; seed < 100; seed++) {
    const file = randomFile(seed)
    const records = splitRecords(file.text, format).filter((cells) => cells.length === width && !cells.includes('xy'))
    expect(records.slice(1), file.text).toEqual(file.rows)
  }
})
