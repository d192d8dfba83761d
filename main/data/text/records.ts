/** How the cells of a text file are set apart. */
export interface CellLayout {
  delimiter: string
  quote: '"' | ''
}

/**
 * Cells of each record (RFC 4180: a quote counts at the start of a cell only, doubled inside it, spaces behind
 * it dropped; line breaks inside quotes belong to the cell). For the first lines of a file; whole files are read by DuckDB under the same rules.
 */
export function splitRecords(text: string, { delimiter, quote }: CellLayout): string[][] {
  const records: string[][] = []
  for (let at = 0; at < text.length; ) {
    const record: string[] = []
    for (;;) {
      const isQuoted = quote !== '' && text.startsWith(quote, at)
      const { cell, end } = isQuoted ? quoted(text, at, quote) : { cell: '', end: at }
      const stop = endOfCell(text, end, delimiter)
      const rest = text.slice(end, stop)
      record.push(isQuoted && rest.trim() === '' ? cell : cell + rest)
      at = stop
      if (!text.startsWith(delimiter, at)) break
      at += delimiter.length
    }
    if (text.startsWith('\r\n', at)) at += 2
    else at += 1
    records.push(record)
  }
  return records
}

function quoted(text: string, from: number, quote: string): { cell: string; end: number } {
  let cell = ''
  let at = from + 1
  for (;;) {
    const next = text.indexOf(quote, at)
    if (next < 0) return { cell: cell + text.slice(at), end: text.length }
    cell += text.slice(at, next)
    if (text[next + 1] !== quote) return { cell, end: next + 1 }
    cell += quote
    at = next + 2
  }
}

function endOfCell(text: string, from: number, delimiter: string): number {
  let at = from
  while (at < text.length && text[at] !== '\n' && text[at] !== '\r' && !text.startsWith(delimiter, at)) at++
  return at
}
