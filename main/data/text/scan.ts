import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import type { CellLayout } from './records'

const lineFeed = 10
const carriageReturn = 13
const byteOrderMark = [0xef, 0xbb, 0xbf]

/** What one pass over a text file finds, independently of the reader that follows. */
export interface TextScan {
  bytes: number
  sha256: string
  /** Records, blank ones included: lines, where a line break inside quotes ends none. */
  records: number
  /** Lines: as many as records, but for line breaks inside quotes. */
  lines: number
  blank: number
  /** Blank records before the first that is not. */
  leadingBlank: number
  /** The line of a quote that opens and never closes. */
  openQuoteLine: number | null
  lineEnds: Set<'\n' | '\r\n' | '\r'>
}

/** Called at the end of each record with the number of its first line, from 1, and of its first byte, from 0. */
type Visit = (line: number, isBlank: boolean, firstByte: number) => void

/** Counts and fingerprints a UTF-8 or single-byte text file. `report` is told the share of it that is done, 0..1. */
export async function scanText(
  path: string,
  layout: CellLayout,
  { report, signal }: { report(fraction: number): void; signal: AbortSignal },
): Promise<TextScan> {
  const { size } = await stat(path)
  const hash = createHash('sha256')
  const scan = { bytes: 0, records: 0, lines: 0, blank: 0, leadingBlank: 0 }
  const scanner = createScanner(layout, (_line, isBlank) => {
    if (isBlank && scan.blank === scan.records) scan.leadingBlank++
    scan.records++
    if (isBlank) scan.blank++
  })
  for await (const chunk of createReadStream(path, { highWaterMark: 2 ** 20, signal })) {
    hash.update(chunk)
    scan.bytes += chunk.length
    scanner.feed(chunk)
    report(scan.bytes / size)
  }
  scanner.end()
  const { lineEnds, openQuoteLine } = scanner
  return { ...scan, lines: scanner.lines(), sha256: hash.digest('hex'), lineEnds, openQuoteLine: openQuoteLine() }
}

/** Visits the records of a file in order; for finding the lines of a few of them. */
export async function visitRecords(path: string, layout: CellLayout, visit: Visit): Promise<void> {
  const scanner = createScanner(layout, visit)
  for await (const chunk of createReadStream(path, { highWaterMark: 2 ** 20 })) scanner.feed(chunk)
  scanner.end()
}

/**
 * A machine over bytes: delimiter, quote and line ends are ASCII, so UTF-8 needs no decoding. Where a chunk has no
 * quote, only its line ends are looked for; that is most of a large file.
 */
export function createScanner({ delimiter, quote }: CellLayout, visit: Visit) {
  const delimiterBytes = Buffer.from(delimiter)
  const quoteByte = quote ? quote.charCodeAt(0) : -1
  const lineEnds: TextScan['lineEnds'] = new Set()
  let position = 0
  let line = 1
  let quoteLine = 1
  let firstLine = 1
  let firstByte = 0
  let contentBytes = 0
  let matched = 0
  let isQuoted = false
  let isCellStart = true
  let afterReturn = false

  function endRecord(nextByte: number) {
    visit(firstLine, contentBytes === 0, firstByte)
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
    if (position < 3 && byte === byteOrderMark[position]) return
    contentBytes++
    if (byte === quoteByte && (isQuoted || isCellStart)) {
      // A doubled quote closes and opens again, with the same outcome.
      isQuoted = !isQuoted
      isCellStart = !isQuoted
      quoteLine = line
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

  function takeAll(chunk: Uint8Array, from: number, to: number) {
    for (let at = from; at < to; at++, position++) take(chunk[at])
  }

  /** Records that end in a chunk without quotes, each a run of bytes up to its line end. */
  function takeLines(chunk: Uint8Array, from: number, to: number) {
    let start = from
    if (!chunk.includes(carriageReturn)) return takeFeeds(chunk, from, to)
    for (let at = from; at < to; at++) {
      const byte = chunk[at]
      if (byte > carriageReturn || (byte !== lineFeed && byte !== carriageReturn)) continue
      const isPair = byte === carriageReturn && chunk[at + 1] === lineFeed
      lineEnds.add(isPair ? '\r\n' : byte === lineFeed ? '\n' : '\r')
      contentBytes = at - start
      if (isPair) at++
      position += at + 1 - start
      start = at + 1
      line++
      endRecord(position)
    }
  }

  /** The same where all lines end with a line feed alone. */
  function takeFeeds(chunk: Uint8Array, from: number, to: number) {
    if (from < to) lineEnds.add('\n')
    for (let start = from; start < to; ) {
      const at = chunk.indexOf(lineFeed, start)
      contentBytes = at - start
      position += at + 1 - start
      start = at + 1
      line++
      endRecord(position)
    }
  }

  return {
    lineEnds,
    /** Lines that have ended. */
    lines: () => line - 1,
    openQuoteLine: () => (isQuoted ? quoteLine : null),
    feed(chunk: Uint8Array) {
      const first = position === 0 || isQuoted || chunk.includes(quoteByte) ? -1 : chunk.indexOf(lineFeed)
      const last = first < 0 ? -1 : chunk.lastIndexOf(lineFeed)
      if (first < 0) return takeAll(chunk, 0, chunk.length)
      // What began before this chunk, and what ends after it, needs the state between chunks.
      takeAll(chunk, 0, first + 1)
      takeLines(chunk, first + 1, last + 1)
      takeAll(chunk, last + 1, chunk.length)
    },
    end() {
      if (afterReturn) lineEnds.add('\r')
      if (contentBytes === 0 && !isQuoted) return
      line++
      endRecord(position)
    },
  }
}
