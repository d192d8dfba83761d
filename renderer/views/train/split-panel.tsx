import { Button, Stack, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { Split } from '../../../main/contract/experiment'
import { useFormat } from '../../locales/format'
import { describeSplit, describeValidation } from '../../state/describe-settings'
import { dataProblems, splitOf } from '../../state/experiment'
import { formatRoute } from '../../state/router'
import { type PreviewAnswer, useWarnings } from '../../state/split-preview'
import { Panel } from '../../widgets/panel'
import { AwaitedPartCounts, PartCountsTable } from '../../widgets/part-counts-table'
import { Failure } from '../../widgets/states'
import { Warnings } from '../data/split/warnings'
import type { FormProps } from './form'

/** How the data is cut, in a sentence, with its counts and what speaks against it; it is changed in the Split room. */
export function SplitPanel({ preview, ...form }: FormProps & { preview: PreviewAnswer }) {
  const { t } = useTranslation()
  const warnings = useWarnings(preview.value, form.draft).filter(({ level }) => level !== 'info')
  const split = dataProblems(form.draft, form.dataset).length === 0 ? splitOf(form.draft, form.dataset) : null
  const isStale = preview.state === 'loading'
  return (
    <Panel
      title={t('split.title')}
      actions={
        <Button component="a" variant="default" href={formatRoute('data', { room: 'split' })}>
          {t('split.change')}
        </Button>
      }
    >
      <Stack gap="md" aria-busy={isStale} aria-live="polite" style={{ opacity: isStale && preview.value ? 0.6 : 1 }}>
        {split && <Described split={split} />}
        {preview.state === 'failed' && <Failure error={preview.error} onRetry={preview.retry} />}
        {preview.value && <PartCountsTable counts={preview.value} />}
        {preview.state === 'loading' && !preview.value && split && <AwaitedPartCounts split={split} />}
        {warnings.length > 0 && <Warnings {...form} warnings={warnings} />}
      </Stack>
    </Panel>
  )
}

function Described({ split }: { split: Split }) {
  const { t } = useTranslation()
  const format = useFormat()
  const parts = [
    `${t('split.test')}: ${describeSplit(split, t, format)}`,
    `${t('split.validation')}: ${describeValidation(split, t, format) ?? t('split.noValidation')}`,
  ]
  return <Text size="sm">{parts.join(' · ')}</Text>
}
