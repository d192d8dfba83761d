import { ActionIcon, Badge, Group, Text } from '@mantine/core'
import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { MetricId } from '../../../main/contract/experiment'
import type { RunRecord } from '../../../main/contract/records'
import { type Format, useFormat } from '../../locales/format'
import {
  bestValue,
  hasNoCutoff,
  isLessBetter,
  metricKey,
  type RunGroup,
  settingsThatDiffer,
} from '../../state/comparison'
import { inspectRun, useInspected, useInspectorOpened } from '../../state/inspector'
import { formatRoute } from '../../state/router'
import { useWorkbench } from '../../state/workbench'
import { type Column, DataTable } from '../../widgets/data-table'
import { DeleteRun } from '../../widgets/delete-run'
import { InspectorIcon, ListIcon } from '../../widgets/icons'
import { Panel } from '../../widgets/panel'
import { RunMark, useRunStyle } from '../../widgets/run-mark'
import type { Sort } from '../../widgets/sort'
import { Tags } from '../../widgets/tags'
import styles from './leaderboard.module.css'
import { useSelectionColumn } from './selection-metric'

interface LeaderboardProps {
  group: RunGroup
  metrics: MetricId[]
  metric: MetricId
  cutoff: number
}

const maximumHeight = 480

/** The runs of a group, ranked by the chosen metric until another column is clicked. */
export function Leaderboard({ group, metrics, metric, cutoff }: LeaderboardProps) {
  const { t } = useTranslation()
  const cutoffOf = (id: MetricId) => (hasNoCutoff(group.runs, id) ? null : cutoff)
  const chosen = metricKey(metric, cutoffOf(metric))
  const [sort, setSort] = useState<Sort>({ column: chosen, direction: bestFirst(metric) })
  const inspected = useInspected(({ runId }) => runId)
  const selected = useInspectorOpened() ? inspected : null
  const others = metrics.filter((id) => id !== metric)
  const settings = useSettingsColumn(group)
  const best = bestValue(group.runs, metric, cutoffOf(metric))
  const columnOf = useMetricColumn(group.runs)
  const chosenColumn = useChosenColumn(group.runs, metric, cutoffOf(metric))
  const onSelection = useSelectionColumn(
    group.datasetId,
    chosen,
    metricKey(t(`metrics.${metric}.name`), cutoffOf(metric)),
  )
  const lastColumns = useLastColumns()
  const columns: Column<RunRecord>[] = [
    {
      key: 'name',
      heading: t('compare.run'),
      sortBy: ({ name }) => name,
      cell: ({ id, name, metrics, tags }) => (
        <span className={styles.run}>
          <RunMark id={id} name={name} />
          <Tags tags={tags} />
          {metrics[chosen] === best && (
            <Badge variant="light" color="green" c="var(--topn-good)" size="sm" tt="none" flex="none">
              {t('compare.best')}
            </Badge>
          )}
        </span>
      ),
    },
    ...(settings ? [settings] : []),
    chosenColumn,
    ...(onSelection ? [onSelection] : []),
    ...others.map((id) => columnOf(id, cutoffOf(id))),
    ...lastColumns,
  ]
  return (
    <Panel title={t('compare.leaderboard')} flush>
      <DataTable
        label={t('compare.leaderboard')}
        columns={columns}
        rows={group.runs}
        keyOf={({ id }) => id}
        sort={sort}
        onSort={setSort}
        isCurrent={({ id }) => id === selected}
        maximumHeight={maximumHeight}
      />
    </Panel>
  )
}

/** Null where all runs are alike in it. */
function useSettingsColumn({ runs }: RunGroup): Column<RunRecord> | null {
  const { t } = useTranslation()
  const format = useFormat()
  const models = useWorkbench((state) => state.models)
  const texts = useMemo(() => {
    const textOf = (run: RunRecord) =>
      settingsThatDiffer(
        run,
        runs,
        models.find(({ id }) => id === run.model),
      )
        .map(([name, value]) => `${name} ${typeof value === 'number' ? format.value(value) : value}`)
        .join(', ')
    return new Map(runs.map((run) => [run.id, textOf(run)]))
  }, [runs, models, format])
  if ([...texts.values()].every((text) => text === '')) return null
  return {
    key: 'settings',
    heading: t('compare.settings'),
    cell: ({ id }) => (
      <Text size="xs" c="dimmed" className="clipped" maw={220} title={texts.get(id)}>
        {texts.get(id)}
      </Text>
    ),
  }
}

function useMetricColumn(runs: RunRecord[]) {
  const { t } = useTranslation()
  const format = useFormat()
  return (metric: MetricId, cutoff: number | null): Column<RunRecord> => {
    const key = metricKey(metric, cutoff)
    const best = bestValue(runs, metric, cutoff)
    return {
      ...metricColumn(metric, cutoff),
      heading: metricKey(t(`metrics.${metric}.name`), cutoff),
      cell: ({ metrics }) => (
        <span className={metrics[key] === best ? styles.best : ''}>{metricText(metrics[key], format)}</span>
      ),
    }
  }
}

/** The metric by which runs are ranked, with a bar in the run's colour. */
function useChosenColumn(runs: RunRecord[], metric: MetricId, cutoff: number | null): Column<RunRecord> {
  const { t } = useTranslation()
  const format = useFormat()
  const styleOf = useRunStyle()
  const key = metricKey(metric, cutoff)
  const best = bestValue(runs, metric, cutoff)
  return {
    ...metricColumn(metric, cutoff),
    heading: metricKey(t(`metrics.${metric}.name`), cutoff),
    cell: ({ id, metrics }) => (
      <span className={styles.chosen}>
        <span className={styles.track} aria-hidden="true">
          <span
            className={styles.bar}
            style={{
              width: `${100 * shareOfBest(metric, metrics[key], best)}%`,
              background: styleOf(id).color,
            }}
          />
        </span>
        <span className={`${styles.value} ${metrics[key] === best ? styles.best : ''}`}>
          {metricText(metrics[key], format)}
        </span>
      </span>
    ),
  }
}

function metricColumn(metric: MetricId, cutoff: number | null) {
  const key = metricKey(metric, cutoff)
  const sortBy = ({ metrics }: RunRecord) => metrics[key] ?? null
  return { key, align: 'right', sortBy, firstDirection: bestFirst(metric) } as const
}

function bestFirst(metric: MetricId): Sort['direction'] {
  return isLessBetter(metric) ? 'ascending' : 'descending'
}

/** 1 for the best run, less for the others. */
function shareOfBest(metric: MetricId, value: number | undefined, best: number | null): number {
  if (value === undefined) return 0
  const share = isLessBetter(metric) ? (best ?? value) / value : value / (best ?? value)
  return Number.isFinite(share) ? share : 1
}

function metricText(value: number | undefined, format: Format): string {
  return value === undefined ? '–' : format.decimal(value)
}

function useLastColumns(): Column<RunRecord>[] {
  const { t } = useTranslation()
  const format = useFormat()
  return [
    {
      key: 'fit',
      heading: t('compare.fit'),
      align: 'right',
      sortBy: ({ fitSeconds }) => fitSeconds,
      cell: ({ fitSeconds }) => (fitSeconds === null ? '–' : format.duration(fitSeconds)),
    },
    { key: 'actions', heading: t('table.actions'), align: 'right', cell: (run) => <Actions run={run} /> },
  ]
}

function Actions({ run }: { run: RunRecord }) {
  const { t } = useTranslation()
  const label = t('compare.lists', { name: run.name })
  const select = t('run.select', { name: run.name })
  return (
    <Group gap={2} justify="flex-end" wrap="nowrap">
      <ActionIcon component="a" href={formatRoute('users', { run: run.id })} aria-label={label} title={label}>
        <ListIcon size={14} />
      </ActionIcon>
      <ActionIcon aria-label={select} title={select} onClick={() => inspectRun(run.id)}>
        <InspectorIcon size={14} />
      </ActionIcon>
      <DeleteRun run={run} />
    </Group>
  )
}
