import { Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { DatasetRecord } from '../../../../main/contract/records'
import { useFormat } from '../../../locales/format'
import { lineProblem, type RecipeLine, usedFields } from '../../../state/recipe'
import { type StepFields, stepForms } from '../../../state/recipe-steps'
import { LineField } from './line-field'
import styles from './recipe.module.css'

export interface LineFieldsProps {
  dataset: DatasetRecord
  line: RecipeLine
  /** `field` names what is being typed into; null for a choice, which is a step of its own. */
  onChange(fields: StepFields, field: string | null): void
}

/** The fields of a step that are in use, and what is still wrong with them. */
export function LineFields(props: LineFieldsProps) {
  const { dataset, line } = props
  const { t } = useTranslation()
  const format = useFormat()
  const problem = line.on ? lineProblem(line, dataset) : null
  return (
    <div className={styles.fields}>
      {usedFields(line, dataset).map((name) => (
        <LineField
          key={name}
          {...props}
          name={name}
          field={stepForms[line.step].fields[name]}
          error={problem?.field === name ? problem.problem : null}
        />
      ))}
      {problem?.field === null && (
        <Text size="xs" c="var(--mantine-color-error)" className={styles.note}>
          {t('recipe.unfinished')}
        </Text>
      )}
      {line.step === 'noise' && typeof line.fields.epsilon === 'number' && (
        <Text size="xs" c="dimmed" className={styles.note}>
          {t('recipe.epsilon', { odds: format.decimal(Math.exp(line.fields.epsilon), 2) })}
        </Text>
      )}
    </div>
  )
}
