export type SortValue = number | string | null

export interface Sort {
  column: string
  direction: 'ascending' | 'descending'
}

const collator = new Intl.Collator(undefined, { numeric: true })

/** A sorted copy. Missing values (null, NaN) stand last in either direction; equal rows keep their order. */
export function sortRows<Row>(
  rows: readonly Row[],
  sortBy: (row: Row) => SortValue,
  direction: Sort['direction'],
): Row[] {
  const sign = direction === 'ascending' ? 1 : -1
  return rows
    .map((row) => ({ row, value: sortBy(row) }))
    .sort((a, b) => {
      const missing = Number(isMissing(a.value)) - Number(isMissing(b.value))
      return missing !== 0 || isMissing(a.value) ? missing : sign * compare(a.value, b.value)
    })
    .map(({ row }) => row)
}

function isMissing(value: SortValue): boolean {
  return value === null || Number.isNaN(value)
}

function compare(a: SortValue, b: SortValue): number {
  return typeof a === 'number' && typeof b === 'number' ? a - b : collator.compare(String(a), String(b))
}

/** What a click on a heading asks for: the other direction of the same column, or a column's first direction. */
export function nextSort(sort: Sort, column: string, first: Sort['direction']): Sort {
  if (sort.column !== column) return { column, direction: first }
  return { column, direction: sort.direction === 'ascending' ? 'descending' : 'ascending' }
}
