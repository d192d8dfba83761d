import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import type { CellLayout } from './records'

const lineFeed = 10
const carriageReturn = 13

/** What one pass over a text file finds, independently of the reader that follows. */
export interface TextScan {
  bytes: number
  sha256: string
  /** Records, blank ones included: lines, where a line break inside quotes ends none. */
  records: number
  blank: number
  lineEnds: Set<'\n' | '\r\n' | '\r'>
}

/** Called at the end of each record with its number and the number of its first line, both from 1. */
type Visit = (record: number, line: number, isBlank: boolean, firstByte: number) => void

/** Counts and fingerprints a UTF-8 or single-byte text file. */
export async function scanText(path: string, layout: CellLayout, signal?: AbortSignal): Promise<TextScan> {
  const hash = createHash('sha256')
  const scan = { bytes: 0, records: 0, blank: 0 }
  const scanner = createScanner(layout, (_record, _line, isBlank) => {
    scan.records++
    if (isBlank) scan.blank++
  })
  for await (const chunk of createReadStream(path, { highWaterMark: 2 ** 20, ...(signal && { signal }) })) {
    hash.update(chunk)
    scan.bytes += chunk.length
    scanner.feed(chunk)
  }
  scanner.end()
  return { ...scan, sha256: hash.digest('hex'), lineEnds: scanner.lineEnds }
}

/** Visits the records of a file in order; for finding the lines of a few of them. */
export async function visitRecords(path: string, layout: CellLayout, visit: Visit): Promise<void> {
  const scanner = createScanner(layout, visit)
  for await (const chunk of createReadStream(path, { highWaterMark: 2 ** 20 })) scanner.feed(chunk)
  scanner.end()
}

/** A machine over bytes: delimiter, quote and line ends are ASCII, so UTF-8 needs no decoding. */
function createScanner({ delimiter, quote }: CellLayout, visit: Visit) {
  const delimiterBytes = Buffer.from(delimiter)
  const quoteByte = quote ? quote.charCodeAt(0) : -1
  const lineEnds: TextScan['lineEnds'] = new Set()
  let position = 0
  let record = 0
  let line = 1
  let firstLine = 1
  let firstByte = 0
  let contentBytes = 0
  let matched = 0
  let isQuoted = false
  let isCellStart = true
  let afterReturn = false

  function endRecord(nextByte: number) {
    visit(++record, firstLine, contentBytes === 0, firstByte)
    firstLine = line
    firstByte = nextByte
    contentBytes = 0
    matched = 0
    isCellStart = true
  }

  function take(byte: number) {
    if (afterReturn) {
      afterReturn = false
      if (byte === lineFeed) {
        lineEnds.add('\r\n')
        if (!isQuoted) firstByte = position + 1
        return
      }
      lineEnds.add('\r')
    }
    if (byte === lineFeed || byte === carriageReturn) {
      line++
      if (byte === carriageReturn) afterReturn = true
      else lineEnds.add('\n')
      if (!isQuoted) endRecord(position + 1)
      return
    }
    contentBytes++
    if (byte === quoteByte && (isQuoted || isCellStart)) {
      // A doubled quote closes and opens again, with the same outcome.
      isQuoted = !isQuoted
      isCellStart = !isQuoted
      return
    }
    isCellStart = false
    if (isQuoted) return
    matched = byte === delimiterBytes[matched] ? matched + 1 : byte === delimiterBytes[0] ? 1 : 0
    if (matched === delimiterBytes.length) {
      matched = 0
      isCellStart = true
    }
  }

  return {
    lineEnds,
    feed(chunk: Uint8Array) {
      for (let at = 0; at < chunk.length; at++, position++) take(chunk[at])
    },
    end() {
      if (afterReturn) lineEnds.add('\r')
      if (contentBytes > 0 || isQuoted) endRecord(position)
    },
  }
}
