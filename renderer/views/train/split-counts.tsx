import { Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useAnswer } from '../../state/engine'
import { cleanSteps, dataProblems, splitOf } from '../../state/experiment'
import { PartCountsTable } from '../../widgets/part-counts-table'
import { Failure } from '../../widgets/states'
import type { FormProps } from './form'

/** Milliseconds after the last change, so that typing does not count each digit. */
const delay = 400

/** The sizes of the parts under the form as it stands. */
export function SplitCountsView({ dataset, draft }: FormProps) {
  const { t } = useTranslation()
  const isWhole = dataProblems(draft).length === 0
  const input = { datasetId: dataset.id, clean: cleanSteps(draft), split: splitOf(draft, dataset) }
  const answer = useAnswer('splits.preview', isWhole ? input : null, delay)
  if (answer.state === 'failed') return <Failure error={answer.error} onRetry={answer.retry} />
  return (
    <div aria-busy={answer.state === 'loading'} aria-live="polite">
      {answer.value && (
        <div style={{ opacity: answer.state === 'loading' ? 0.6 : 1 }}>
          <PartCountsTable counts={answer.value} />
        </div>
      )}
      {!answer.value && isWhole && (
        <Text size="sm" c="dimmed">
          {t('train.split.counting')}
        </Text>
      )}
    </div>
  )
}
