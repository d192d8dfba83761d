import { createReadStream } from 'node:fs'
import { createInterface } from 'node:readline'

/** The lines of a text in UTF-8, without their ends. */
export async function* linesOf(path: string): AsyncIterable<string> {
  yield* createInterface({ input: createReadStream(path, 'utf8'), crlfDelay: Number.POSITIVE_INFINITY })
}

/** The cells of each line of comma-separated text after its header, as RFC 4180 has it. */
export async function* csvRows(path: string): AsyncIterable<string[]> {
  let [cells, cell, isQuoted, mayEnd]: [string[], string, boolean, boolean] = [[], '', false, false]
  let line = 0
  for await (const block of createReadStream(path, 'utf8')) {
    for (const sign of block as string) {
      // A quote within quotes ends the cell, or is one half of a quote.
      if (sign === '"' && isQuoted && !mayEnd) mayEnd = true
      else if (sign === '"' && !isQuoted && cell === '') isQuoted = true
      else if (isQuoted && (!mayEnd || sign === '"')) [cell, mayEnd] = [cell + sign, false]
      else if (sign === ',') [cells, cell, isQuoted, mayEnd] = [[...cells, cell], '', false, false]
      else if (sign === '\n') {
        if (line++ > 0) yield [...cells, cell.replace(/\r$/, '')]
        ;[cells, cell, isQuoted, mayEnd] = [[], '', false, false]
      } else cell += sign
    }
  }
}
