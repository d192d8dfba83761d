import { DuckDBListValue, type DuckDBValue } from '@duckdb/node-api'
import type { Interval } from '../../data/bins'

/** An aggregate: how many rows, of those for which `condition` holds, have a value in each bar. */
export function histogram(bins: readonly Interval[], value: string, condition = 'true'): string {
  const bounds = bins.map(({ to }) => to).join(', ')
  return `map_values(histogram(${value}, [${bounds}]::DOUBLE[]) FILTER (WHERE ${condition}))`
}

/** What such an aggregate has counted; it is NULL where there was nothing to count. */
export function countsIn(bins: readonly Interval[], answer: DuckDBValue): number[] {
  const items = answer instanceof DuckDBListValue ? answer.items : []
  return bins.map((_, at) => Number(items[at] ?? 0))
}
