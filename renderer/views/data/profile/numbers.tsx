import { Group } from '@mantine/core'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../../../locales/format'
import { RejectedRows } from '../rejected-rows'
import styles from './profile.module.css'
import { isFiltered, type View } from './view'

/** Sizes of what is left, each with what there is in all, or with what it means for one user or item. */
export function Numbers({ view }: { view: View }) {
  const { t } = useTranslation()
  const format = useFormat()
  const { part, whole, dataset } = view
  const [left, all] = [part.left, whole.left]
  const filtered = isFiltered(view)
  const share = (amount: number, of: number) => format.percent(of === 0 ? 0 : amount / of)
  const ofAll = (name: 'interactions' | 'users' | 'items') =>
    t('profile.ofAll', { all: format.count(all[name]), share: share(left[name], all[name]) })
  const each = (count: number) =>
    t('profile.each', { count: format.value(Number((left.interactions / Math.max(1, count)).toPrecision(3))) })
  return (
    <Group gap="xl" align="flex-start">
      <dl className={styles.numbers} data-filtered={filtered}>
        <Figure name={t('data.interactions')} value={format.count(left.interactions)}>
          {filtered ? ofAll('interactions') : t('profile.all')}
        </Figure>
        <Figure name={t('data.users')} value={format.count(left.users)}>
          {filtered ? ofAll('users') : each(left.users)}
        </Figure>
        <Figure name={t('data.items')} value={format.count(left.items)}>
          {filtered ? ofAll('items') : each(left.items)}
        </Figure>
        <Figure name={t('data.profile.density')} value={format.percent(left.density)}>
          {filtered
            ? t('profile.inAll', { all: format.percent(all.density) })
            : t('profile.sparsity', { share: format.percent(1 - left.density) })}
        </Figure>
        <Figure name={t('profile.repeats')} value={share(left.repeats, left.interactions)}>
          {t('profile.repeatCount', { count: left.repeats })}
        </Figure>
        {all.firstTimestamp === null ? (
          <Figure name={t('data.profile.period')} value={t('data.profile.noTimestamps')} />
        ) : (
          <Figure name={t('data.profile.period')} value={periodText(left.firstTimestamp, left.lastTimestamp)}>
            {filtered && periodText(all.firstTimestamp, all.lastTimestamp)}
          </Figure>
        )}
        <Figure name={t('data.profile.rejected')} value={format.count(dataset.profile.rejected)} whole />
      </dl>
      {dataset.profile.rejected > 0 && <RejectedRows dataset={dataset} />}
    </Group>
  )

  function periodText(first: number | null, last: number | null): string {
    return first === null || last === null ? '–' : `${format.date(first)} – ${format.date(last)}`
  }
}

interface FigureProps {
  name: string
  value: string
  /** Filters leave it as it is. */
  whole?: boolean
  children?: ReactNode
}

function Figure({ name, value, whole, children }: FigureProps) {
  return (
    <div data-whole={whole}>
      <dt>{name}</dt>
      <dd>
        <b>{value}</b>
        <span>{children}</span>
      </dd>
    </div>
  )
}
