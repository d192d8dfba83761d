import { randomUUID } from 'node:crypto'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { FileFormat } from '../contract/experiment'
import { badFile } from '../data/bad-file'
import { unpackFile } from '../data/compression'
import { findSheet, readSheets } from '../data/excel'
import { sha256OfFile } from '../files/sha256'
import { fileLiteral, identifier, rows } from './database'
import { linesExpression, stageDelimited } from './delimited'
import { stageJson } from './json'
import type { FileLook } from './look'
import { plainCopy } from './plain-copy'
import { joinedCells, type Staging, type StagingContext, settleAll } from './staging'

/** Makes a file's rows selectable, exactly as `look` says: nothing is guessed here. */
export async function stageFile(path: string, look: Laid, context: StagingContext): Promise<Staging> {
  const { format } = look
  if (!('compression' in format) || format.compression === undefined) return stagePlain(path, look, context)
  const plain = join(context.temporaryFolder, `${randomUUID()}.unpacked`)
  const identity = await unpackFile(path, format.compression, plain, context)
  return { ...(await stagePlain(plain, look, { ...context, report() {} })), ...identity }
}

/** How a file is laid out; of JSON, the header is the keys to be read. */
type Laid = Pick<FileLook, 'format' | 'header'>

async function stagePlain(path: string, { format, header }: Laid, context: StagingContext): Promise<Staging> {
  switch (format.kind) {
    case 'delimited':
      return stageDelimited(path, format, context)
    case 'json':
      return stageJson(path, format, header, context)
    case 'excel':
      return stageSheet(path, format, context)
    case 'parquet':
      return stageParquet(path, context)
    case 'sequences':
      return stageSequences(path, format, context)
  }
}

/** `user item item ...` a line: one row for each item, which counts as a line, its place as its time. */
async function stageSequences(
  path: string,
  { encoding = 'utf-8' }: Extract<FileFormat, { kind: 'sequences' }>,
  context: StagingContext,
): Promise<Staging> {
  const layout = { delimiter: ' ', quote: '', encoding } as const
  const { scan, path: plain, bytes, sha256 } = await plainCopy(path, layout, context)
  const source = `(SELECT words[1] AS c0, words[place + 1] AS c1, place::VARCHAR AS c2
    FROM (SELECT words, unnest(range(1, len(words))) AS place
      FROM (SELECT string_split_regex(trim(line), ' +') AS words FROM ${linesExpression(plain)})))`
  return {
    source,
    header: ['user', 'item', 'timestamp'],
    hasHeader: true,
    decimal: '.',
    broken: 'NULL::VARCHAR',
    text: joinedCells(3, ' ', ''),
    bytes,
    sha256,
    settle: async (read) => ({ ...settleAll(read), lines: read + scan.blank, skipped: scan.blank }),
  }
}

async function stageParquet(path: string, { connection, file: shown }: StagingContext): Promise<Staging> {
  const file = `read_parquet(${fileLiteral(path)})`
  const described = await rows(connection, `DESCRIBE SELECT * FROM ${file}`).catch((cause) => {
    throw badFile(shown, 'is not a whole Parquet file. Choose another.', cause)
  })
  const cells = described.map(({ column_name, column_type }, at) => {
    const name = identifier(String(column_name))
    const isNested = /\[\]$|^STRUCT|^MAP/.test(String(column_type))
    return `CAST(${isNested ? `to_json(${name})` : name} AS VARCHAR) AS c${at}`
  })
  const { bytes, sha256 } = await sha256OfFile(path)
  return {
    source: `(SELECT ${cells.join(', ')} FROM ${file})`,
    header: described.map((row) => String(row.column_name)),
    hasHeader: true,
    decimal: '.',
    broken: 'NULL::VARCHAR',
    text: joinedCells(described.length, ',', '"'),
    bytes,
    sha256,
    settle: async (read) => settleAll(read),
  }
}

/** A sheet as a delimited file; its rows are numbered as in the sheet. */
async function stageSheet(
  path: string,
  { sheet, header }: Extract<FileFormat, { kind: 'excel' }>,
  context: StagingContext,
): Promise<Staging> {
  const rows = findSheet(context.file, await readSheets(path), sheet)
  const copy = join(context.temporaryFolder, `${randomUUID()}.csv`)
  await writeFile(copy, rows.map(csvLine).join(''))
  const format = { kind: 'delimited', delimiter: ',', quote: '"', encoding: 'utf-8', header } as const
  return { ...(await stageDelimited(copy, format, context, 'record')), ...(await sha256OfFile(path)) }
}

/** A row without cells stays a blank line, so that the rows below it keep their numbers. */
function csvLine(cells: string[]): string {
  if (cells.every((cell) => cell === '')) return '\n'
  return `${cells.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(',')}\n`
}
