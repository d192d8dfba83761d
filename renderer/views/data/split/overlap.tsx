import { useTranslation } from 'react-i18next'
import type { Overlap, SplitPicture } from '../../../../main/contract/split-preview'
import { useFormat } from '../../../locales/format'
import { type Column, DataTable } from '../../../widgets/data-table'
import { Panel } from '../../../widgets/panel'
import styles from './split-room.module.css'

/** Pixels of the longest bar. */
const longest = 72

/** How many users and items occur in which parts, each in exactly one row. */
export function OverlapTable({ picture: { overlap } }: { picture: SplitPicture }) {
  const { t } = useTranslation()
  const format = useFormat()
  const most = (key: 'users' | 'items') => Math.max(1, ...overlap.map((region) => region[key]))
  const counted = (key: 'users' | 'items'): Column<Overlap> => ({
    key,
    heading: t(`data.${key}`),
    align: 'right',
    cell: (region) => (
      <>
        <span className={styles.bar} style={{ width: (longest * region[key]) / most(key) }} aria-hidden="true" />
        {format.count(region[key])}
      </>
    ),
  })
  return (
    <Panel title={t('split.overlap')} flush>
      <DataTable
        label={t('split.overlap')}
        columns={[
          {
            key: 'parts',
            heading: t('split.occurIn'),
            cell: ({ parts }) => {
              const names = parts.map((part) => t(`split.parts.${part}`)).join(' + ')
              return parts.length === 1 ? t('split.only', { part: names }) : names
            },
          },
          counted('users'),
          counted('items'),
        ]}
        rows={overlap}
        keyOf={({ parts }) => parts.join()}
      />
    </Panel>
  )
}
