import { randomUUID } from 'node:crypto'
import { createReadStream, createWriteStream } from 'node:fs'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { DelimitedFormat } from '../contract/experiment'
import type { CellLayout } from '../data/text/records'
import { scanText, type TextScan, visitRecords } from '../data/text/scan'
import { writePlainText } from '../data/text/transcode'
import type { StagingContext } from './staging'

/** A text file as DuckDB can read it: UTF-8 with one kind of line end. */
export interface PlainFile {
  path: string
  scan: TextScan
  /** Of the original. */
  bytes: number
  sha256: string
  /** Lines of the original above the copy. */
  above: number
}

/**
 * The file itself or, since DuckDB refuses mixed line ends and misreads UTF-16, a plain copy, without the lines that are
 * to be passed over.
 */
export async function plainCopy(
  path: string,
  layout: CellLayout & Pick<DelimitedFormat, 'encoding' | 'skip'>,
  context: StagingContext,
): Promise<PlainFile> {
  const { encoding, skip = 0 } = layout
  const { report, signal } = context
  const scan = await scanText(path, layout, { report, signal })
  const { bytes, sha256 } = scan
  const isPlain = encoding === 'utf-8' && scan.lineEnds.size <= 1
  if (isPlain && skip === 0) return { path, scan, bytes, sha256, above: 0 }
  const whole = isPlain ? path : await transcoded(path, encoding, context)
  const plain = skip === 0 ? whole : await below(whole, skip, context)
  return { path: plain, scan: await scanText(plain, layout, { report() {}, signal }), bytes, sha256, above: skip }
}

async function transcoded(path: string, encoding: DelimitedFormat['encoding'], context: StagingContext) {
  const copy = newPath(context)
  await writePlainText(path, encoding, copy, context.signal)
  return copy
}

/** A text without its first lines. */
async function below(path: string, skip: number, context: StagingContext): Promise<string> {
  const copy = newPath(context)
  let start: number | null = null
  let lines = 0
  await visitRecords(path, { delimiter: '\x01', quote: '' }, (_line, _isBlank, firstByte) => {
    if (lines++ === skip) start = firstByte
  })
  const rest = start === null ? Readable.from([]) : createReadStream(path, { start })
  await pipeline(rest, createWriteStream(copy), { signal: context.signal })
  return copy
}

function newPath({ temporaryFolder }: StagingContext): string {
  return join(temporaryFolder, `${randomUUID()}.txt`)
}
