import type { TFunction } from 'i18next'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { Filter } from '../../../../main/contract/filters'
import type { SelectionRecord } from '../../../../main/contract/selections'
import { type Format, useFormat } from '../../../locales/format'
import { useWorkbench } from '../../../state/workbench'
import { rangeText } from './bars'

export type FilterText = (filter: Filter) => string

/** A filter in words. */
export function useFilterText(): FilterText {
  const { t } = useTranslation()
  const format = useFormat()
  const selections = useWorkbench((state) => state.selections)
  return useMemo(() => (filter) => filterText(filter, { t, format, selections }), [t, format, selections])
}

interface Words {
  t: TFunction
  format: Format
  selections: ReadonlyMap<string, Pick<SelectionRecord, 'name'>>
}

export function filterText(filter: Filter, { t, format, selections }: Words): string {
  const between = (write: (value: number) => string) => ({ range: endsText(filter as Ends, write, t) })
  switch (filter.by) {
    case 'rating':
      return t('profile.filter.rating', between(format.value))
    case 'time':
      return t('profile.filter.time', between(timeWriter(filter, format)))
    case 'calendar':
      return t('profile.filter.calendar', { times: calendarText(filter, format, t) })
    case 'event':
      return t('profile.filter.event', { values: valuesText(filter.values, t) })
    case 'user-interactions':
      return t('profile.filter.userInteractions', between(format.count))
    case 'item-interactions':
      return t('profile.filter.itemInteractions', between(format.count))
    case 'attribute': {
      const values = filter.values ? valuesText(filter.values, t) : endsText(filter, format.value, t)
      return t(`profile.filter.attribute.${filter.of}`, { name: filter.name, values })
    }
    case 'selection':
      return t('profile.filter.selection', { name: selections.get(filter.selectionId)?.name ?? '?' })
    case 'text':
      return t(`profile.filter.text.${filter.of}`, { text: filter.contains })
  }
}

interface Ends {
  from?: number | undefined
  to?: number | undefined
}

function endsText({ from, to }: Ends, write: (value: number) => string, t: TFunction): string {
  if (from !== undefined && to !== undefined) return rangeText(from, to, write)
  if (from !== undefined) return t('profile.filter.from', { from: write(from) })
  return to === undefined ? t('profile.filter.any') : t('profile.filter.to', { to: write(to) })
}

const longestByHour = 2 * 86_400

/** Days, and hours too within a short span. */
function timeWriter({ from, to }: Ends, format: Format): (seconds: number) => string {
  const isShort = from !== undefined && to !== undefined && to - from < longestByHour && to - from !== 86_399
  return (seconds) => format.period(seconds, isShort ? 'hour' : 'day')
}

function calendarText({ weekdays, hours }: Extract<Filter, { by: 'calendar' }>, format: Format, t: TFunction): string {
  const days = weekdays && runsOf(weekdays).map(([first, last]) => rangeText(first, last, format.weekday))
  const times = hours && runsOf(hours).map(([first, last]) => t('profile.filter.hours', { from: first, to: last + 1 }))
  return [days?.join(', '), times?.join(', ')].filter(Boolean).join(' · ')
}

/** Neighbouring numbers as ranges. */
function runsOf(numbers: readonly number[]): [first: number, last: number][] {
  const runs: [number, number][] = []
  for (const number of numbers.toSorted((a, b) => a - b)) {
    const run = runs.at(-1)
    if (run && number === run[1] + 1) run[1] = number
    else runs.push([number, number])
  }
  return runs
}

const mostValues = 3

function valuesText(values: readonly string[], t: TFunction): string {
  const shown = values.slice(0, mostValues).join(', ')
  const more = values.length - mostValues
  return more > 0 ? t('profile.filter.more', { values: shown, count: more }) : shown
}
