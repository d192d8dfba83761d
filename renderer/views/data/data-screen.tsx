import { Button } from '@mantine/core'
import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { useAction, useEngine } from '../../state/engine'
import { openDraft, useImport } from '../../state/import'
import { consumeQuery, useRoute } from '../../state/router'
import { useWorkbench } from '../../state/workbench'
import { Screen } from '../../widgets/screen'
import { Home } from '../home/home'
import { DatasetList } from './dataset-list'
import { DatasetRooms } from './dataset-rooms'
import { ImportPanel } from './import/import-panel'
import { OpenButton } from './open-button'

/** Open data, see what was read, and say which dataset the other screens work on. */
export function DataScreen() {
  const { t } = useTranslation()
  const draft = useImport((state) => state.draft)
  const datasets = useWorkbench((state) => state.datasets)
  const inForce = useWorkbench((state) => state.datasetInForce)
  const dataset = inForce === null ? undefined : datasets.get(inForce)
  useFileOfAddress()

  const isEmpty = datasets.size === 0 && !draft
  return (
    <Screen title={t('data.title')} actions={!isEmpty && <OpenActions />}>
      {isEmpty && <Home />}
      {draft && <ImportPanel key={draft.paths[0]} draft={draft} />}
      {datasets.size > 0 && <DatasetList />}
      {dataset && <DatasetRooms key={dataset.id} dataset={dataset} />}
    </Screen>
  )
}

/** Opens the file that the address names, once. */
function useFileOfAddress() {
  const file = useRoute().query.get('open')
  useEffect(() => {
    if (!file) return
    consumeQuery('open')
    openDraft(file)
  }, [file])
}

function OpenActions() {
  const { t } = useTranslation()
  const engine = useEngine()
  const sample = useAction(async () => {
    await engine.call('datasets.sample', {})
  })
  return (
    <>
      <OpenButton />
      <Button variant="default" loading={sample.busy} onClick={() => sample.run()}>
        {t('data.sample')}
      </Button>
    </>
  )
}
