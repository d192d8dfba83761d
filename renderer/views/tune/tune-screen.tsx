import { Button } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { formatRoute, useRoute } from '../../state/router'
import { newestFirst, useWorkbench } from '../../state/workbench'
import { Screen } from '../../widgets/screen'
import { Empty } from '../../widgets/states'
import { NewStudy } from './new-study'
import { StudyList } from './study-list'
import { StudyPage } from './study-page'

/** A new study and those there are; or one of them. */
export function TuneScreen() {
  const { t } = useTranslation()
  const id = useRoute().query.get('id')
  const study = useWorkbench(({ studies }) => (id === null ? undefined : studies.get(id)))
  if (study) return <StudyPage key={study.id} study={study} />
  if (id === null) return <TuneHome />
  return (
    <Screen title={t('tune.title')}>
      <Empty title={t('tune.study.missingTitle')} text={t('tune.study.missingText')}>
        <Button component="a" href={formatRoute('tune')}>
          {t('tune.study.all')}
        </Button>
      </Empty>
    </Screen>
  )
}

function TuneHome() {
  const { t } = useTranslation()
  const dataset = useWorkbench(({ datasets, datasetInForce }) => datasets.get(datasetInForce ?? ''))
  const all = useWorkbench(({ studies }) => studies)
  if (!dataset) {
    return (
      <Screen title={t('tune.title')}>
        <Empty title={t('tune.noDataTitle')} text={t('tune.noDataText')}>
          <Button component="a" href={formatRoute('data')}>
            {t('tune.toData')}
          </Button>
        </Empty>
      </Screen>
    )
  }
  const studies = newestFirst(all.values()).filter(({ datasetId }) => datasetId === dataset.id)
  return (
    <Screen title={t('tune.title')}>
      <NewStudy key={dataset.id} dataset={dataset} />
      <StudyList studies={studies} />
    </Screen>
  )
}
