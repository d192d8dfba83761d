import { randomUUID } from 'node:crypto'
import { createReadStream, createWriteStream } from 'node:fs'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import type { FileFormat } from '../contract/experiment'
import { badFile } from '../data/bad-file'
import { createElementScanner } from '../data/text/elements'
import { sha256OfFile } from '../files/sha256'
import { literal } from './database'
import { linesExpression, settleText } from './delimited'
import { plainCopy } from './plain-copy'
import type { Settled, Staging, StagingContext } from './staging'

/** A line is one cell: JSON has this character in escapes only. */
const layout = { delimiter: '\x01', quote: '', header: false, encoding: 'utf-8' } as const

/**
 * Objects, one a line or in one array; their `keys` become columns. Cells are texts as JSON has them, long numbers to
 * the last digit; lists and objects in cells stay JSON.
 */
export async function stageJson(
  path: string,
  { lines }: Extract<FileFormat, { kind: 'json' }>,
  keys: string[],
  context: StagingContext,
): Promise<Staging> {
  const { connection, file } = context
  const plain = await plainCopy(lines ? path : await writeElements(path, context), layout, context)
  const { bytes, sha256 } = lines ? plain : await sha256OfFile(path)
  const settle = (read: number) => settleText(connection, { file, layout, plain, width: 1, numbering: 'line' }, read)
  return {
    source: objectsExpression(plain.path, keys),
    header: keys,
    hasHeader: true,
    decimal: '.',
    broken: 'problem',
    text: 'trim(line)',
    bytes,
    sha256,
    settle: lines ? settle : async (read) => withLinesOf(path, await settle(read)),
  }
}

function objectsExpression(path: string, keys: string[]): string {
  const paths = keys.map((key) => literal(`$."${key.replace(/["\\]/g, '\\$&')}"`))
  const cells = keys.map((_, at) => `nullif(cells[${at + 1}], '') AS c${at}`).join(', ')
  return `(SELECT ${cells}, line, problem FROM (
    SELECT line, problem, CASE WHEN problem IS NULL THEN json_extract_string(line, [${paths.join(', ')}]) END AS cells
    FROM (SELECT line, CASE WHEN NOT json_valid(line) THEN 'The line is not JSON.'
      WHEN json_type(line) <> 'OBJECT' THEN 'The line is not a JSON object.' END AS problem
      FROM ${linesExpression(path)})))`
}

/** Writes the elements of an array as lines. */
async function writeElements(path: string, { file, temporaryFolder, signal }: StagingContext): Promise<string> {
  const target = join(temporaryFolder, `${randomUUID()}.jsonl`)
  const scanner = createElementScanner()
  async function* elements() {
    for await (const chunk of createReadStream(path, { highWaterMark: 2 ** 20 })) yield scanner.feed(chunk)
  }
  await pipeline(elements, createWriteStream(target), { signal })
  if (!scanner.isWhole()) throw badFile(file, 'is not one whole JSON array. Get a whole copy of the file.')
  return target
}

/** Of an array, the n-th line of the copy is its n-th element: it begins in another line of the file. */
async function withLinesOf(path: string, settled: Settled): Promise<Settled> {
  const places = async (elements: readonly number[]) => {
    const found: number[] = []
    let element = 0
    const scanner = createElementScanner((line) => {
      if (++element === elements[found.length]) found.push(line)
    })
    for await (const chunk of createReadStream(path, { highWaterMark: 2 ** 20 })) scanner.feed(chunk)
    return found
  }
  const lines = await places(settled.rejected.map(({ line }) => line))
  return {
    ...settled,
    rejected: settled.rejected.map((row, at) => ({ ...row, line: lines[at] })),
    linesOf: async (rows) => places(await settled.linesOf(rows)),
  }
}
