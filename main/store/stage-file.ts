import type { DuckDBConnection } from '@duckdb/node-api'
import type { FileFormat } from '../contract/experiment'
import { badFile } from '../data/sniff'
import { sha256OfFile } from '../files/sha256'
import { count, fileLiteral, identifier, rows } from './database'
import { plainCopy, stageDelimited } from './delimited'
import { newTable, type Staging, type StagingContext } from './staging'

/** Reads a file into a temporary table of text, exactly as `format` says: nothing is guessed here. */
export async function stageFile(
  connection: DuckDBConnection,
  path: string,
  format: FileFormat,
  context: StagingContext,
): Promise<Staging> {
  if (format.kind === 'parquet') return stageParquet(connection, path)
  if (format.kind === 'sequences') return stageSequences(connection, path, context)
  return stageDelimited(connection, path, format, context)
}

/** `user item item ...` a line: one row for each item, which counts as a line, its place as its time. */
async function stageSequences(connection: DuckDBConnection, path: string, context: StagingContext): Promise<Staging> {
  const layout = { delimiter: ' ', quote: '', encoding: 'utf-8' } as const
  const { scan, path: plain, bytes, sha256 } = await plainCopy(path, layout, context)
  const table = newTable()
  const lines = `${table}_lines`
  await connection.run(
    `CREATE TEMP TABLE ${lines} AS SELECT string_split_regex(trim(c0), ' +') AS words
     FROM read_csv(${fileLiteral(plain)}, auto_detect = false, header = false, delim = chr(1), quote = '', escape = '',
       columns = {'c0': 'VARCHAR'})`,
  )
  await connection.run(
    `CREATE TEMP TABLE ${table} AS SELECT words[1] AS c0, words[place + 1] AS c1, place::VARCHAR AS c2
     FROM (SELECT rowid AS line, words, unnest(range(1, len(words))) AS place FROM ${lines})
     ORDER BY line, place`,
  )
  const kept = await count(connection, `SELECT count(*) FROM ${table}`)
  return {
    table,
    header: ['user', 'item', 'timestamp'],
    hasHeader: true,
    sha256,
    counts: { bytes, lines: kept + scan.blank, skipped: scan.blank, kept, rejected: 0 },
    rejected: [],
    linesOf: async (wanted) => wanted.map((row) => row + 1),
  }
}

async function stageParquet(connection: DuckDBConnection, path: string): Promise<Staging> {
  const table = newTable()
  const source = `read_parquet(${fileLiteral(path)})`
  const described = await rows(connection, `DESCRIBE SELECT * FROM ${source}`).catch((cause) => {
    throw badFile(path, 'is not a whole Parquet file. Choose another.', cause)
  })
  const header = described.map((row) => String(row.column_name))
  const cells = header.map((name, at) => `CAST(${identifier(name)} AS VARCHAR) AS c${at}`).join(', ')
  await connection.run(`CREATE TEMP TABLE ${table} AS SELECT ${cells} FROM ${source}`)
  const kept = await count(connection, `SELECT count(*) FROM ${table}`)
  const { bytes, sha256 } = await sha256OfFile(path)
  return {
    table,
    header,
    hasHeader: true,
    sha256,
    counts: { bytes, lines: kept, skipped: 0, kept, rejected: 0 },
    rejected: [],
    linesOf: async (wanted) => wanted.map((row) => row + 1),
  }
}
