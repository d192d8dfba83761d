import { Text } from '@mantine/core'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { metricIds, metricScopes } from '../../../main/contract/metrics'
import type { RunRecord } from '../../../main/contract/records'
import { useFormat } from '../../locales/format'
import { columnOfKey, type MetricColumn } from '../../state/board-columns'
import { isLessBetter, metricKey } from '../../state/comparison'
import { areComparable, comparedRuns, pairSentence, pText } from '../../state/significance'
import { useComparison } from '../../state/use-comparison'
import { useWorkbench } from '../../state/workbench'
import { isActive } from '../../widgets/job-progress'

/** As high as the sentence mostly is, in pixels. */
const twoLines = 54

/** In one sentence how sure it is that a run differs from the best other one that was judged on the same users. */
export function AgainstBest({ run }: { run: RunRecord }) {
  const runs = useWorkbench((state) => state.runs)
  const isDone = run.state === 'done'
  const others = [...runs.values()].filter(({ id, datasetId }) => id !== run.id && datasetId === run.datasetId)
  const isAwaited = others.some((other) => isActive(other) || (!isDone && other.state === 'done'))
  const place = isAwaited ? <Awaited /> : null
  return isDone ? <Compared run={run} runs={runs} place={place} /> : place
}

function Awaited() {
  return <Text size="sm" p="sm" mih={twoLines} aria-busy />
}

interface ComparedProps {
  run: RunRecord
  runs: ReadonlyMap<string, RunRecord>
  /** What stands there while there is nothing to compare with. */
  place: ReactNode
}

function Compared({ run, runs, place }: ComparedProps) {
  const { t } = useTranslation()
  const format = useFormat()
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
  if (!column || answer.state === 'failed') return null
  if (!reference) return place
  if (!answer.value) return <Awaited />
  const { pairs, users, level } = answer.value
  const metric = metricKey(t(`metrics.${column.metric}.name`), column.cutoff)
  return (
    <Text size="sm" p="sm" mih={twoLines}>
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
