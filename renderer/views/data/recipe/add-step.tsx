import { Button, Menu, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { CleanStepId } from '../../../../main/contract/clean'
import type { DatasetRecord } from '../../../../main/contract/records'
import { stepsFor } from '../../../state/recipe-steps'
import styles from './recipe.module.css'

interface AddStepProps {
  dataset: DatasetRecord
  onAdd(step: CleanStepId): void
}

/** The steps that mean something on this data, each with what it does. */
export function AddStep({ dataset, onAdd }: AddStepProps) {
  const { t } = useTranslation()
  return (
    <Menu position="bottom-end" width={420}>
      <Menu.Target>
        <Button>{t('recipe.add')}</Button>
      </Menu.Target>
      <Menu.Dropdown className={styles.menu}>
        {stepsFor(dataset).map((step) => (
          <Menu.Item key={step} onClick={() => onAdd(step)}>
            <Text size="sm">{t(`recipe.steps.${step}.name`)}</Text>
            <Text size="xs" c="dimmed">
              {t(`recipe.steps.${step}.meaning`)}
            </Text>
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  )
}
