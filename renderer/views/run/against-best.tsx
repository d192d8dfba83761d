import { Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { metricIds, metricScopes } from '../../../main/contract/metrics'
import type { RunRecord } from '../../../main/contract/records'
import { useFormat } from '../../locales/format'
import { columnOfKey, type MetricColumn } from '../../state/board-columns'
import { isLessBetter, metricKey } from '../../state/comparison'
import { areComparable, comparedRuns, pairSentence, pText, willBeComparable } from '../../state/significance'
import { useComparison } from '../../state/use-comparison'
import { useWorkbench } from '../../state/workbench'

/** As high as the sentence mostly is, in two lines, in pixels. */
export const comparedHeight = 54

/** Whether there is a run with which this one will be compared once it is judged. */
export function useWillBeCompared(run: RunRecord): boolean {
  return useWorkbench(({ runs }) =>
    [...runs.values()].some((other) => other.state === 'done' && other.id !== run.id && willBeComparable(run, other)),
  )
}

/** In one sentence how sure it is that a run differs from the best other one that was judged on the same users. */
export function AgainstBest({ run }: { run: RunRecord }) {
  const { t } = useTranslation()
  const format = useFormat()
  const runs = useWorkbench((state) => state.runs)
  const column = usualColumn(run)
  const others = [...runs.values()].filter(
    (other) => other.state === 'done' && areComparable(run, other) && column && column.key in other.metrics,
  )
  const compared = column ? comparedRuns(others, run.id, column.key, isLessBetter(column.metric)).slice(0, 2) : []
  const [, reference] = compared
  const answer = useComparison(
    'comparison.significance',
    column && reference ? { runIds: compared, reference, metric: column.key } : null,
  )
  if (!column || !reference || answer.state === 'failed') return null
  if (!answer.value) return <Text size="sm" p="sm" mih={comparedHeight} aria-busy />
  const { pairs, users, level } = answer.value
  const metric = metricKey(t(`metrics.${column.metric}.name`), column.cutoff)
  return (
    <Text size="sm" p="sm" mih={comparedHeight}>
      {t('significance.againstBest', {
        reference: runs.get(answer.value.reference)?.name ?? answer.value.reference,
        sentence: pairSentence(pairs[0], { users, level, metric }, t, format),
        p: pText(pairs[0].p, format),
      })}
    </Text>
  )
}

/** NDCG@10, or what comes nearest among the metrics of single users. */
function usualColumn({ metrics, evaluation }: RunRecord): MetricColumn | null {
  const cutoff = evaluation.cutoffs.includes(10) ? 10 : Math.max(...evaluation.cutoffs)
  const ofUsers = ['ndcg', ...metricIds].flatMap((id) => columnOfKey(metricKey(id, cutoff)) ?? [])
  return ofUsers.find(({ key, metric }) => metricScopes[metric] === 'user' && Number.isFinite(metrics[key])) ?? null
}
