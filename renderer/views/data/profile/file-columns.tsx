import { useTranslation } from 'react-i18next'
import type { ColumnProfile } from '../../../../main/contract/records'
import { useFormat } from '../../../locales/format'
import { type Column, DataTable } from '../../../widgets/data-table'
import { Panel } from '../../../widgets/panel'
import styles from './profile.module.css'

/** What the file's own columns hold. */
export function FileColumns({ columns }: { columns: ColumnProfile[] }) {
  const { t } = useTranslation()
  const format = useFormat()
  const shown: Column<ColumnProfile>[] = [
    { key: 'name', heading: t('data.profile.column'), cell: ({ name }) => <span className="data">{name}</span> },
    { key: 'type', heading: t('data.profile.type'), cell: ({ type }) => t(`data.profile.types.${type}`) },
    {
      key: 'missing',
      heading: t('data.profile.missing'),
      align: 'right',
      cell: ({ missing }) => format.count(missing),
    },
    {
      key: 'distinct',
      heading: t('data.profile.distinct'),
      align: 'right',
      cell: ({ distinct }) => format.count(distinct),
    },
    {
      key: 'range',
      heading: t('data.profile.range'),
      align: 'right',
      cell: ({ minimum, maximum }) =>
        minimum === null || maximum === null ? (
          ''
        ) : (
          <span className={`${styles.range} clipped`}>{`${minimum} – ${maximum}`}</span>
        ),
    },
  ]
  return (
    <Panel title={t('data.profile.columns')} flush>
      <DataTable
        label={t('data.profile.columns')}
        columns={shown}
        rows={columns}
        keyOf={(_, index) => String(index)}
        maximumHeight={320}
      />
    </Panel>
  )
}
