import { Button, Group, Text } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { DatasetRecord } from '../../../../main/contract/records'
import { useFormat } from '../../../locales/format'
import { addStep, changeExperiment, useExperiment } from '../../../state/draft'
import { type Recipe, stepsOf } from '../../../state/recipe'
import { formatRoute } from '../../../state/router'
import { Hash } from '../../../widgets/hash'
import { Panel } from '../../../widgets/panel'
import { Failure } from '../../../widgets/states'
import { AddStep } from './add-step'
import { RecipeList } from './recipe-list'
import { SqlDialog } from './sql-dialog'
import { type Effects, useEffects } from './use-effects'

/** The cleaning recipe in work: what each step does to the data, in numbers. Train works on what it leaves. */
export function RecipeRoom({ dataset }: { dataset: DatasetRecord }) {
  const { t } = useTranslation()
  const { draft } = useExperiment(dataset)
  const recipe = draft.clean
  const change = (next: Recipe, field: string | null = null) => changeExperiment(dataset, { clean: next }, field)
  const effects = useEffects(dataset.id, stepsOf(recipe, dataset))
  return (
    <Panel
      title={t('recipe.title')}
      note={t('recipe.note')}
      actions={
        <Group gap="sm">
          <AddStep dataset={dataset} onAdd={(step) => addStep(dataset, step)} />
          <Button component="a" variant="default" href={formatRoute('train')}>
            {t('recipe.train')}
          </Button>
        </Group>
      }
    >
      <RecipeList dataset={dataset} recipe={recipe} effects={effects} change={change} />
      {effects.state === 'failed' && effects.error && <Failure error={effects.error} onRetry={effects.retry} />}
      <Foot effects={effects} steps={stepsOf(recipe, dataset).length} onStop={effects.stop} />
    </Panel>
  )
}

interface FootProps {
  effects: Effects
  /** How many are to be counted. */
  steps: number
  onStop(): void
}

/** How far counting is, the fingerprint of what is left, and the SQL. */
function Foot({ effects: { state, preview }, steps, onStop }: FootProps) {
  const { t } = useTranslation()
  const format = useFormat()
  const [isSqlShown, showSql] = useState(false)
  const counted = preview?.steps.length ?? 0
  return (
    <Group justify="space-between" gap="sm" mt="md" mih={30}>
      <Group gap="sm" role="status">
        {state === 'counting' && steps > 0 && (
          <>
            <Text size="sm" c="dimmed">
              {t('recipe.counting', { step: format.count(Math.min(counted + 1, steps)), count: steps })}
            </Text>
            <Button variant="default" onClick={onStop}>
              {t('recipe.stop')}
            </Button>
          </>
        )}
        {state === 'stopped' && (
          <Text size="sm" c="dimmed">
            {t('recipe.stopped')}
          </Text>
        )}
        {state === 'ready' && preview?.contentHash && (
          <>
            <Text size="sm" c="dimmed" title={t('recipe.hashHelp')}>
              {t('recipe.hash')}
            </Text>
            <Hash value={preview.contentHash} />
          </>
        )}
      </Group>
      {preview && preview.steps.length > 0 && (
        <Button variant="default" onClick={() => showSql(true)}>
          {t('recipe.sql')}
        </Button>
      )}
      {preview && <SqlDialog steps={preview.steps} opened={isSqlShown} onClose={() => showSql(false)} />}
    </Group>
  )
}
