import { Button, Group } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { DatasetRecord } from '../../../../main/contract/records'
import { changeExperiment, useExperiment } from '../../../state/draft'
import type { FeatureLines } from '../../../state/features'
import { Panel } from '../../../widgets/panel'
import { Empty, Failure, Loading } from '../../../widgets/states'
import { Ablation } from './ablation'
import { AddFeature } from './add-feature'
import { AttributeTable } from './attribute-table'
import { FeatureList } from './feature-list'
import { featuresView, usePreview } from './use-preview'
import { VarianceCharts } from './variance-charts'

/** What models that learn from features are given of users and items. */
export function FeaturesRoom({ dataset }: { dataset: DatasetRecord }) {
  const { t } = useTranslation()
  const { draft } = useExperiment(dataset)
  const { answer, lines } = usePreview(dataset)
  const change = (features: FeatureLines | null, field: string | null = null) =>
    changeExperiment(dataset, { features }, field)
  if (answer.state === 'failed') return <Failure error={answer.error} onRetry={answer.retry} />
  if (!answer.value || !lines) return <Loading view={featuresView} />
  const { attributes, features } = answer.value
  if (attributes.length === 0) return <Empty title={t('features.noneTitle')} text={t('features.noneText')} />
  return (
    <>
      <Panel
        title={t('features.title')}
        note={draft.features ? t('features.note') : t('features.defaultsNote')}
        actions={
          <Group gap="sm">
            <AddFeature attributes={attributes} lines={lines} change={change} />
            {draft.features && (
              <Button variant="default" onClick={() => change(null)}>
                {t('features.useDefaults')}
              </Button>
            )}
            <Ablation dataset={dataset} lines={lines} />
          </Group>
        }
        flush
      >
        <FeatureList
          attributes={attributes}
          lines={lines}
          previews={features}
          change={change}
          busy={answer.state === 'loading'}
        />
      </Panel>
      <VarianceCharts lines={lines} previews={features} />
      <Panel title={t('features.attributes')} note={t('features.attributesNote')} flush>
        <AttributeTable attributes={attributes} lines={lines} />
      </Panel>
    </>
  )
}
