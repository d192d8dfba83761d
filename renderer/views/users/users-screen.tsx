import { Button, MultiSelect } from '@mantine/core'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { DatasetRecord, RunRecord } from '../../../main/contract/records'
import { chooseListRuns, runsWithLists, shownRuns, useListRuns } from '../../state/list-runs'
import { consumeQuery, formatRoute, useRoute } from '../../state/router'
import { useWorkbench } from '../../state/workbench'
import { Screen } from '../../widgets/screen'
import { Empty } from '../../widgets/states'
import { History } from './history'
import { RunLists } from './run-lists'
import { UserSearch } from './user-search'
import styles from './users-screen.module.css'

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
  useUserOfAddress(setUser)
  const shown = shownRuns(runs, chosen, wanted)
  useEffect(() => {
    if (wanted) chooseListRuns(null)
  }, [wanted])
  return (
    <Screen
      title={t('users.title')}
      actions={
        <MultiSelect
          aria-label={t('users.runs')}
          placeholder={shown.length === 0 ? t('users.runsHint') : ''}
          w={520}
          searchable
          data={runs.map(({ id, name }) => ({ value: id, label: name }))}
          value={shown.map(({ id }) => id)}
          onChange={chooseListRuns}
        />
      }
    >
      <div className={styles.columns}>
        <div className={styles.user}>
          <UserSearch dataset={dataset} user={user} onChoose={setUser} />
          {user !== null && shown.length > 0 && <History key={`${shown[0].id} ${user}`} run={shown[0]} user={user} />}
        </div>
        {user === null && <Empty title={t('users.chooseTitle')} text={t('users.chooseText')} />}
        {user !== null && shown.length === 0 && <Empty title={t('users.runs')} text={t('users.noRuns')} />}
        {user !== null && shown.length > 0 && (
          <div className={styles.lists}>
            {shown.map((run) => (
              <RunLists key={`${run.id} ${user}`} run={run} user={user} />
            ))}
          </div>
        )}
      </div>
    </Screen>
  )
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
