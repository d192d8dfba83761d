import { Anchor, Badge, Checkbox, Group, Stack, Text } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { memo, type ReactNode, useId } from 'react'
import { useTranslation } from 'react-i18next'
import type { DeviceId } from '../../../main/contract/devices'
import type { Estimate, Offer } from '../../../main/contract/estimates'
import type { ModelDescription, ParameterValue } from '../../../main/contract/parameters'
import type { DatasetRecord } from '../../../main/contract/records'
import { useSay } from '../../locales/say'
import { changeExperiment, readExperiment } from '../../state/draft'
import { withOffer } from '../../state/estimates'
import { type FormProblem, isMadeOfRuns, type ValidationProblem } from '../../state/experiment'
import { ModelCost } from './model-cost'
import styles from './models-panel.module.css'
import { ParameterFields } from './parameter-fields'
import { PresetSelect } from './preset-select'

interface ModelCardProps {
  dataset: DatasetRecord
  model: ModelDescription
  chosen: boolean
  values: Readonly<Record<string, ParameterValue>>
  /** Undefined until it is known, and while a parameter is not finished. */
  estimate: Estimate | undefined
  /** The card that it would be computed on; null for the processor. */
  card: DeviceId | null
  /** What is asked of the validation part and cannot be had; null where nothing is. */
  problem: ValidationProblem | null
  /** Whether it is the one of the list at which Tab stops; arrow keys lead to the others. */
  isCurrent: boolean
  /** What else is to be chosen for it once it is chosen itself. */
  children?: ReactNode
}

/** The problem at the parameters that ask for what cannot be had. */
function refusedBy({ name, needsValidation = {} }: ModelDescription, kind: ValidationProblem): FormProblem[] {
  return Object.keys(needsValidation).map((field) => ({ field, model: name, problem: { kind } }))
}

/** A model to choose: what it does and costs, its preset; once chosen or opened what it assumes, and its parameters. */
export const ModelCard = memo(function ModelCard({
  dataset,
  model,
  chosen,
  values,
  estimate,
  card,
  problem,
  isCurrent,
  children,
}: ModelCardProps) {
  const [opened, parameters] = useDisclosure(false)
  const description = useId()
  const { choose, put, take } = actionsOn(dataset, model)
  const tabIndex = isCurrent ? 0 : -1
  return (
    <li className={styles.model}>
      <Group gap="sm" wrap="nowrap">
        <Choice model={model} chosen={chosen} description={description} tabIndex={tabIndex} onChoose={choose} />
        {model.presets.length > 1 && <PresetSelect model={model} values={values} tabIndex={tabIndex} onValues={put} />}
        <ParameterToggle model={model} opened={opened} tabIndex={tabIndex} onToggle={parameters.toggle} />
      </Group>
      <Stack id={description} gap={2} pl={24}>
        <About model={model} isWhole={chosen || opened} />
        {!isMadeOfRuns(model) && <ModelCost estimate={estimate} card={card} onOffer={take} />}
      </Stack>
      {chosen && children}
      {opened && (
        <Stack gap="sm" p="sm" pl={28}>
          <ParameterFields
            parameters={model.parameters}
            values={values}
            refused={problem ? refusedBy(model, problem) : []}
            onChange={put}
          />
        </Stack>
      )}
    </li>
  )
})

interface ChoiceProps {
  model: ModelDescription
  chosen: boolean
  /** The id of what describes it. */
  description: string
  tabIndex: number
  onChoose(isChosen: boolean): void
}

function Choice({ model, chosen, description, tabIndex, onChoose }: ChoiceProps) {
  const say = useSay()
  return (
    <>
      <Checkbox
        className={styles.choice}
        checked={chosen}
        label={say(model.name)}
        aria-describedby={description}
        tabIndex={tabIndex}
        data-roving
        onChange={(event) => onChoose(event.currentTarget.checked)}
      />
      <Badge variant="default" size="sm" tt="none" fw={400}>
        {say(model.family)}
      </Badge>
    </>
  )
}

interface ToggleProps {
  model: ModelDescription
  opened: boolean
  tabIndex: number
  onToggle(): void
}

function ParameterToggle({ model, opened, tabIndex, onToggle }: ToggleProps) {
  const { t } = useTranslation()
  const say = useSay()
  const count = model.parameters.length
  if (count === 0) {
    return (
      <Text size="xs" c="dimmed" className={styles.toggle}>
        {t('train.models.noParameters')}
      </Text>
    )
  }
  return (
    <Anchor
      component="button"
      type="button"
      size="xs"
      className={styles.toggle}
      tabIndex={tabIndex}
      data-roving
      aria-expanded={opened}
      aria-label={`${say(model.name)}: ${t('train.models.parameters', { count })}`}
      onClick={onToggle}
    >
      {t('train.models.parameters', { count })}
    </Anchor>
  )
}

/** What the model does; what it assumes and where it does well too where that is wanted. */
function About({ model, isWhole }: { model: ModelDescription; isWhole: boolean }) {
  const { t } = useTranslation()
  const say = useSay()
  return (
    <>
      <Text size="xs" c="dimmed">
        {say(model.summary)}
      </Text>
      {isWhole && (
        <Text size="xs" c="dimmed">
          {say(model.assumes)} {say(model.suits)} {t('train.models.source', { source: model.source })}
        </Text>
      )}
    </>
  )
}

/** What a card changes of the form as it stands then. */
function actionsOn(dataset: DatasetRecord, { id }: ModelDescription) {
  const draft = () => readExperiment(dataset)
  return {
    choose(isChosen: boolean) {
      const others = draft().models.filter((other) => other !== id)
      changeExperiment(dataset, { models: isChosen ? [...others, id] : others })
    },
    put(values: Record<string, ParameterValue>) {
      changeExperiment(dataset, { parameters: { ...draft().parameters, [id]: values } })
    },
    take(offer: Offer) {
      changeExperiment(dataset, withOffer(draft(), id, offer))
    },
  }
}
