import { Button, MultiSelect, SegmentedControl } from '@mantine/core'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { DatasetRecord, RunRecord } from '../../../main/contract/records'
import type { ListRules } from '../../../main/contract/sandbox'
import { chooseListRuns, runsWithLists, shownRuns, useListRuns } from '../../state/list-runs'
import { consumeQuery, formatRoute, useQueryValue, useRoute } from '../../state/router'
import { openRoom, roomOf, type UsersRoom, usersRooms } from '../../state/users-rooms'
import { useWorkbench } from '../../state/workbench'
import { Screen } from '../../widgets/screen'
import { Empty } from '../../widgets/states'
import { ColdStart } from './cold-start'
import { ItemRoom } from './item-page'
import { noRules, RulesPanel } from './rules-panel'
import { UserLists } from './user-lists'
import { WhatIf } from './what-if'

/** One user's history beside what each run recommends to them. */
export function UsersScreen() {
  const { t } = useTranslation()
  const wanted = useRoute().query.get('run')
  const all = useWorkbench((state) => state.runs)
  const inForce = useWorkbench((state) => state.datasetInForce)
  const datasets = useWorkbench((state) => state.datasets)
  const wantedRun = wanted === null ? undefined : all.get(wanted)
  const dataset = datasets.get(wantedRun?.datasetId ?? inForce ?? '')
  const runs = runsWithLists({ runs: all }, dataset?.id)
  if (dataset && runs.length > 0) {
    return <Lists key={`${dataset.id} ${wanted}`} dataset={dataset} runs={runs} wanted={wantedRun} />
  }
  return (
    <Screen title={t('users.title')}>
      <Empty title={t('users.emptyTitle')} text={t('users.emptyText')}>
        <Button component="a" href={formatRoute(dataset ? 'train' : 'data')}>
          {dataset ? t('compare.toTrain') : t('train.toData')}
        </Button>
      </Empty>
    </Screen>
  )
}

interface ListsProps {
  dataset: DatasetRecord
  /** All that are trained on the dataset, the newest first. */
  runs: RunRecord[]
  wanted: RunRecord | undefined
}

function Lists({ dataset, runs, wanted }: ListsProps) {
  const { t } = useTranslation()
  const chosen = useListRuns((state) => state.chosen)
  const [user, setUser] = useState<string | null>(null)
  const [rules, setRules] = useState(noRules)
  const room = roomOf(useQueryValue('room'))
  useUserOfAddress(setUser)
  const shown = shownRuns(runs, chosen, wanted)
  useEffect(() => {
    if (wanted) chooseListRuns(null)
  }, [wanted])
  return (
    <Screen
      title={t('users.title')}
      actions={
        <>
          <SegmentedControl
            aria-label={t('lists.rooms')}
            size="xs"
            data={usersRooms.map((value) => ({ value, label: t(`lists.room.${value}`) }))}
            value={room}
            onChange={(value) => openRoom(value as UsersRoom)}
          />
          <MultiSelect
            aria-label={t('users.runs')}
            placeholder={shown.length === 0 ? t('users.runsHint') : ''}
            w="clamp(260px, 35vw, 500px)"
            searchable
            data={runs.map(({ id, name }) => ({ value: id, label: name }))}
            value={shown.map(({ id }) => id)}
            onChange={chooseListRuns}
          />
        </>
      }
    >
      {shown.length === 0 && <Empty title={t('users.runs')} text={t('users.noRuns')} />}
      {shown.length > 0 && (
        <Room
          room={room}
          dataset={dataset}
          runs={shown}
          user={user}
          onUser={setUser}
          rules={rules}
          onRules={setRules}
        />
      )}
    </Screen>
  )
}

interface RoomProps {
  room: UsersRoom
  dataset: DatasetRecord
  runs: RunRecord[]
  user: string | null
  onUser(user: string): void
  rules: ListRules
  onRules(rules: ListRules): void
}

function Room({ room, dataset, runs, user, onUser, rules, onRules }: RoomProps) {
  const item = useRoute().query.get('item')
  if (room === 'item') return <ItemRoom runs={runs} item={item} />
  if (room === 'cold') return <ColdStart runs={runs} />
  if (room === 'whatIf') {
    return (
      <>
        <RulesPanel runs={runs} rules={rules} onChange={onRules} />
        <WhatIf runs={runs} user={user} rules={rules} />
      </>
    )
  }
  return <UserLists dataset={dataset} runs={runs} user={user} onUser={onUser} rules={rules} onRules={onRules} />
}

/** Chooses the user that the address names, once. */
function useUserOfAddress(choose: (user: string) => void) {
  const user = useRoute().query.get('user')
  // biome-ignore lint/correctness/useExhaustiveDependencies: only the address asks
  useEffect(() => {
    if (user === null) return
    consumeQuery('user')
    choose(user)
  }, [user])
}
