import type { TFunction } from 'i18next'
import { type ReactNode, useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { MetricId } from '../../../main/contract/experiment'
import type { ParameterValue } from '../../../main/contract/parameters'
import type { RunRecord } from '../../../main/contract/records'
import { type Format, useFormat } from '../../locales/format'
import {
  differs,
  isPlainColumn,
  type MetricColumn,
  metricColumns,
  type PlainColumn,
  usualColumns,
} from '../../state/board-columns'
import { bestValue, hasNoCutoff, isLessBetter, metricKey, settingsThatDiffer } from '../../state/comparison'
import type { RunRow } from '../../state/leaderboard'
import { useMemory } from '../../state/memory'
import { collapse } from '../../state/series'
import { useWorkbench } from '../../state/workbench'
import type { Column } from '../../widgets/data-table'
import { isOfFiles } from '../../widgets/elsewhere-badge'
import { useRunStyle } from '../../widgets/run-mark'
import type { Sort } from '../../widgets/sort'
import { ActionsCell, NumberCell, RunCell, SettingsCell } from './board-cells'
import type { Board } from './leaderboard'
import styles from './leaderboard.module.css'
import { useSelectionColumn } from './selection-metric'

interface Wanted {
  boards: readonly Board[]
  metrics: readonly MetricId[]
  /** The metric by which runs are ranked. */
  chosen: MetricColumn
  cutoff: number
  /** Keys of the rows whose series is opened. */
  open: ReadonlySet<string>
  onRange(ids: readonly string[]): void
  onOpen(key: string): void
}

/** The leaderboard's columns, the same ones for as long as nothing that they show changes. */
export function useBoardColumns({ boards, metrics, chosen, cutoff, open, onRange, onOpen }: Wanted): Column<RunRow>[] {
  const { t } = useTranslation()
  const standing = useMemo(() => boards.map(standingRuns), [boards])
  const runs = useMemo(() => standing.flatMap(({ runs }) => runs), [standing])
  const remembered = useMemory(({ boardColumns }) => boardColumns)
  const onlyDifferent = useMemory(({ onlyDifferent }) => onlyDifferent)
  const onSelection = useSelectionColumn(
    boards[0].group.datasetId,
    chosen.key,
    metricKey(t(`metrics.${chosen.metric}.name`), chosen.cutoff),
  )
  const hasSeries = standing.some((board) => board.hasSeries)
  const settings = useSettings(runs, hasSeries)
  const numbers = useMetricColumns(standing, hasSeries)
  const plain = usePlainColumns()
  const run = useMemo(
    (): Column<RunRow> => ({
      key: 'name',
      heading: t('compare.run'),
      sortBy: ({ run }) => run.name,
      cell: (row) => (
        <RunCell {...{ row, onRange, onOpen }} isBest={numbers.isBest(row, chosen)} isOpen={open.has(row.key)} />
      ),
    }),
    [numbers, chosen, open, onRange, onOpen, t],
  )
  return useMemo(() => {
    const wanted = remembered ?? usualColumns(metrics)
    const isWanted = (read: (run: RunRecord) => unknown) => !onlyDifferent || differs(runs, read)
    const others = metricColumns(wanted, metrics, runs, cutoff).filter(
      ({ key }) => key !== chosen.key && isWanted((run) => run.metrics[key]),
    )
    const after = wanted.filter(isPlainColumn).filter((key) => key !== 'settings' && key !== 'parameters')
    return [
      run,
      ...(wanted.includes('settings') ? settings.inOne : []),
      ...(wanted.includes('parameters') ? settings.each : []),
      numbers.withBar(chosen),
      ...(onSelection ? [onSelection] : []),
      ...others.map(numbers.plain),
      ...after.map(plain).filter(({ sortBy }) => isWanted((run) => sortBy?.({ run } as RunRow))),
      { key: 'actions', heading: t('table.actions'), align: 'right', cell: (row) => <ActionsCell row={row} /> },
    ]
  }, [remembered, onlyDifferent, metrics, runs, cutoff, chosen, settings, numbers, plain, onSelection, run, t])
}

/** The runs of a group, a series as one. */
function standingRuns({ group, runs }: Board) {
  const standing = collapse(runs)
  return { group, runs: standing.map(({ run }) => run), hasSeries: standing.some(({ series }) => series) }
}

/** In one column, or in one for each setting; none where all runs are alike. */
function useSettings(
  runs: readonly RunRecord[],
  hasSeries: boolean,
): { inOne: Column<RunRow>[]; each: Column<RunRow>[] } {
  const { t } = useTranslation()
  const format = useFormat()
  const models = useWorkbench((state) => state.models)
  return useMemo(() => {
    const differing = settingsThatDiffer(runs, models)
    const written = (value: ParameterValue) => (typeof value === 'number' ? format.value(value) : String(value))
    const textOf = (id: string) => differing.get(id)?.map(([name, value]) => `${name} ${written(value)}`) ?? []
    const names = [...new Set([...differing.values()].flatMap((settings) => settings.map(([name]) => name)))]
    const read = ({ params, seed }: RunRecord, name: string) => (name === 'seed' ? seed : params[name])
    const inOne: Column<RunRow> = {
      key: 'settings',
      heading: t('compare.settings'),
      cell: ({ run, isNested }) => <SettingsCell text={isNested ? repetition(run, t) : textOf(run.id).join(', ')} />,
    }
    const each = names.map(
      (name): Column<RunRow> => ({
        key: `setting ${name}`,
        heading: name,
        align: 'right',
        sortBy: ({ run }) => {
          const value = read(run, name)
          return typeof value === 'boolean' ? String(value) : (value ?? null)
        },
        cell: ({ run }) => {
          const value = read(run, name)
          return value === undefined ? '' : written(value)
        },
      }),
    )
    return { inOne: names.length > 0 || hasSeries ? [inOne] : [], each }
  }, [runs, hasSeries, models, format, t])
}

function useMetricColumns(boards: readonly Board[], hasSeries: boolean) {
  const { t } = useTranslation()
  const format = useFormat()
  const styleOf = useRunStyle()
  return useMemo(() => {
    /** The best value of each group. */
    const bestOf = new Map<string, ReadonlyMap<string, number | null>>()
    function best({ groupKey }: RunRow, { metric, cutoff, key }: MetricColumn): number | null {
      const known =
        bestOf.get(key) ?? new Map(boards.map(({ group, runs }) => [group.key, bestValue(runs, metric, cutoff)]))
      bestOf.set(key, known)
      return known.get(groupKey) ?? null
    }
    const isBest = (row: RunRow, column: MetricColumn) =>
      !row.isNested && row.run.metrics[column.key] !== undefined && row.run.metrics[column.key] === best(row, column)
    const shared = (column: MetricColumn) => ({
      key: column.key,
      heading: metricKey(t(`metrics.${column.metric}.name`), column.cutoff),
      align: 'right' as const,
      sortBy: ({ run }: RunRow) => run.metrics[column.key] ?? null,
      firstDirection: bestFirst(column.metric),
    })
    const number = (row: RunRow, column: MetricColumn) => (
      <NumberCell
        row={row}
        column={column}
        text={metricText(row.run.metrics[column.key], format)}
        deviation={hasSeries ? deviationText(row, column, format) : null}
        isBest={isBest(row, column)}
      />
    )
    return {
      isBest,
      plain: (column: MetricColumn): Column<RunRow> => ({ ...shared(column), cell: (row) => number(row, column) }),
      /** With a bar in the run's colour. */
      withBar: (column: MetricColumn): Column<RunRow> => ({
        ...shared(column),
        cell: (row) => (
          <Barred
            share={shareOfBest(column.metric, row.run.metrics[column.key], best(row, column))}
            color={styleOf(row.run.id).color}
          >
            {number(row, column)}
          </Barred>
        ),
      }),
    }
  }, [boards, hasSeries, t, format, styleOf])
}

interface BarredProps {
  /** Of the best value, 0 to 1. */
  share: number
  color: string
  children: ReactNode
}

/** A number behind a bar. */
function Barred({ share, color, children }: BarredProps) {
  return (
    <span className={styles.chosen}>
      <span className={styles.track} aria-hidden="true">
        <span className={styles.fill} style={{ width: `${100 * share}%`, background: color }} />
      </span>
      <span className={styles.value}>{children}</span>
    </span>
  )
}

/** What sets a run of a series apart. */
function repetition({ series, seed, split }: RunRecord, t: TFunction): string {
  if (series?.kind === 'folds' && split?.strategy === 'k-fold') return t('board.fold', { fold: split.fold + 1 })
  return t('board.seed', { seed })
}

function usePlainColumns(): (key: PlainColumn) => Column<RunRow> {
  const { t } = useTranslation()
  const format = useFormat()
  const models = useWorkbench((state) => state.models)
  return useMemo(() => {
    const number = (read: (run: RunRecord) => number | null, written: (value: number) => string) => ({
      align: 'right' as const,
      sortBy: ({ run }: RunRow) => read(run),
      cell: ({ run }: RunRow) => {
        const value = read(run)
        return value === null ? '–' : written(value)
      },
    })
    const modelName = (run: RunRecord) =>
      isOfFiles(run) ? t('elsewhere.badge') : (models.find(({ id }) => id === run.model)?.name ?? run.model)
    const columns: Record<PlainColumn, Omit<Column<RunRow>, 'key' | 'heading'>> = {
      settings: { cell: () => null },
      parameters: { cell: () => null },
      model: { sortBy: ({ run }) => modelName(run), cell: ({ run }) => modelName(run) },
      started: { sortBy: ({ run }) => run.createdAt, cell: ({ run }) => format.moment(run.createdAt) },
      fit: number(({ fitSeconds }) => fitSeconds, format.duration),
      evaluate: number(({ evaluateSeconds }) => evaluateSeconds, format.duration),
      memory: number(({ peakBytes }) => peakBytes, format.bytes),
      size: number(({ bytes }) => bytes, format.bytes),
      seed: number(({ seed }) => seed, String),
    }
    return (key) => ({ key, heading: t(`board.plain.${key}`), ...columns[key] })
  }, [t, format, models])
}

export function chosenColumn(runs: readonly RunRecord[], metric: MetricId, cutoff: number): MetricColumn {
  const at = hasNoCutoff(runs, metric) ? null : cutoff
  return { metric, cutoff: at, key: metricKey(metric, at) }
}

export function bestFirst(metric: MetricId): Sort['direction'] {
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

/** Empty for a run that stands for itself. */
function deviationText({ series }: RunRow, { key }: MetricColumn, format: Format): string {
  const deviation = series?.deviations[key]
  return deviation === undefined ? '' : `± ${format.decimal(deviation)}`
}
