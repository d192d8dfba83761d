export type Cell = string | number | null

/**
 * Comma-separated text (RFC 4180, UTF-8 with a byte order mark, which spreadsheets need to read other scripts). Numbers
 * keep every digit; a text that a spreadsheet would take for a formula gets an apostrophe in front (OWASP, "CSV
 * injection"); what is missing is empty.
 */
export function toCsv(header: readonly string[], rows: readonly (readonly Cell[])[]): string {
  return `\ufeff${[header, ...rows].map(csvLine).join('')}`
}

/** One line of it. */
export function csvLine(cells: readonly Cell[]): string {
  return `${cells.map(field).join(',')}\r\n`
}

function field(cell: Cell): string {
  if (cell === null || typeof cell === 'number') return Number.isFinite(cell) ? String(cell) : ''
  const text = /^[=+\-@\t\r]/.test(cell) ? `'${cell}` : cell
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}
