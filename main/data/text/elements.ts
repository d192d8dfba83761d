/** Bytes that matter in JSON. */
const quote = 34
const comma = 44
const open = [91, 123]
const close = [93, 125]
const backslash = 92
const lineFeed = 10
const carriageReturn = 13

/** Called at the end of each element with the number of the line that it begins in, from 1. */
type Visit = (line: number) => void

/**
 * Takes a JSON array apart into its elements without understanding them: a machine over bytes, for arrays that are too
 * long to be parsed at once. `feed` answers the bytes of the elements, each on one line.
 */
export function createElementScanner(visit: Visit = () => {}) {
  let depth = 0
  let line = 1
  let firstLine = 1
  let isInside = false
  let isString = false
  let isEscaped = false
  let afterReturn = false
  let state: 'before' | 'inside' | 'after' | 'foreign' = 'before'

  function countLine(byte: number) {
    if (byte === carriageReturn || (byte === lineFeed && !afterReturn)) line++
    afterReturn = byte === carriageReturn
  }

  /** Puts what the byte becomes at `at` and answers the place after it. */
  function take(byte: number, output: Uint8Array, at: number): number {
    countLine(byte)
    const isSpace = byte === 32 || byte === 9 || byte === lineFeed || byte === carriageReturn
    if (isString) {
      if (isEscaped) isEscaped = false
      else if (byte === backslash) isEscaped = true
      else if (byte === quote) isString = false
      output[at] = byte === lineFeed || byte === carriageReturn ? 32 : byte
      return at + 1
    }
    if (state !== 'inside') {
      if (isSpace || (byte > 127 && state === 'before')) return at
      state = state === 'before' && byte === open[0] ? 'inside' : 'foreign'
      return at
    }
    if (depth === 0 && (byte === comma || byte === close[0])) {
      if (byte === close[0]) state = 'after'
      return endElement(output, at)
    }
    if (isSpace) {
      output[at] = 32
      return isInside ? at + 1 : at
    }
    if (!isInside) firstLine = line
    isInside = true
    if (byte === quote) isString = true
    else if (open.includes(byte)) depth++
    else if (close.includes(byte)) depth--
    output[at] = byte
    return at + 1
  }

  function endElement(output: Uint8Array, at: number): number {
    if (!isInside) return at
    isInside = false
    visit(firstLine)
    output[at] = lineFeed
    return at + 1
  }

  return {
    /** Whether all that was fed is one whole array. */
    isWhole: () => state === 'after',
    feed(chunk: Uint8Array): Uint8Array {
      const output = new Uint8Array(chunk.length)
      let at = 0
      for (const byte of chunk) at = take(byte, output, at)
      return output.subarray(0, at)
    },
  }
}
