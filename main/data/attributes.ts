import type { Attribute, AttributeType } from '../contract/experiment'

type Kind = Pick<Attribute, 'type' | 'separator'>

/** RecBole's typed headers: `age:float`, `genres:token_seq`. */
const declaredTypes: Record<string, Kind> = {
  token: { type: 'category', separator: null },
  token_seq: { type: 'multi-valued', separator: ' ' },
  float: { type: 'number', separator: null },
  float_seq: { type: 'vector', separator: ' ' },
}

/** From this mean length on, texts that hardly repeat are read, not counted. */
const meanTextLength = 20

/** What an attribute's header says of its type, or else what its filled cells suggest. */
export function proposeKind(header: string, cells: readonly string[]): Kind {
  const declared = declaredTypes[/:([a-z_]+)$/.exec(header)?.[1] ?? '']
  if (declared) return declared
  const all = (holds: (cell: string) => boolean) => cells.length > 0 && cells.every(holds)
  if (all((cell) => isList(cell) && vectorOf(cell, null) !== null)) return { type: 'vector', separator: null }
  if (all(isList)) return { type: 'multi-valued', separator: null }
  if (all(isNumber)) return { type: 'number', separator: null }
  if (all(isDate)) return { type: 'date', separator: null }
  for (const separator of ['|', ' ']) {
    const isVector = (cell: string) => (vectorOf(cell, separator)?.length ?? 0) > 1
    if (all(isVector)) return { type: 'vector', separator }
  }
  if (all(isPicture)) return { type: 'text', separator: null }
  if (cells.some((cell) => cell.includes('|'))) return { type: 'multi-valued', separator: '|' }
  return { type: isProse(cells) ? 'text' : 'category', separator: null }
}

/** The numbers of a vector's cell: a JSON list where there is no separator. Null where it holds anything else. */
export function vectorOf(cell: string, separator: string | null): number[] | null {
  const numbers = separator === null ? listOf(cell)?.map(Number) : cell.trim().split(separator).map(Number)
  return numbers?.every(Number.isFinite) && cell.trim() !== '' ? numbers : null
}

/** The values of a multi-valued cell: a JSON list where there is no separator. */
export function valuesOf(cell: string, separator: string | null): string[] {
  const values =
    separator === null ? (listOf(cell)?.map((value) => String(value ?? '')) ?? [cell]) : cell.split(separator)
  return values.map((value) => value.trim()).filter((value) => value !== '')
}

function listOf(cell: string): unknown[] | null {
  try {
    const found: unknown = JSON.parse(cell)
    return Array.isArray(found) ? found : null
  } catch {
    return null
  }
}

const isList = (cell: string) => cell.startsWith('[') && listOf(cell) !== null
const isNumber = (cell: string) => cell.trim() !== '' && Number.isFinite(Number(cell))
const isDate = (cell: string) => /^\d{4}-\d{2}-\d{2}([ T]|$)|^\d{2}-[A-Z][a-z]{2}-\d{4}$/.test(cell.trim())

/** Each its own, so that they are no categories. */
const isPicture = (cell: string) => /\.(jpe?g|png|webp)$/i.test(cell.trim()) && !cell.includes('|')

function isProse(cells: readonly string[]): boolean {
  const length = cells.reduce((sum, cell) => sum + cell.length, 0)
  const distinct = new Set(cells).size
  return distinct > cells.length / 2 && length / Math.max(1, cells.length) >= meanTextLength
}

/** The types that need a separator, or a list, to be taken apart. */
export function separatorFor(type: AttributeType, separator: string | undefined, proposed: Kind): string | null {
  if (type !== 'multi-valued' && type !== 'vector') return null
  if (separator !== undefined) return separator
  return proposed.separator ?? (proposed.type === type ? null : '|')
}
