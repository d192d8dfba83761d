import { MultiSelect, Stack, Text } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Anonymity } from '../../../../main/contract/recipes'
import type { DatasetRecord } from '../../../../main/contract/records'
import { Histogram } from '../../../charts/histogram'
import { useFormat } from '../../../locales/format'
import { useAnswer } from '../../../state/engine'
import { Facts } from '../../../widgets/facts'
import { Panel } from '../../../widgets/panel'
import { Failure } from '../../../widgets/states'

/** How well users hide among others with the same attributes: those that someone who looks for a person may know. */
export function AnonymityPanel({ dataset }: { dataset: DatasetRecord }) {
  const { t } = useTranslation()
  const names = dataset.userAttributes.map(({ name }) => name)
  const [chosen, choose] = useState<string[]>([])
  const answer = useAnswer(
    'privacy.anonymity',
    chosen.length > 0 ? { datasetId: dataset.id, attributes: chosen } : null,
  )
  return (
    <Panel title={t('privacy.anonymity')} note={t('privacy.anonymityNote')}>
      {names.length === 0 ? (
        <Text size="sm" c="dimmed">
          {t('privacy.noAttributes')}
        </Text>
      ) : (
        <Stack gap="md">
          <MultiSelect
            label={t('privacy.known')}
            description={t('privacy.knownHelp')}
            data={names}
            value={chosen}
            onChange={choose}
            maw={560}
          />
          {answer.state === 'failed' && <Failure error={answer.error} onRetry={answer.retry} />}
          {chosen.length > 0 && answer.value && <Report anonymity={answer.value} />}
        </Stack>
      )}
    </Panel>
  )
}

function Report({ anonymity }: { anonymity: Anonymity }) {
  const { t } = useTranslation()
  const format = useFormat()
  const { users, smallest, groups, sizes, unique } = anonymity
  const labels = sizes.map(({ size }) => format.count(size))
  return (
    <>
      <Facts
        facts={[
          [t('privacy.smallest'), format.count(smallest)],
          [t('privacy.groups'), format.count(groups)],
          [t('privacy.unique'), `${format.count(unique)} (${format.percent(users === 0 ? 0 : unique / users)})`],
        ]}
      />
      <Text size="sm">
        {smallest > 1 ? t('privacy.hidden', { count: smallest - 1 }) : t('privacy.recognised', { count: unique })}
      </Text>
      <Histogram
        title={t('privacy.sizes')}
        axis={t('privacy.size')}
        bars={labels.map((label) => ({ label, tick: label }))}
        series={[{ name: t('data.users'), counts: sizes.map((each) => each.users) }]}
      />
    </>
  )
}
