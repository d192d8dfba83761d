import { Button, Menu } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { DatasetRecord } from '../../../../main/contract/records'
import { useExperiment } from '../../../state/draft'
import { useAction, useEngine } from '../../../state/engine'
import { ablationRequest } from '../../../state/experiment'
import type { FeatureLines } from '../../../state/features'
import { navigate } from '../../../state/router'
import { useWorkbench } from '../../../state/workbench'

/** Trains a model with all features and without each group of them. */
export function Ablation({ dataset, lines }: { dataset: DatasetRecord; lines: FeatureLines }) {
  const { t } = useTranslation()
  const engine = useEngine()
  const { draft } = useExperiment(dataset)
  const models = useWorkbench((state) => state.models)
  const able = models.filter(({ capabilities }) => capabilities.includes('features'))
  const start = useAction(async (model: string) => {
    await engine.call('features.ablate', ablationRequest(draft, dataset, models, model))
    navigate('compare')
  })
  const isOff = !lines.some(({ on }) => on)
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <Button variant="default" title={t('features.ablateHelp')} disabled={isOff} loading={start.busy}>
          {t('features.ablate')}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {able.map(({ id, name }) => (
          <Menu.Item key={id} onClick={() => start.run(id)}>
            {name}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  )
}
