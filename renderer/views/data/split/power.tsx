import { NumberInput, Stack, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { detectableDifference, usersNeeded } from '../../../../main/contract/power'
import type { SplitPower } from '../../../../main/contract/split-preview'
import { useFormat } from '../../../locales/format'
import { isDifference } from '../../../state/split-preview'
import { Facts } from '../../../widgets/facts'
import { Panel } from '../../../widgets/panel'
import type { FormProps } from '../../train/form'
import { metricName } from './metric-name'

/** How small a difference between two models the test part can show, and how many users another one takes. */
export function Power({ power, draft: { split }, change }: Omit<FormProps, 'dataset'> & { power: SplitPower }) {
  const { t } = useTranslation()
  const format = useFormat()
  const { metric, users, deviation, comparisons } = power
  const { difference } = split
  const written = (value: number) => (Number.isFinite(value) ? format.value(Number(value.toPrecision(2))) : '–')
  return (
    <Panel title={t('split.power.title')} note={t('split.power.note', { metric: metricName(metric, t) })}>
      <Stack gap="md">
        <NumberInput
          label={t('split.power.difference')}
          maw={220}
          min={0}
          step={0.005}
          value={difference}
          error={!isDifference(difference) && t('split.power.wrong')}
          onChange={(value) => change({ split: { ...split, difference: value } })}
        />
        <Facts
          facts={[
            [t('split.power.users'), format.count(users)],
            [t('split.power.detectable'), written(detectableDifference(deviation, users))],
            [
              t('split.power.needed'),
              isDifference(difference) ? format.count(usersNeeded(deviation, difference)) : '–',
            ],
          ]}
        />
        <Text size="xs" c="dimmed">
          {comparisons > 0
            ? t('split.power.measured', { deviation: written(deviation), count: comparisons })
            : t('split.power.assumed', { deviation: written(deviation) })}{' '}
          {t('split.power.formula')}
        </Text>
      </Stack>
    </Panel>
  )
}
