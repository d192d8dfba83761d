import { Button, Select, Text } from '@mantine/core'
import { useDeferredValue, useLayoutEffect, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type MetricId, metricIds } from '../../../main/contract/experiment'
import { chooseDataset } from '../../commands/steps'
import { chosenOf, useChosenRuns } from '../../state/chosen-runs'
import { cutoffsOf, groupRuns, hasNoCutoff, metricsOf, type RunGroup } from '../../state/comparison'
import { isShown, type RunFilter } from '../../state/leaderboard'
import { remember, useMemory } from '../../state/memory'
import { adjust, formatRoute, replaceRoute, useRoute } from '../../state/router'
import { useWorkbench } from '../../state/workbench'
import { isActive } from '../../widgets/job-progress'
import { Screen } from '../../widgets/screen'
import { Empty } from '../../widgets/states'
import { chosenColumn } from './board-columns'
import { ChartChoice } from './charts/chart-choice'
import { Definitions } from './definitions'
import { GroupChoice } from './group-choice'
import { type Board, Leaderboard } from './leaderboard'
import { filterOf } from './run-filters'

/** Runs that may be compared, ranked by a metric, and that metric over all cutoffs. */
export function CompareScreen() {
  const runs = useWorkbench((state) => state.runs)
  const inForce = useWorkbench((state) => state.datasetInForce)
  const [chosen, setChosen] = useState<string | null>(null)
  const groups = useMemo(() => groupRuns(runs.values()), [runs])
  const ofDataset = groups.filter(({ datasetId }) => datasetId === inForce)
  const group = ofDataset.find(({ key }) => key === chosen) ?? ofDataset[0]
  function choose(key: string) {
    setChosen(key)
    const wanted = groups.find((each) => each.key === key)
    if (wanted) chooseDataset(wanted.datasetId)
  }
  if (!group) return <NothingYet groups={groups} onChoose={choose} />
  return <Comparison key={group.key} groups={groups} group={group} onChoose={choose} />
}

function NothingYet({ groups, onChoose }: Omit<ComparisonProps, 'group'>) {
  const { t } = useTranslation()
  const training = useWorkbench((state) => [...state.runs.values()].filter(isActive).length)
  return (
    <Screen title={t('compare.title')}>
      {groups.length > 0 && <GroupChoice groups={groups} group={null} onChoose={onChoose} />}
      <Empty
        title={t('compare.emptyTitle')}
        text={training > 0 ? t('compare.emptyRunning', { count: training }) : t('compare.emptyText')}
      >
        <Button component="a" href={formatRoute('train')}>
          {t('compare.toTrain')}
        </Button>
      </Empty>
    </Screen>
  )
}

interface ComparisonProps {
  groups: RunGroup[]
  group: RunGroup
  onChoose(key: string): void
}

function Comparison({ groups, group, onChoose }: ComparisonProps) {
  const { t } = useTranslation()
  const query = useRememberedQuery()
  const isTogether = groups.length > 1 && query.get('groups') === 'all'
  const shownGroups = useMemo(
    () => (isTogether ? [group, ...groups.filter((other) => other !== group)] : [group]),
    [isTogether, groups, group],
  )
  const boards = useBoards(shownGroups, query)
  const ranking = useRanking(shownGroups, query)
  const { metric, metrics, cutoff, cutoffs, column } = ranking
  return (
    <Screen title={t('compare.title')} actions={<RankedBy {...ranking} />}>
      <GroupChoice groups={groups} group={group} onChoose={onChoose} isTogether={isTogether} />
      <Leaderboard
        key={`${column.key} ${cutoff}`}
        boards={boards}
        groups={shownGroups}
        metrics={metrics}
        column={column}
        cutoff={cutoff}
      />
      <Formula metric={metric} />
      <ChartChoice {...useCharted(boards)} column={column} cutoffs={cutoffs} metrics={metrics} />
      <Definitions runs={group.runs} metric={metric} cutoff={cutoff} />
    </Screen>
  )
}

/** The metric and cutoff that the address asks for, of those that runs have, and all of those. */
function useRanking(groups: readonly RunGroup[], query: URLSearchParams) {
  const runs = useMemo(() => groups.flatMap((group) => group.runs), [groups])
  const metrics = useMemo(() => metricsOf(runs), [runs])
  const wantedMetric = metricIds.find((id) => id === query.get('metric')) ?? 'ndcg'
  const wantedCutoff = Number(query.get('k') ?? 10)
  const metric = metrics.includes(wantedMetric) ? wantedMetric : metrics[0]
  const isPlain = hasNoCutoff(runs, metric)
  const cutoffs = useMemo(() => cutoffsOf(runs, isPlain ? undefined : metric), [runs, isPlain, metric])
  const cutoff = cutoffs.includes(wantedCutoff) ? wantedCutoff : cutoffs[0]
  const column = useMemo(() => chosenColumn(runs, metric, cutoff), [runs, metric, cutoff])
  return { metric, metrics, cutoff, cutoffs, column }
}

type Ranking = ReturnType<typeof useRanking>

function RankedBy({ metric, metrics, cutoff, cutoffs }: Omit<Ranking, 'column'>) {
  const { t } = useTranslation()
  return (
    <>
      <Select
        aria-label={t('compare.metric')}
        w={140}
        data={metrics.map((value) => ({ value, label: t(`metrics.${value}.name`) }))}
        value={metric}
        onChange={(value) => value !== null && adjust('compare', { metric: value })}
      />
      <Select
        aria-label={t('compare.cutoff')}
        w={100}
        data={cutoffs.map((value) => ({ value: String(value), label: `${t('compare.k')} = ${value}` }))}
        value={String(cutoff)}
        onChange={(value) => value !== null && adjust('compare', { k: value })}
      />
    </>
  )
}

/** The trained runs that charts are of, those in training, and whether all are of one group. */
function useCharted(boards: readonly Board[]) {
  const chosen = useDeferredValue(useChosenRuns(({ ids }) => ids))
  const trained = useMemo(() => boards.flatMap(({ runs }) => runs.filter(({ state }) => state === 'done')), [boards])
  const runs = useMemo(() => chosenOf(trained, chosen), [trained, chosen])
  const inTraining = useMemo(() => {
    const running = boards.flatMap((board) => board.runs.filter(({ state }) => state === 'running'))
    return chosen.size === 0 ? running : running.filter(({ id }) => chosen.has(id))
  }, [boards, chosen])
  const isOneGroup = useMemo(() => {
    const shown = new Set(runs)
    return boards.filter((board) => board.runs.some((run) => shown.has(run))).length <= 1
  }, [boards, runs])
  return { runs, inTraining, isOneGroup }
}

/** Of each group the runs that the filters of the address leave. */
function useBoards(groups: readonly RunGroup[], query: URLSearchParams): Board[] {
  // Whoever types need not wait for the rows.
  const asked = useDeferredValue(JSON.stringify(filterOf(query)))
  return useMemo(() => {
    const filter: RunFilter = JSON.parse(asked)
    return groups.map((group) => ({
      group,
      runs: [...group.runs, ...group.unfinished].filter((run) => isShown(run, filter)),
    }))
  }, [groups, asked])
}

/** What the address asks for, or, where it asks for nothing, what was asked for last in this workspace. */
function useRememberedQuery(): URLSearchParams {
  const { query } = useRoute()
  const asked = query.toString()
  useLayoutEffect(() => {
    const { comparison } = useMemory.getState()
    if (asked !== '') remember({ comparison: asked })
    else if (comparison !== '')
      replaceRoute(formatRoute('compare', Object.fromEntries(new URLSearchParams(comparison))))
  }, [asked])
  return query
}

function Formula({ metric }: { metric: MetricId }) {
  const { t } = useTranslation()
  return (
    <Text size="sm" c="dimmed">
      {t('compare.definition', {
        name: t(`metrics.${metric}.name`),
        formula: t(`metrics.${metric}.formula`),
        meaning: t(`metrics.${metric}.meaning`),
      })}
    </Text>
  )
}
