import { type Column, numericTimeUnits, type TimeFormat } from '../contract/experiment'

/** How many of a unit make a second. */
export const unitsPerSecond = { seconds: 1, milliseconds: 1e3, microseconds: 1e6, nanoseconds: 1e9 } as const

/** Numbers from here on are not meant in the unit: in seconds it is the year 5138. */
export const unitLimits = { seconds: 1e11, milliseconds: 1e14, microseconds: 1e17, nanoseconds: 1e20 } as const

/** How a column writes its times, by its first rows; null where there is none. */
export function timeOfColumn(
  { header, rows }: { header: readonly string[]; rows: readonly (readonly string[])[] },
  column: Column | undefined,
): TimeFormat | null {
  if (column === undefined) return null
  const at = typeof column === 'number' ? column : header.indexOf(column)
  return proposeTime(rows.map((row) => row[at] ?? ''))
}

/** How most of the cells write a time; null where they write none, or days and months could be either. */
export function proposeTime(cells: readonly string[]): TimeFormat | null {
  const filled = cells.map((cell) => cell.trim()).filter((cell) => cell !== '')
  const found = new Map<string, number>()
  for (const cell of filled) {
    const kind = kindOf(cell)
    if (kind !== null) found.set(kind, (found.get(kind) ?? 0) + 1)
  }
  const [kind] = [...found].reduce((a, b) => (b[1] > a[1] ? b : a), ['', 0])
  const unit = numericTimeUnits.find((name) => name === kind)
  if (unit) return { unit }
  if (kind === 'iso') return { unit: 'iso' }
  const pattern = kind.includes('/') ? orderedPattern(kind, filled) : kind
  return pattern ? { unit: 'pattern', pattern } : null
}

function kindOf(cell: string): string | null {
  if (/^[+-]?\d+(\.\d*)?(e\+?\d+)?$/i.test(cell)) {
    const size = Math.abs(Number(cell))
    return numericTimeUnits.find((unit) => size < unitLimits[unit]) ?? null
  }
  if (/^\d{4}-\d{1,2}-\d{1,2}([ T]\d|$)/.test(cell)) return 'iso'
  const date = dateForms.find(([form]) => form.test(cell))
  if (!date) return null
  const clock = clockForms.find(([form]) => form.test(cell.replace(date[0], '')))
  return clock ? date[1] + clock[1] : null
}

const dateForms: [form: RegExp, pattern: string][] = [
  [/^\d{1,2}\.\d{1,2}\.\d{4}/, '%d.%m.%Y'],
  [/^\d{1,2}\/\d{1,2}\/\d{4}/, '%d/%m/%Y'],
  [/^\d{4}\/\d{1,2}\/\d{1,2}/, '%Y/%m/%d'],
  [/^\d{1,2}-[A-Za-z]{3}-\d{4}/, '%d-%b-%Y'],
]
const clockForms: [form: RegExp, pattern: string][] = [
  [/^$/, ''],
  [/^ \d{1,2}:\d{2}$/, ' %H:%M'],
  [/^ \d{1,2}:\d{2}:\d{2}$/, ' %H:%M:%S'],
]

/** `03/04/2020` may be March or April: a number above 12 in another cell tells which of them is the day. */
function orderedPattern(pattern: string, cells: readonly string[]): string | null {
  if (!pattern.startsWith('%d/%m')) return pattern
  const exceeds = (part: number) => cells.some((cell) => Number(cell.split('/')[part]) > 12)
  if (exceeds(0) === exceeds(1)) return null
  return exceeds(0) ? pattern : pattern.replace('%d/%m', '%m/%d')
}
