import { useTranslation } from 'react-i18next'
import type { TimeBin } from '../../../../main/contract/exploration'
import { HeatMap, type RectangleBrush } from '../../../charts/heat-map'
import { Histogram } from '../../../charts/histogram'
import { useFormat } from '../../../locales/format'
import { changeFilters, numbersBetween, withFilter, withoutFilter } from '../../../state/filters'
import { periodBars } from './bars'
import { binBrush, filterOn, isFiltered, seriesOf, type View } from './view'

const series = {
  interactions: ['count'],
  newcomers: ['newUsers', 'newItems'],
} as const satisfies Record<string, (keyof TimeBin)[]>

interface TimeChartProps {
  view: View
  /** All interactions, or those that are the first of their user or item. */
  of: keyof typeof series
}

/** Interactions by hour, day, week, month or year. */
export function TimeChart({ view, of }: TimeChartProps) {
  const { t } = useTranslation()
  const format = useFormat()
  const { whole, part } = view
  if (!whole.time || !part.time) return null
  const { unit, bins } = whole.time
  const partBins = part.time.bins
  const names = { count: t('data.interactions'), newUsers: t('profile.newUsers'), newItems: t('profile.newItems') }
  const fields: readonly (keyof typeof names)[] = series[of]
  return (
    <Histogram
      title={t(`profile.time.${of}`, { unit: t(`profile.unit.${unit}`) })}
      note={of === 'interactions' ? missingNote() : t('profile.newNote')}
      axis={t('profile.period')}
      bars={periodBars(whole.time, format)}
      series={fields.map((field) =>
        seriesOf(
          view,
          names[field],
          partBins.map((bin) => bin[field]),
          bins.map((bin) => bin[field]),
        ),
      )}
      shape="steps"
      shares={view.shares}
      brush={binBrush(view, { by: 'time' }, bins)}
    />
  )

  function missingNote() {
    const { missing } = part.time ?? { missing: 0 }
    return missing === 0 ? t('profile.utc') : `${t('profile.utc')} · ${t('profile.missing', { count: missing })}`
  }
}

const weekdays = numbersBetween(1, 7)
const hours = numbersBetween(0, 23)

/** Interactions by day of the week and hour of the day. */
export function CalendarChart({ view }: { view: View }) {
  const { t } = useTranslation()
  const format = useFormat()
  const { whole, part } = view
  if (!whole.calendar || !part.calendar) return null
  return (
    <HeatMap
      title={t('profile.calendar')}
      note={t('profile.utc')}
      across={t('profile.hour')}
      down={t('profile.weekday')}
      counted={t('data.interactions')}
      columns={hours.map(String)}
      rows={weekdays.map(format.weekday)}
      counts={part.calendar}
      whole={isFiltered(view) ? whole.calendar : undefined}
      brush={calendarBrush(view)}
    />
  )
}

function calendarBrush({ dataset, filters, textOf }: View): RectangleBrush {
  const like = { by: 'calendar' } as const
  const within = ({ first, last }: NonNullable<RectangleBrush['range']>) => ({
    ...like,
    weekdays: numbersBetween(first[1] + 1, last[1] + 1),
    hours: numbersBetween(first[0], last[0]),
  })
  const inForce = filterOn<Extract<View['filters'][number], { by: 'calendar' }>>(filters, like)
  const chosen = inForce && { weekdays: inForce.weekdays ?? weekdays, hours: inForce.hours ?? hours }
  return {
    range: chosen
      ? {
          first: [Math.min(...chosen.hours), Math.min(...chosen.weekdays) - 1],
          last: [Math.max(...chosen.hours), Math.max(...chosen.weekdays) - 1],
        }
      : null,
    onBrush: (range) =>
      changeFilters(dataset, range ? withFilter(filters, within(range)) : withoutFilter(filters, like)),
    describe: (range) => textOf(within(range)),
  }
}
