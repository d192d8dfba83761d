import { useTranslation } from 'react-i18next'
import type { Bin, RatingBins } from '../../../../main/contract/exploration'
import type { Subject } from '../../../../main/contract/filters'
import { Histogram } from '../../../charts/histogram'
import { useFormat } from '../../../locales/format'
import { countBars, valueBars } from './bars'
import { binBrush, countsOf, seriesOf, type View, valueBrush } from './view'

/** How many users, or items, have how many interactions. */
export function ActivityChart({ view, of }: { view: View; of: Subject }) {
  const { t } = useTranslation()
  const format = useFormat()
  const { whole, part } = view
  if (!whole.activity || !part.activity) return null
  const { bins, mean, median, maximum } = { ...part.activity[of], bins: whole.activity[of].bins }
  const figures = { mean: format.value(Number(mean.toPrecision(3))), median: format.value(median) }
  return (
    <Histogram
      title={of === 'users' ? t('data.profile.perUser') : t('data.profile.perItem')}
      note={t('profile.activity', { ...figures, maximum: format.count(maximum) })}
      axis={t('profile.allInteractions')}
      bars={countBars(bins, format)}
      series={[seriesOf(view, t(`data.${of}`), countsOf(part.activity[of].bins), countsOf(bins))]}
      shares={view.shares}
      brush={binBrush(view, { by: of === 'users' ? 'user-interactions' : 'item-interactions' }, bins)}
    />
  )
}

export function RatingsChart({ view }: { view: View }) {
  const { t } = useTranslation()
  const format = useFormat()
  const { whole, part } = view
  if (!whole.ratings || !part.ratings) return null
  const { mean, missing } = part.ratings
  const note = [
    ...(mean === null ? [] : [t('profile.mean', { mean: format.value(Number(mean.toPrecision(4))) })]),
    ...(missing === 0 ? [] : [t('profile.missing', { count: missing })]),
  ]
  return (
    <Histogram
      title={t('data.profile.ratings')}
      note={note.join(' · ')}
      axis={t('data.profile.ratingValue')}
      bars={ratingBars(whole.ratings)}
      series={[seriesOf(view, t('data.interactions'), countsOf(part.ratings.bins), countsOf(whole.ratings.bins))]}
      shares={view.shares}
      brush={binBrush(view, { by: 'rating' }, whole.ratings.bins)}
    />
  )

  function ratingBars({ bins, scale }: RatingBins) {
    const areCounts = scale === 'logarithmic' && bins.every(isWhole)
    return areCounts ? countBars(bins, format) : valueBars(bins, format.value)
  }
}

function isWhole({ from, to }: Bin): boolean {
  return Number.isInteger(from) && Number.isInteger(to) && from >= 1
}

/** What was done, by how often. */
export function EventsChart({ view }: { view: View }) {
  const { t } = useTranslation()
  const { whole, part } = view
  if (!whole.events || !part.events) return null
  const counts = new Map(part.events.map(({ value, count }) => [value, count]))
  const values = whole.events.map(({ value }) => value)
  return (
    <Histogram
      title={t('profile.events')}
      axis={t('profile.event')}
      bars={values.map((value) => ({ label: value, tick: value }))}
      shape="names"
      series={[
        seriesOf(
          view,
          t('data.interactions'),
          values.map((value) => counts.get(value) ?? 0),
          countsOf(whole.events),
        ),
      ]}
      shares={view.shares}
      brush={valueBrush(view, (chosen) => ({ by: 'event', values: chosen }), values)}
    />
  )
}
