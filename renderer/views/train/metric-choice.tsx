import { Anchor, Button, Checkbox, Fieldset, Group, Select, Stack, Text } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { useTranslation } from 'react-i18next'
import { defaultMetricIds, type MetricId, metricIds } from '../../../main/contract/experiment'
import type { FormProps } from './form'

const groups = ['lists', 'candidates', 'beyond', 'ratings'] as const
const groupOf: Record<MetricId, (typeof groups)[number]> = {
  precision: 'lists',
  recall: 'lists',
  'capped-recall': 'lists',
  f1: 'lists',
  'hit-rate': 'lists',
  ndcg: 'lists',
  'graded-ndcg': 'lists',
  map: 'lists',
  mrr: 'lists',
  'r-precision': 'candidates',
  auc: 'candidates',
  'log-loss': 'candidates',
  coverage: 'beyond',
  gini: 'beyond',
  entropy: 'beyond',
  'average-popularity': 'beyond',
  novelty: 'beyond',
  personalisation: 'beyond',
  diversity: 'beyond',
  serendipity: 'beyond',
  calibration: 'beyond',
  faithfulness: 'beyond',
  rmse: 'ratings',
  mae: 'ratings',
  accuracy: 'ratings',
}
const byAttribute: readonly string[] = ['diversity', 'calibration'] satisfies MetricId[]

/** The metrics that are computed; each one says its formula where the pointer rests. */
export function MetricChoice({ dataset, draft, change }: FormProps) {
  const { t } = useTranslation()
  const [opened, { toggle }] = useDisclosure(false)
  const chosen = metricIds.filter((id) => draft.metrics.includes(id))
  return (
    <Stack gap="xs">
      <Group gap="md">
        <Button variant="default" size="xs" aria-expanded={opened} onClick={toggle}>
          {t('metricChoice.title', { count: chosen.length, all: metricIds.length })}
        </Button>
        {chosen.join() !== defaultMetricIds.join() && (
          <Anchor component="button" type="button" size="xs" onClick={() => change({ metrics: defaultMetricIds })}>
            {t('metricChoice.usual')}
          </Anchor>
        )}
        {chosen.length === 0 && (
          <Text size="xs" c="red">
            {t('train.problems.noMetric')}
          </Text>
        )}
      </Group>
      {opened && (
        <Checkbox.Group value={[...chosen]} onChange={(metrics) => change({ metrics })}>
          <Stack gap="xs">
            {groups.map((group) => (
              <MetricGroup key={group} group={group} />
            ))}
          </Stack>
        </Checkbox.Group>
      )}
      {chosen.some((id) => byAttribute.includes(id)) && (
        <ItemAttribute dataset={dataset} draft={draft} change={change} />
      )}
    </Stack>
  )
}

function MetricGroup({ group }: { group: (typeof groups)[number] }) {
  const { t } = useTranslation()
  return (
    <Fieldset legend={<Text size="xs">{t(`metricChoice.groups.${group}`)}</Text>} p="xs">
      <Group gap="md">
        {metricIds
          .filter((id) => groupOf[id] === group)
          .map((id) => (
            <Checkbox
              key={id}
              value={id}
              size="xs"
              label={t(`metrics.${id}.name`)}
              title={`${t(`metrics.${id}.formula`)}. ${t(`metrics.${id}.meaning`)}`}
            />
          ))}
      </Group>
    </Fieldset>
  )
}

function ItemAttribute({ dataset, draft, change }: FormProps) {
  const { t } = useTranslation()
  const usable = (['multi-valued', 'category', 'vector'] as const).flatMap((type) =>
    dataset.itemAttributes.filter((attribute) => attribute.type === type),
  )
  if (usable.length === 0) {
    return (
      <Text size="xs" c="dimmed">
        {t('metricChoice.noAttribute')}
      </Text>
    )
  }
  return (
    <Select
      label={t('metricChoice.attribute')}
      description={t('metricChoice.attributeHelp')}
      inputWrapperOrder={['label', 'input', 'description']}
      maw={320}
      data={[
        { value: '', label: t('metricChoice.automatic', { name: usable[0].name }) },
        ...usable.map(({ name }) => name),
      ]}
      value={draft.itemAttribute}
      onChange={(itemAttribute) => itemAttribute !== null && change({ itemAttribute })}
    />
  )
}
