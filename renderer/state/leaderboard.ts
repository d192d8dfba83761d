import type { RunRecord } from '../../main/contract/records'
import { type Sort, type SortValue, sortRows } from '../widgets/sort'
import type { RunGroup } from './comparison'
import { collapse, type RunSeries } from './series'

/** Which runs a leaderboard shows. */
export interface RunFilter {
  /** Is in a run's name, model, tags or notes, in capitals or not. */
  text: string
  /** '' for any. */
  model: string
  tag: string
  state: StateFilter
}

export const stateFilters = ['current', 'done', 'training', 'failed'] as const
/** `current`: all but those that gave no model. */
export type StateFilter = (typeof stateFilters)[number]

const statesOf: Record<StateFilter, readonly RunRecord['state'][]> = {
  current: ['done', 'queued', 'running', 'paused'],
  done: ['done'],
  training: ['queued', 'running', 'paused'],
  failed: ['failed', 'cancelled'],
}

export function isShown({ name, model, tags, notes, state }: RunRecord, filter: RunFilter): boolean {
  const text = filter.text.trim().toLowerCase()
  return (
    statesOf[filter.state].includes(state) &&
    (filter.model === '' || filter.model === model) &&
    (filter.tag === '' || tags.includes(filter.tag)) &&
    (text === '' || [name, model, notes, ...tags].some((part) => part.toLowerCase().includes(text)))
  )
}

/** A row of the leaderboard: a run or a series, or the heading of a group of runs that may be compared. */
export type BoardRow = { kind: 'group'; key: string; group: RunGroup } | RunRow

export interface RunRow {
  kind: 'run'
  key: string
  run: RunRecord
  /** The runs for which it stands with their means; null for a run that stands for itself. */
  series: RunSeries | null
  /** It stands below its series. */
  isNested: boolean
  /** Of its group. */
  groupKey: string
  /** Its place by the metric in force among the shown runs of its group, the same for equal values; null without it. */
  rank: number | null
}

export interface Order {
  sortBy(row: RunRow): SortValue
  direction: Sort['direction']
  pinned: ReadonlySet<string>
}

/** The runs of a group in an order, those that are pinned before all others. */
export function arrange(rows: readonly RunRow[], { sortBy, direction, pinned }: Order): RunRow[] {
  const sorted = sortRows(rows, sortBy, direction)
  return [...sorted.filter(({ run }) => pinned.has(run.id)), ...sorted.filter(({ run }) => !pinned.has(run.id))]
}

/** The place of each run by a metric: 1 for the best, the same for equal values. */
export function ranksOf(runs: readonly RunRecord[], key: string, isLessBetter: boolean): ReadonlyMap<string, number> {
  const sign = isLessBetter ? 1 : -1
  const ranked = runs
    .filter(({ metrics }) => Number.isFinite(metrics[key]))
    .sort((a, b) => sign * (a.metrics[key] - b.metrics[key]))
  const ranks = new Map<string, number>()
  for (const [at, { id, metrics }] of ranked.entries()) {
    const before = ranked[at - 1]
    ranks.set(id, before?.metrics[key] === metrics[key] ? (ranks.get(before.id) ?? 0) : at + 1)
  }
  return ranks
}

/** The rows of a group: a run, or the runs of a series, in each. */
export function rowsOf(groupKey: string, runs: readonly RunRecord[], key: string, isLessBetter: boolean): RunRow[] {
  const standing = collapse(runs)
  const ranks = ranksOf(
    standing.map(({ run }) => run),
    key,
    isLessBetter,
  )
  return standing.map(({ run, series }) => ({
    kind: 'run',
    key: series ? `series:${run.id}` : run.id,
    run,
    series,
    isNested: false,
    groupKey,
    rank: ranks.get(run.id) ?? null,
  }))
}

/** The rows with those of opened series below them. */
export function opened(rows: readonly RunRow[], open: ReadonlySet<string>): RunRow[] {
  return rows.flatMap((row) =>
    row.series && open.has(row.key) ? [row, ...row.series.runs.map((run) => nested(run, row))] : [row],
  )
}

function nested(run: RunRecord, { groupKey }: RunRow): RunRow {
  return { kind: 'run', key: run.id, run, series: null, isNested: true, groupKey, rank: null }
}

/** The runs for which a row stands. */
export function runsOf({ run, series }: RunRow): readonly RunRecord[] {
  return series?.runs ?? [run]
}
