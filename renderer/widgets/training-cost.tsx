import { Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { RunRecord } from '../../main/contract/records'
import { useFormat } from '../locales/format'

/** What the training of a run took, as far as that is known. */
export function TrainingCost({ run }: { run: Pick<RunRecord, 'fitSeconds' | 'peakBytes'> }) {
  const { t } = useTranslation()
  const format = useFormat()
  const parts = [
    run.fitSeconds !== null && t('train.runs.fit', { time: format.duration(run.fitSeconds) }),
    run.peakBytes !== null && t('train.runs.peak', { bytes: format.bytes(run.peakBytes) }),
  ].filter(Boolean)
  return (
    <Text size="xs" c="dimmed">
      {parts.join(' · ')}
    </Text>
  )
}
