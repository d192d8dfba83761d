import { Button, Group, Stack, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { CleanStepId } from '../../../../main/contract/clean'
import type { DatasetRecord } from '../../../../main/contract/records'
import { addStep } from '../../../state/draft'
import { stepsFor } from '../../../state/recipe-steps'
import { navigate } from '../../../state/router'
import { Panel } from '../../../widgets/panel'
import { AnonymityPanel } from './anonymity-panel'
import { PseudonymsPanel } from './pseudonyms-panel'

/** Who could be recognised in the data, and what can be done about it. */
export function PrivacyRoom({ dataset }: { dataset: DatasetRecord }) {
  return (
    <>
      <PseudonymsPanel dataset={dataset} />
      <AnonymityPanel dataset={dataset} />
      <StepsPanel dataset={dataset} />
    </>
  )
}

const helpful: readonly CleanStepId[] = ['coarsen-time', 'drop-columns', 'noise']

/** The steps of a recipe that make people harder to recognise. */
function StepsPanel({ dataset }: { dataset: DatasetRecord }) {
  const { t } = useTranslation()
  const steps = stepsFor(dataset).filter((step) => helpful.includes(step))
  function add(step: CleanStepId) {
    addStep(dataset, step)
    navigate('data', { room: 'recipe' })
  }
  return (
    <Panel title={t('privacy.steps')} note={t('privacy.stepsNote')}>
      <Stack gap="sm">
        {steps.map((step) => (
          <Group key={step} gap="md" wrap="nowrap">
            <Button variant="default" miw={150} onClick={() => add(step)}>
              {t(`recipe.steps.${step}.name`)}
            </Button>
            <Text size="sm" c="dimmed">
              {t(`recipe.steps.${step}.meaning`)}
            </Text>
          </Group>
        ))}
      </Stack>
    </Panel>
  )
}
