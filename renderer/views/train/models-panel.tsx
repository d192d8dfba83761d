import { Anchor, Badge, Button, Checkbox, Collapse, Group, Stack, Text } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { useId } from 'react'
import { useTranslation } from 'react-i18next'
import type { ModelDescription, ParameterValue } from '../../../main/contract/parameters'
import { useSay } from '../../locales/say'
import { useWorkbench } from '../../state/workbench'
import { Panel } from '../../widgets/panel'
import type { FormProps } from './form'
import styles from './models-panel.module.css'
import { ParameterFields } from './parameter-fields'

/** The models that can be trained, each with its parameters. */
export function ModelsPanel({ draft, change }: FormProps) {
  const { t } = useTranslation()
  const models = useWorkbench((state) => state.models)
  return (
    <Panel title={t('train.models.title')} flush>
      <ul className={styles.models}>
        {models.map((model) => (
          <ModelCard
            key={model.id}
            model={model}
            chosen={draft.models.includes(model.id)}
            values={draft.parameters[model.id] ?? {}}
            onChoose={(chosen) =>
              change({ models: [...draft.models.filter((id) => id !== model.id), ...(chosen ? [model.id] : [])] })
            }
            onValues={(values) => change({ parameters: { ...draft.parameters, [model.id]: values } })}
          />
        ))}
      </ul>
    </Panel>
  )
}

interface ModelCardProps {
  model: ModelDescription
  chosen: boolean
  values: Readonly<Record<string, ParameterValue>>
  onChoose(chosen: boolean): void
  onValues(values: Record<string, ParameterValue>): void
}

function ModelCard({ model, chosen, values, onChoose, onValues }: ModelCardProps) {
  const { t } = useTranslation()
  const say = useSay()
  const [opened, parameters] = useDisclosure(false)
  const description = useId()
  const changed = Object.keys(values).length > 0
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
      <Text id={description} size="xs" c="dimmed" pl={24}>
        {say(model.summary)} {t('train.models.source', { source: model.source })}
      </Text>
      <Collapse expanded={opened} transitionDuration={0}>
        <Stack gap="sm" p="sm" pl={28}>
          <ParameterFields parameters={model.parameters} values={values} onChange={onValues} />
          {changed && (
            <Group>
              <Button variant="default" onClick={() => onValues({})}>
                {t('train.models.reset')}
              </Button>
            </Group>
          )}
        </Stack>
      </Collapse>
    </li>
  )
}
