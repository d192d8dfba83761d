import { Anchor, Badge, Checkbox, Collapse, Group, Stack, Text } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { type ReactNode, useId } from 'react'
import { useTranslation } from 'react-i18next'
import type { DeviceId } from '../../../main/contract/devices'
import type { Estimate, Offer } from '../../../main/contract/estimates'
import type { ModelDescription, ParameterValue } from '../../../main/contract/parameters'
import { useSay } from '../../locales/say'
import type { FormProblem, ValidationProblem } from '../../state/experiment'
import { ModelCost } from './model-cost'
import styles from './models-panel.module.css'
import { ParameterFields } from './parameter-fields'
import { PresetSelect } from './preset-select'

interface ModelCardProps {
  model: ModelDescription
  chosen: boolean
  values: Readonly<Record<string, ParameterValue>>
  /** Undefined until it is known, and while a parameter is not finished. */
  estimate: Estimate | undefined
  /** What it would be computed on where that is not the processor; else null. */
  elsewhere: DeviceId | null
  /** What is asked of the validation part and cannot be had; null where nothing is. */
  problem: ValidationProblem | null
  onChoose(chosen: boolean): void
  onValues(values: Record<string, ParameterValue>): void
  onOffer(offer: Offer): void
  /** What else is to be chosen for it once it is chosen itself. */
  children?: ReactNode
}

/** The problem at the parameters that ask for what cannot be had. */
function refusedBy({ name, needsValidation = {} }: ModelDescription, kind: ValidationProblem): FormProblem[] {
  return Object.keys(needsValidation).map((field) => ({ field, model: name, problem: { kind } }))
}

/** A model to choose: what it does and costs, its preset; once chosen or opened what it assumes, and its parameters. */
export function ModelCard({
  model,
  chosen,
  values,
  estimate,
  elsewhere,
  problem,
  onChoose,
  onValues,
  onOffer,
  children,
}: ModelCardProps) {
  const { t } = useTranslation()
  const say = useSay()
  const [opened, parameters] = useDisclosure(false)
  const description = useId()
  return (
    <li className={styles.model}>
      <Group gap="sm" wrap="nowrap">
        <Checkbox
          className={styles.choice}
          checked={chosen}
          label={say(model.name)}
          aria-describedby={description}
          onChange={(event) => onChoose(event.currentTarget.checked)}
        />
        <Badge variant="default" size="sm" tt="none" fw={400}>
          {say(model.family)}
        </Badge>
        {model.presets.length > 1 && <PresetSelect model={model} values={values} onValues={onValues} />}
        {model.parameters.length > 0 ? (
          <Anchor
            component="button"
            type="button"
            size="xs"
            className={styles.toggle}
            aria-expanded={opened}
            aria-label={`${say(model.name)}: ${t('train.models.parameters', { count: model.parameters.length })}`}
            onClick={parameters.toggle}
          >
            {t('train.models.parameters', { count: model.parameters.length })}
          </Anchor>
        ) : (
          <Text size="xs" c="dimmed" className={styles.toggle}>
            {t('train.models.noParameters')}
          </Text>
        )}
      </Group>
      <Stack id={description} gap={2} pl={24}>
        <Text size="xs" c="dimmed">
          {say(model.summary)}
        </Text>
        {(chosen || opened) && (
          <Text size="xs" c="dimmed">
            {say(model.assumes)} {say(model.suits)} {t('train.models.source', { source: model.source })}
          </Text>
        )}
        {estimate && <ModelCost estimate={estimate} elsewhere={elsewhere} onOffer={onOffer} />}
      </Stack>
      {chosen && children}
      <Collapse expanded={opened} transitionDuration={0}>
        <Stack gap="sm" p="sm" pl={28}>
          <ParameterFields
            parameters={model.parameters}
            values={values}
            refused={problem ? refusedBy(model, problem) : []}
            onChange={onValues}
          />
        </Stack>
      </Collapse>
    </li>
  )
}
