import type { CleanStep } from '../../../../main/contract/clean'
import type { Bin, Exploration } from '../../../../main/contract/exploration'
import type { Filter } from '../../../../main/contract/filters'
import type { DatasetRecord } from '../../../../main/contract/records'
import type { BarBrush, HistogramSeries } from '../../../charts/histogram'
import { binsWithin, changeFilters, placesOf, withFilter, withoutFilter } from '../../../state/filters'
import type { FilterText } from './filter-text'

/** What the charts of the profile draw, and how a range of one of them becomes a filter of all. */
export interface View {
  dataset: DatasetRecord
  /** The steps of the recipe that the data has gone through; none for the data as it was read. */
  clean: CleanStep[]
  filters: readonly Filter[]
  /** Without filters. */
  whole: Exploration
  /** With them; the same as `whole` where there are none. */
  part: Exploration
  /** Shares in place of counts. */
  shares: boolean
  textOf: FilterText
}

export function isFiltered({ whole, part }: View): boolean {
  return whole !== part
}

/** A series of the part, with the whole behind it where the two differ. */
export function seriesOf(view: View, name: string, part: readonly number[], whole: readonly number[]): HistogramSeries {
  return isFiltered(view) ? { name, counts: part, whole } : { name, counts: part }
}

export function countsOf(bins: readonly { count: number }[]): number[] {
  return bins.map(({ count }) => count)
}

type RangeFilter = Extract<Filter, { from?: unknown }>

/** A range of bins is a filter: `filter` says on what. */
export function binBrush(view: View, filter: RangeFilter, bins: readonly Bin[]): BarBrush {
  const { dataset, filters, textOf } = view
  const ranged = (first: number, last: number): Filter => ({ ...filter, from: bins[first].from, to: bins[last].to })
  const inForce = filterOn(filters, filter)
  return {
    range: inForce ? binsWithin(bins, inForce) : null,
    onBrush: (range) =>
      changeFilters(dataset, range ? withFilter(filters, ranged(...range)) : withoutFilter(filters, filter)),
    describe: (first, last) => textOf(ranged(first, last)),
  }
}

type ValueFilter = Extract<Filter, { values?: unknown }>

/** Neighbouring values are a filter: `filterOf` makes it. */
export function valueBrush(view: View, filterOf: (values: string[]) => ValueFilter, all: readonly string[]): BarBrush {
  const { dataset, filters, textOf } = view
  const between = (first: number, last: number) => filterOf(all.slice(first, last + 1))
  const inForce = filterOn(filters, filterOf([]))
  return {
    range: inForce?.values ? placesOf(all, inForce.values) : null,
    onBrush: (range) =>
      changeFilters(dataset, range ? withFilter(filters, between(...range)) : withoutFilter(filters, filterOf([]))),
    describe: (first, last) => textOf(between(first, last)),
  }
}

/** The filter in force on the same thing as another one. */
export function filterOn<F extends Filter>(filters: readonly Filter[], like: F): F | undefined {
  return filters.find((filter) => !withoutFilter([filter], like).length) as F | undefined
}
