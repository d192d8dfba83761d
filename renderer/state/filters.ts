import { create } from 'zustand'
import type { CleanStep } from '../../main/contract/clean'
import type { Bin } from '../../main/contract/exploration'
import type { Filter } from '../../main/contract/filters'
import type { DatasetRecord } from '../../main/contract/records'
import { record } from '../commands/history'
import { readExperiment } from './draft'
import { stepsOf } from './recipe'

/** What each dataset's profile is narrowed down to, kept while other screens are looked at. */
interface Narrowed {
  filters: ReadonlyMap<string, readonly Filter[]>
  /** Datasets whose profile is that of the data after the recipe. */
  cleaned: ReadonlySet<string>
}

const untouched: Narrowed = { filters: new Map(), cleaned: new Set() }

const useAllFilters = create<Narrowed>(() => untouched)

const none: readonly Filter[] = []

export function useFilters(datasetId: string): readonly Filter[] {
  return useAllFilters(({ filters }) => filters.get(datasetId) ?? none)
}

export function readFilters(datasetId: string): readonly Filter[] {
  return useAllFilters.getState().filters.get(datasetId) ?? none
}

export function forgetFilters(): void {
  useAllFilters.setState(untouched)
}

export function useIsCleaned(datasetId: string): boolean {
  return useAllFilters(({ cleaned }) => cleaned.has(datasetId))
}

/** The steps that the data of the profile has gone through: those of the recipe, or none. */
export function cleanOf(dataset: DatasetRecord): CleanStep[] {
  const isCleaned = useAllFilters.getState().cleaned.has(dataset.id)
  return isCleaned ? stepsOf(readExperiment(dataset).clean, dataset) : []
}

/** Shows the data after the recipe, or as it was read. */
export function showCleaned(datasetId: string, isCleaned: boolean): void {
  const { cleaned } = useAllFilters.getState()
  const others = [...cleaned].filter((id) => id !== datasetId)
  useAllFilters.setState({ cleaned: new Set(isCleaned ? [...others, datasetId] : others) })
}

/** Changes what the profile shows; the change can be undone. */
export function changeFilters({ id, name }: Pick<DatasetRecord, 'id' | 'name'>, after: readonly Filter[]): void {
  const before = readFilters(id)
  const put = (filters: readonly Filter[]) =>
    useAllFilters.setState((state) => ({ filters: new Map(state.filters).set(id, filters) }))
  put(after)
  record({ text: 'filter', name, undo: () => put(before), redo: () => put(after) })
}

/** The filters with one more, in the place of the one on the same thing. */
export function withFilter(filters: readonly Filter[], added: Filter): readonly Filter[] {
  const place = filters.findIndex((filter) => subjectOf(filter) === subjectOf(added))
  return place < 0 ? [...filters, added] : filters.with(place, added)
}

/** The filters without any on the same thing. */
export function withoutFilter(filters: readonly Filter[], dropped: Pick<Filter, 'by'>): readonly Filter[] {
  return filters.filter((filter) => subjectOf(filter) !== subjectOf(dropped))
}

/** What a filter is about: a second one on it takes the place of the first. */
function subjectOf(filter: Pick<Filter, 'by'> & { of?: unknown; name?: unknown; selectionId?: unknown }): string {
  return JSON.stringify([filter.by, filter.of, filter.name, filter.selectionId])
}

/** The first and last place of the bins that a closed range reaches into; null where it reaches into none. */
export function binsWithin(
  bins: readonly Bin[],
  {
    from = Number.NEGATIVE_INFINITY,
    to = Number.POSITIVE_INFINITY,
  }: { from?: number | undefined; to?: number | undefined },
): [first: number, last: number] | null {
  const first = bins.findIndex((bin) => bin.to >= from)
  const last = bins.findLastIndex((bin) => bin.from <= to)
  return first < 0 || last < first ? null : [first, last]
}

/** The first and last place of neighbouring values; null where they do not stand side by side. */
export function placesOf(all: readonly string[], chosen: readonly string[]): [first: number, last: number] | null {
  const places = chosen.map((value) => all.indexOf(value)).sort((a, b) => a - b)
  const [first, last] = [places[0], places[places.length - 1]]
  return first >= 0 && last - first === places.length - 1 ? [first, last] : null
}

/** Neighbouring numbers from first to last. */
export function numbersBetween(first: number, last: number): number[] {
  return Array.from({ length: last - first + 1 }, (_, at) => first + at)
}
