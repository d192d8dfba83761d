import { Text } from '@mantine/core'
import type { TFunction } from 'i18next'
import { Fragment } from 'react'
import { useTranslation } from 'react-i18next'
import type { Subject } from '../../../main/contract/filters'
import type { PointGroup, PointTerm } from '../../../main/contract/projection'
import { useFormat } from '../../locales/format'
import { Facts } from '../../widgets/facts'
import styles from './map.module.css'

/** A term as it is read: a value as it stands, a word with where it is from. */
export function termText({ of, value }: PointTerm, t: TFunction): string {
  return of === 'title' ? t('map.group.titleWord', { word: value }) : value
}

/** What some points share: what is frequent among them, how active they are, what they have. */
export function GroupFacts({ group, of }: { group: PointGroup; of: Subject }) {
  const { t } = useTranslation()
  const format = useFormat()
  const { terms, activity, rating, items } = group
  return (
    <>
      <Facts
        facts={[
          [t(`map.group.activity.${of}`), format.value(Number(activity.toPrecision(3)))],
          ...(rating === null ? [] : [[t('map.group.rating'), format.decimal(rating, 2)] as [string, string]]),
        ]}
      />
      {terms.length === 0 && (
        <Text size="sm" c="dimmed" mt="sm">
          {t('map.group.nothing')}
        </Text>
      )}
      {terms.length > 0 && (
        <div className={styles.terms}>
          <small>{t('map.group.terms')}</small>
          <small>{t('map.group.share')}</small>
          <small>{t('map.group.shareOfAll')}</small>
          {terms.map((term) => (
            <Fragment key={`${term.of} ${term.value}`}>
              <bdi title={`${term.of}: ${term.value}`}>{termText(term, t)}</bdi>
              <span>{format.percent(term.share)}</span>
              <span>{format.percent(term.shareOfAll)}</span>
            </Fragment>
          ))}
        </div>
      )}
      {items.length > 0 && (
        <div className={styles.terms} style={{ gridTemplateColumns: 'minmax(0, 1fr)' }}>
          <small style={{ textAlign: 'start' }}>{t(`map.group.items.${of}`)}</small>
          {items.slice(0, 5).map(({ id, title }) => (
            <bdi key={id} title={id} style={{ textAlign: 'start' }}>
              {title ?? id}
            </bdi>
          ))}
        </div>
      )}
    </>
  )
}
