import { MultiSelect, Stack, Text } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { pairedTests } from '../../../../main/contract/comparison'
import type { RunRecord } from '../../../../main/contract/records'
import type { SegmentMap } from '../../../../main/contract/segments'
import type { Cell } from '../../../charts/brush'
import { ValueMap, type ValueRow } from '../../../charts/value-map'
import { useFormat } from '../../../locales/format'
import type { MetricColumn } from '../../../state/board-columns'
import { isLessBetter, metricKey } from '../../../state/comparison'
import { adjust, useRoute } from '../../../state/router'
import {
  type PlacedSegment,
  placedSegments,
  type SegmentChoice,
  segmentChoices,
  usualChoices,
} from '../../../state/segments'
import { selectionsOf } from '../../../state/selections'
import { areComparable, comparedRuns } from '../../../state/significance'
import { useComparison } from '../../../state/use-comparison'
import { useWorkbench } from '../../../state/workbench'
import { Panel } from '../../../widgets/panel'
import { Empty } from '../../../widgets/states'
import { bestOf, type CompareChartProps } from '../charts/chart-props'
import styles from '../sure/how-sure.module.css'
import { TestChoice } from '../sure/test-choice'
import { Waiting } from '../sure/waiting'
import { Gaps } from './gaps'
import { SegmentDetail } from './segment-detail'
import { useSegmentTexts } from './segment-texts'
import { Upset } from './upset'
import { WhomFormulas } from './whom-formulas'

/** Which run wins for whom: a metric over segments of users and items, and where the overall winner loses. */
export function ForWhom({ runs, column }: CompareChartProps) {
  const { t } = useTranslation()
  const known = runs.filter(({ metrics }) => Number.isFinite(metrics[column.key]))
  const [best] = bestOf(known, column, 1)
  const judged = known.filter((run) => areComparable(run, best))
  if (judged.length < 2) return <Empty title={t('compareCharts.twoTitle')} text={t('compareCharts.twoText')} />
  return <Asked runs={judged} best={best} column={column} />
}

interface AskedProps {
  runs: RunRecord[]
  best: RunRecord
  column: MetricColumn
}

function Asked({ runs, best, column }: AskedProps) {
  const { t } = useTranslation()
  const { query } = useRoute()
  const { choices, chosen } = useChoices(best, column)
  const test = pairedTests.find((each) => each === query.get('test')) ?? 't'
  const input = {
    runIds: comparedRuns(runs, best.id, column.key, isLessBetter(column.metric)),
    metric: column.key,
    segmentations: chosen.map(({ segmentation }) => segmentation),
    test,
  }
  const answer = useComparison('comparison.segments', chosen.length > 0 ? input : null)
  const { segmentation } = useSegmentTexts()
  const map = answer.value?.metric === column.key ? answer.value : null
  return (
    <Panel
      title={t('segments.title')}
      note={t('segments.note')}
      actions={
        <div className={styles.choices}>
          <TestChoice test={test} />
        </div>
      }
    >
      <MultiSelect
        label={t('segments.choice')}
        mb="sm"
        searchable
        data={choices.map(({ key, segmentation: each }) => ({ value: key, label: segmentation(each) }))}
        value={chosen.map(({ key }) => key)}
        onChange={(keys) => adjust('compare', { segments: JSON.stringify(keys) })}
      />
      {chosen.length === 0 && (
        <Text size="sm" c="dimmed">
          {t('segments.none')}
        </Text>
      )}
      {map && <Found key={JSON.stringify([map.runIds, map.metric, chosen])} map={map} runs={runs} column={column} />}
      <Waiting answer={answer} />
    </Panel>
  )
}

/** The segmentations there are, and those that the address names, or the usual ones. */
function useChoices(run: RunRecord, { metric }: MetricColumn): { choices: SegmentChoice[]; chosen: SegmentChoice[] } {
  const asked = useRoute().query.get('segments')
  const dataset = useWorkbench((state) => state.datasets.get(run.datasetId))
  const selections = useWorkbench((state) => state.selections)
  if (!dataset) return { choices: [], chosen: [] }
  const choices = segmentChoices(dataset, selectionsOf({ selections }, dataset.id), metric, run)
  const keys = asked ? keysOf(asked) : null
  return { choices, chosen: keys ? choices.filter(({ key }) => keys.includes(key)) : usualChoices(choices) }
}

function keysOf(text: string): unknown[] {
  try {
    const keys: unknown = JSON.parse(text)
    return Array.isArray(keys) ? keys : []
  } catch {
    return []
  }
}

interface FoundProps {
  map: SegmentMap
  runs: RunRecord[]
  column: MetricColumn
}

function Found({ map, runs, column }: FoundProps) {
  const { t } = useTranslation()
  const format = useFormat()
  const { segment: textOf } = useSegmentTexts()
  const [chosen, setChosen] = useState<Cell | null>(null)
  const nameOf = (place: number) => runs.find(({ id }) => id === map.runIds[place])?.name ?? map.runIds[place]
  const metric = metricKey(t(`metrics.${column.metric}.name`), column.cutoff)
  const placed = placedSegments(map)
  const rows: ValueRow[] = [
    {
      key: 'all',
      name: t('segments.everyone'),
      count: map.users,
      values: map.means,
      // How sure it is of all users is asked elsewhere.
      best: null,
      isFound: false,
    },
    ...placed.map((each) => rowOf(each, textOf(each))),
  ]
  const detail = chosen && chosen[1] > 0 ? { column: chosen[0], ...placed[chosen[1] - 1] } : null
  const shared = { map, nameOf, metric }
  return (
    <Stack gap="md">
      <Upset {...shared} />
      <ValueMap
        title={t('segments.mapTitle', { metric })}
        note={t('segments.mapNote', { level: format.decimal(0.05, 2) })}
        across={t('compare.run')}
        down={t('segments.segment')}
        measured={metric}
        counted={t('segments.users')}
        columns={map.runIds.map((_, place) => nameOf(place))}
        rows={rows}
        chosen={chosen}
        onChoose={setChosen}
      />
      {detail && <SegmentDetail key={JSON.stringify(chosen)} {...shared} detail={detail} runs={runs} />}
      <Gaps {...shared} />
      <WhomFormulas test={map.test} />
    </Stack>
  )
}

function rowOf({ group, place, result }: PlacedSegment, name: string): ValueRow {
  const { users, means, best, lead } = result
  return {
    key: `${JSON.stringify(group.segmentation)} ${place}`,
    name,
    count: users,
    values: means,
    // Of equals none is the best.
    best: lead?.difference === 0 ? null : best,
    isFound: lead !== null && lead.corrected < 0.05,
  }
}

export interface FoundParts {
  map: SegmentMap
  /** Of a run by its place. */
  nameOf(place: number): string
  /** With its cutoff. */
  metric: string
}
