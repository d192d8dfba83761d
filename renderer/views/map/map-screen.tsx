import { Button } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { DatasetRecord, RunRecord } from '../../../main/contract/records'
import { runsWithLists } from '../../state/list-runs'
import { useMaps } from '../../state/maps'
import { formatRoute, useQueryValue } from '../../state/router'
import { useWorkbench } from '../../state/workbench'
import { Screen } from '../../widgets/screen'
import { Empty, Failure, Loading } from '../../widgets/states'
import { MapRoom } from './map-room'
import { NewMap } from './new-map'

/** Items and users of the dataset in force as maps. */
export function MapScreen() {
  const { t } = useTranslation()
  const dataset = useWorkbench(({ datasets, datasetInForce }) => datasets.get(datasetInForce ?? ''))
  const all = useWorkbench((state) => state.runs)
  const runs = runsWithLists({ runs: all }, dataset?.id)
  return (
    <Screen title={t('map.title')}>
      {dataset && runs.length > 0 ? (
        <Maps key={dataset.id} dataset={dataset} runs={runs} />
      ) : (
        <Empty title={t('map.emptyTitle')} text={t('map.emptyText')}>
          <Button component="a" href={formatRoute(dataset ? 'train' : 'data')}>
            {dataset ? t('compare.toTrain') : t('train.toData')}
          </Button>
        </Empty>
      )}
    </Screen>
  )
}

function Maps({ dataset, runs }: { dataset: DatasetRecord; runs: RunRecord[] }) {
  const { t } = useTranslation()
  const wanted = useQueryValue('id')
  const { maps, ...answer } = useMaps(dataset.id)
  const [isDeleted, setDeleted] = useState(false)
  const shown = maps?.find(({ id }) => id === wanted) ?? maps?.[0]
  return (
    <>
      <NewMap runs={runs} />
      {answer.state === 'failed' && <Failure error={answer.error} onRetry={answer.retry} />}
      {answer.state === 'loading' && !maps && <Loading />}
      {maps?.length === 0 && <Empty title={t('map.noneTitle')} text={t('map.noneText')} />}
      {maps && shown && (
        <MapRoom key={shown.id} {...{ dataset, maps, shown, isDeleted }} onDelete={() => setDeleted(true)} />
      )}
    </>
  )
}
