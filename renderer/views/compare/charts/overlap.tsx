import { Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../../../locales/format'
import type { MetricColumn } from '../../../state/board-columns'
import { useComparison } from '../../../state/use-comparison'
import { Formulas } from '../sure/formulas'
import type { Pair } from './pairs'

/** How alike the lists of two runs are. */
export function Overlap({ pair: [first, second], column }: { pair: Pair; column: MetricColumn }) {
  const { t } = useTranslation()
  const format = useFormat()
  const longest = Math.min(...[first, second].map(({ evaluation }) => Math.max(...evaluation.cutoffs)))
  const k = Math.min(column.cutoff ?? longest, longest)
  const { value, state } = useComparison('comparison.overlap', { first: first.id, second: second.id, k })
  // Runs that ranked different candidates have nothing to be alike in.
  if (state === 'failed' || !value || value.users === 0) return null
  return (
    <>
      <Text size="sm" mt="sm">
        {t('overlap.found', {
          k: value.k,
          jaccard: format.decimal(value.jaccard),
          rbo: format.decimal(value.rbo),
          count: value.users,
        })}
      </Text>
      <Formulas lines={[t('overlap.jaccard'), t('overlap.rbo'), t('overlap.mean')]} />
    </>
  )
}
