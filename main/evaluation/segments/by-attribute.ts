import { TopnError } from '../../contract/errors'
import type { SegmentName } from '../../contract/segments'
import { type AttributeColumn, numbersOf, valuesOf } from '../../data/features/attributes'
import { type Segment, segmentOf } from './segment'

/** More values than this do not fit on a map: the rarest are one segment together. */
const mostValues = 20
/** Numbers with more different values than this are cut into quarters. */
const mostNumbers = 8
const parts = 4

/** Segments of users or items by an attribute of theirs, one cell each; whoever has several values is in several. */
export function byAttribute(column: AttributeColumn): Segment[] {
  switch (column.type) {
    case 'category':
    case 'multi-valued':
      return byValues(valuesOf(column))
    case 'number':
    case 'date':
      return byNumbers(numbersOf(column), column.type === 'date')
    default: {
      const message = `${column.name} is a ${column.type}, which makes no segments. Choose an attribute of categories, numbers or dates.`
      throw new TopnError('BAD_REQUEST', message, { field: 'segmentations' })
    }
  }
}

/** The values that most have, the most frequent first; equally frequent ones by their text. */
function byValues(rows: readonly (readonly string[])[]): Segment[] {
  const counts = new Map<string, number>()
  for (const row of rows) for (const value of row) counts.set(value, (counts.get(value) ?? 0) + 1)
  const ranked = [...counts.keys()].sort((a, b) => (counts.get(b) ?? 0) - (counts.get(a) ?? 0) || (a < b ? -1 : 1))
  const kept = ranked.length > mostValues ? ranked.slice(0, mostValues - 1) : ranked
  const others = new Set(ranked.slice(kept.length))
  const belongs = (name: SegmentName, has: (row: readonly string[]) => boolean) =>
    segmentOf(name, rows.length, (index) => has(rows[index]))
  return [
    ...kept.map((value) => belongs({ kind: 'value', value }, (row) => row.includes(value))),
    belongs({ kind: 'others', values: others.size }, (row) => row.some((value) => others.has(value))),
    belongs({ kind: 'missing' }, (row) => row.length === 0),
  ].filter(({ members }) => members.length > 0)
}

/** Each number where they are few; otherwise quarters of those who have one, equal numbers never torn apart. */
function byNumbers(numbers: Float64Array, isDate: boolean): Segment[] {
  const known = numbers.filter((number) => !Number.isNaN(number)).sort()
  const distinct = [...new Set(known)]
  const ends =
    distinct.length <= mostNumbers
      ? distinct
      : [...new Set(Array.from({ length: parts }, (_, at) => known[Math.ceil(((at + 1) * known.length) / parts) - 1]))]
  const ranges = ends.map((to, at) => {
    const from = at === 0 ? known[0] : (distinct.find((number) => number > ends[at - 1]) as number)
    return segmentOf(
      { kind: 'range', from, to, isDate },
      numbers.length,
      (index) => numbers[index] >= from && numbers[index] <= to,
    )
  })
  const missing = segmentOf({ kind: 'missing' }, numbers.length, (index) => Number.isNaN(numbers[index]))
  return missing.members.length > 0 ? [...ranges, missing] : ranges
}
