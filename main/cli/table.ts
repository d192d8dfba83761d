/** A table for the terminal: text to the left, numbers to the right. */
export function formatTable(header: string[], rows: (string | number | null)[][]): string {
  const cells = [header, ...rows.map((row) => row.map(formatCell))]
  const widths = header.map((_, column) => Math.max(...cells.map((row) => row[column].length)))
  const isNumeric = header.map((_, column) => rows.every((row) => typeof row[column] !== 'string'))
  const line = (row: string[]) =>
    row
      .map((cell, column) => (isNumeric[column] ? cell.padStart(widths[column]) : cell.padEnd(widths[column])))
      .join('  ')
      .trimEnd()
  return cells.map(line).join('\n')
}

function formatCell(value: string | number | null): string {
  if (value === null) return '-'
  if (typeof value === 'string') return printable(value)
  return Number.isInteger(value) ? String(value) : value.toFixed(4)
}

/** Data must not steer the terminal: control characters are shown, not sent. */
export function printable(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters to be replaced
  return text.replace(/[\u0000-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/g, '\ufffd')
}
