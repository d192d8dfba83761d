import { useTranslation } from 'react-i18next'
import type { AttributeSummary } from '../../../../main/contract/features'
import { useFormat } from '../../../locales/format'
import { columnsOf, type FeatureLines } from '../../../state/features'
import { type Column, DataTable } from '../../../widgets/data-table'

interface AttributeTableProps {
  attributes: readonly AttributeSummary[]
  lines: FeatureLines
}

/** What is known of items and users, before it is made features. */
export function AttributeTable({ attributes, lines }: AttributeTableProps) {
  const { t } = useTranslation()
  const format = useFormat()
  const usesOf = ({ of, name }: AttributeSummary) =>
    lines.filter(({ on, feature }) => {
      const side = feature.as === 'interests' ? 'items' : feature.of
      return on && side === of && columnsOf(feature).includes(name)
    })
  const columns: Column<AttributeSummary>[] = [
    {
      key: 'name',
      heading: t('features.attribute'),
      cell: ({ name }) => <bdi className="data">{name}</bdi>,
    },
    { key: 'of', heading: t('features.whose'), cell: ({ of }) => t(`features.of.${of}`) },
    {
      key: 'type',
      heading: t('features.type'),
      cell: ({ type }) => t(`features.types.${type}` as 'features.types.text'),
    },
    { key: 'rows', heading: t('features.rows'), align: 'right', cell: ({ rows }) => format.count(rows) },
    {
      key: 'distinct',
      heading: t('features.distinct'),
      align: 'right',
      cell: ({ distinct }) => format.count(distinct),
    },
    { key: 'missing', heading: t('features.missing'), align: 'right', cell: ({ missing }) => format.count(missing) },
    {
      key: 'uses',
      heading: t('features.used'),
      cell: (attribute) =>
        usesOf(attribute)
          .map(({ feature }) => t(`features.kinds.${feature.as}`))
          .join(', ') || '–',
    },
  ]
  return (
    <DataTable
      label={t('features.attributes')}
      columns={columns}
      rows={attributes}
      keyOf={({ of, name }) => `${of} ${name}`}
    />
  )
}
