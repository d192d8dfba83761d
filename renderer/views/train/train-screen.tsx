import { Button } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { DatasetRecord } from '../../../main/contract/records'
import { useExperiment } from '../../state/draft'
import { formatRoute } from '../../state/router'
import { useSplitPreview } from '../../state/split-preview'
import { useWorkbench } from '../../state/workbench'
import { Screen } from '../../widgets/screen'
import { Empty } from '../../widgets/states'
import { GoodDefaults } from '../plan/good-defaults'
import { CleanPanel } from './clean-panel'
import { EvaluationPanel } from './evaluation-panel'
import { ImportButton } from './import-button'
import { ModelsPanel } from './models-panel'
import { RunsPanel } from './runs-panel'
import { SplitPanel } from './split-panel'
import { StartButton } from './start-button'
import styles from './train-screen.module.css'

/** Say how the data is cut and judged, choose models, start, and watch them train. */
export function TrainScreen() {
  const { t } = useTranslation()
  const dataset = useWorkbench(({ datasets, datasetInForce }) =>
    datasetInForce === null ? undefined : datasets.get(datasetInForce),
  )
  if (dataset) return <Experiment key={dataset.id} dataset={dataset} />
  return (
    <Screen title={t('train.title')}>
      <Empty title={t('train.noDataTitle')} text={t('train.noDataText')}>
        <Button component="a" href={formatRoute('data')}>
          {t('train.toData')}
        </Button>
      </Empty>
    </Screen>
  )
}

function Experiment({ dataset }: { dataset: DatasetRecord }) {
  const { t } = useTranslation()
  const { draft, change } = useExperiment(dataset)
  const form = { dataset, draft, change }
  const preview = useSplitPreview(dataset, draft)
  return (
    <Screen
      title={t('train.title')}
      actions={
        <>
          <GoodDefaults dataset={dataset} />
          <ImportButton {...form} />
          <StartButton {...form} preview={preview} />
        </>
      }
    >
      <div className={styles.columns}>
        <div className={styles.form}>
          <ModelsPanel {...form} preview={preview} />
          <CleanPanel {...form} />
          <EvaluationPanel {...form} />
          {/* The last one: how much it says is known only when the split is. */}
          <SplitPanel {...form} preview={preview} />
        </div>
        <RunsPanel dataset={dataset} />
      </div>
    </Screen>
  )
}
