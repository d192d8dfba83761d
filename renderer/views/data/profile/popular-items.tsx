import { useTranslation } from 'react-i18next'
import type { PopularItem } from '../../../../main/contract/exploration'
import { useFormat } from '../../../locales/format'
import { type Column, DataTable } from '../../../widgets/data-table'
import { Panel } from '../../../widgets/panel'
import { ShareBar } from '../../../widgets/share-bar'
import { ItemName } from '../../users/item-name'
import type { View } from './view'

/** The items with the most interactions of those that are left. */
export function PopularItems({ view: { part } }: { view: View }) {
  const { t } = useTranslation()
  const format = useFormat()
  if (!part.popularItems) return null
  const hasRatings = part.popularItems.some(({ meanRating }) => meanRating !== null)
  const columns: Column<PopularItem>[] = [
    {
      key: 'item',
      heading: t('profile.item'),
      grow: true,
      cell: ({ item, title }) => <ItemName item={item} title={title} />,
    },
    {
      key: 'interactions',
      heading: t('data.interactions'),
      align: 'right',
      cell: ({ interactions }) => (
        <ShareBar share={interactions / (part.popularItems?.[0].interactions ?? 1)} text={format.count(interactions)} />
      ),
    },
    { key: 'users', heading: t('data.users'), align: 'right', cell: ({ users }) => format.count(users) },
  ]
  const mean: Column<PopularItem> = {
    key: 'mean',
    heading: t('profile.meanRating'),
    align: 'right',
    cell: ({ meanRating }) => (meanRating === null ? '–' : format.decimal(meanRating, 2)),
  }
  return (
    <Panel title={t('profile.popular')} flush>
      <DataTable
        label={t('profile.popular')}
        columns={hasRatings ? [...columns, mean] : columns}
        rows={part.popularItems}
        keyOf={({ item }) => item}
        maximumHeight={300}
      />
    </Panel>
  )
}
