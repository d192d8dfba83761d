import { useTranslation } from 'react-i18next'
import { partNames, type SplitPicture } from '../../../../main/contract/split-preview'
import { StackedBars } from '../../../charts/stacked-bars'
import { useFormat } from '../../../locales/format'

const ticks = 6

/** When the interactions of each part happened, with the points in time at which parts are cut off. */
export function Timeline({ picture: { timeline, cuts } }: { picture: SplitPicture }) {
  const { t } = useTranslation()
  const format = useFormat()
  if (!timeline) return null
  const { from, to, counts } = timeline
  const { length } = counts.train
  const width = (to - from) / length
  const timeOf = (bar: number) => format.date(from + bar * width)
  const every = Math.ceil(length / ticks)
  const bars = Array.from({ length }, (_, bar) => ({
    label: `${timeOf(bar)} – ${timeOf(bar + 1)}`,
    tick: bar % every === 0 ? timeOf(bar) : '',
  }))
  const series = partNames.flatMap((part, color) => {
    const isEmpty = counts[part].every((count) => count === 0)
    return isEmpty ? [] : [{ name: t(`split.parts.${part}`), color, counts: counts[part] }]
  })
  const marks = cuts.map(({ part, at }) => ({
    bar: Math.min(length - 1, Math.floor((at - from) / (width || 1))),
    label: t('split.cut', { part: t(`split.parts.${part}`), date: format.date(at) }),
  }))
  return (
    <StackedBars
      title={t('split.timeline')}
      axis={t('split.time')}
      counted={t('data.interactions')}
      bars={bars}
      series={series}
      marks={marks}
    />
  )
}
