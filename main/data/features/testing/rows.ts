import type { AttributeType } from '../../../contract/formats'
import type { AttributeColumn, AttributeTable } from '../attributes'
import type { Block } from '../block'

/** A block's rows as objects from the column's name to its number. */
export function readRows({ names, offsets, indices, values }: Block): Record<string, number>[] {
  return Array.from({ length: offsets.length - 1 }, (_, row) => {
    const columns = [...indices.subarray(offsets[row], offsets[row + 1])]
    return Object.fromEntries(columns.map((column, at) => [names[column], values[offsets[row] + at]]))
  })
}

export function attribute(name: string, type: AttributeType, cells: string[], separator: string | null = null) {
  return { name, type, separator, cells } satisfies AttributeColumn
}

export function tableOf(...columns: AttributeColumn[]): AttributeTable {
  return { rows: columns[0]?.cells.length ?? 0, columns }
}
