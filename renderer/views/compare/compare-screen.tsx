import { Button, Select, Text } from '@mantine/core'
import { useLayoutEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type MetricId, metricIds } from '../../../main/contract/experiment'
import { chooseDataset } from '../../commands/steps'
import { cutoffsOf, groupRuns, hasNoCutoff, metricsOf, type RunGroup } from '../../state/comparison'
import { remember, useMemory } from '../../state/memory'
import { adjust, formatRoute, replaceRoute, useRoute } from '../../state/router'
import { useWorkbench } from '../../state/workbench'
import { isActive } from '../../widgets/job-progress'
import { knownTags } from '../../widgets/remarks'
import { Screen } from '../../widgets/screen'
import { Empty } from '../../widgets/states'
import { GroupChoice } from './group-choice'
import { Leaderboard } from './leaderboard'
import { MetricOverCutoffs } from './metric-over-cutoffs'

/** Runs that may be compared, ranked by a metric, and that metric over all cutoffs. */
export function CompareScreen() {
  const runs = useWorkbench((state) => state.runs)
  const inForce = useWorkbench((state) => state.datasetInForce)
  const [chosen, setChosen] = useState<string | null>(null)
  const groups = groupRuns(runs.values())
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
  const metrics = metricsOf(group.runs)
  const wantedMetric = metricIds.find((id) => id === query.get('metric')) ?? 'ndcg'
  const wantedCutoff = Number(query.get('k') ?? 10)
  const metric = metrics.includes(wantedMetric) ? wantedMetric : metrics[0]
  const isPlain = hasNoCutoff(group.runs, metric)
  const cutoffs = cutoffsOf(group.runs, isPlain ? undefined : metric)
  const cutoff = cutoffs.includes(wantedCutoff) ? wantedCutoff : cutoffs[0]
  const tags = knownTags(group.runs)
  const tag = tags.find((each) => each === query.get('tag')) ?? null
  const runs = tag === null ? group.runs : group.runs.filter((run) => run.tags.includes(tag))
  return (
    <Screen
      title={t('compare.title')}
      actions={
        <>
          {tags.length > 0 && (
            <Select
              aria-label={t('compare.tag')}
              placeholder={t('compare.allTags')}
              w={140}
              clearable
              data={tags}
              value={tag}
              onChange={(value) => adjust('compare', { tag: value ?? '' })}
            />
          )}
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
      }
    >
      <GroupChoice groups={groups} group={group} onChoose={onChoose} />
      <Leaderboard
        key={`${metric}@${cutoff}`}
        group={{ ...group, runs }}
        metrics={metrics}
        metric={metric}
        cutoff={cutoff}
      />
      <Formula metric={metric} />
      {!isPlain && <MetricOverCutoffs runs={runs} metric={metric} cutoff={cutoff} cutoffs={cutoffs} />}
    </Screen>
  )
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
