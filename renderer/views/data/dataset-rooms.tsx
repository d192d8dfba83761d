import { Stack, Tabs } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { DatasetRecord } from '../../../main/contract/records'
import { navigate, useRoute } from '../../state/router'
import { rooms } from './rooms'

/** The rooms of a dataset as tabs; the address says which one is open. */
export function DatasetRooms({ dataset }: { dataset: DatasetRecord }) {
  const { t } = useTranslation()
  const wanted = useRoute().query.get('room')
  const open = rooms.find(({ id }) => id === wanted) ?? rooms[0]
  return (
    <Tabs value={open.id} onChange={(id) => id && navigate('data', { room: id })} keepMounted={false}>
      <Tabs.List aria-label={t('data.rooms.label')} mb="md">
        {rooms.map(({ id }) => (
          <Tabs.Tab key={id} value={id}>
            {t(`data.rooms.${id}`)}
          </Tabs.Tab>
        ))}
      </Tabs.List>
      <Tabs.Panel value={open.id}>
        <Stack gap="md">
          <open.Room dataset={dataset} />
        </Stack>
      </Tabs.Panel>
    </Tabs>
  )
}
