import { ActionIcon, Button, Group } from '@mantine/core'
import { memo, startTransition, useCallback, useLayoutEffect, useMemo, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { MetricId } from '../../../main/contract/experiment'
import type { RunRecord } from '../../../main/contract/records'
import { fileNameOf, saveFile } from '../../charts/export'
import { columnOfKey, type MetricColumn } from '../../state/board-columns'
import { boardCsv } from '../../state/board-csv'
import { chooseUpTo } from '../../state/chosen-runs'
import { isLessBetter, type RunGroup } from '../../state/comparison'
import { useInspected, useInspectorOpened } from '../../state/inspector'
import { arrange, type BoardRow, type Order, opened, type RunRow, rowsOf, runsOf } from '../../state/leaderboard'
import { useMemory } from '../../state/memory'
import { adjust } from '../../state/router'
import { type Column, DataTable } from '../../widgets/data-table'
import { DownloadIcon } from '../../widgets/icons'
import { Panel } from '../../widgets/panel'
import type { Sort } from '../../widgets/sort'
import { bestFirst, useBoardColumns } from './board-columns'
import { pressBoardKey } from './board-keys'
import { ChosenBar } from './chosen-bar'
import { ColumnChooser } from './column-chooser'
import { useGroupName } from './group-choice'
import { NumberTips, type Tip } from './number-tips'
import { noFilter, RunFilters } from './run-filters'

/** The runs of a group that are shown. */
export interface Board {
  group: RunGroup
  runs: RunRecord[]
}

interface LeaderboardProps {
  /** Those that are shown, and all there are. */
  boards: readonly Board[]
  groups: readonly RunGroup[]
  metrics: readonly MetricId[]
  /** The metric by which runs are ranked. */
  column: MetricColumn
  /** In force for all other metrics. */
  cutoff: number
}

const maximumHeight = 480

/** The runs of a group, ranked by the chosen metric until another column is clicked; of several groups each by itself. */
export const Leaderboard = memo(function Leaderboard({ boards, groups, metrics, column, cutoff }: LeaderboardProps) {
  const { t } = useTranslation()
  const shown = useMemo(() => boards.flatMap(({ runs }) => runs), [boards])
  const count = shown.length
  const total = groups.reduce((sum, { runs, unfinished }) => sum + runs.length + unfinished.length, 0)
  return (
    <Panel
      title={t('compare.leaderboard')}
      note={count < total && t('board.shown', { count, all: total })}
      actions={<BoardActions groups={groups} metrics={metrics} shown={shown} />}
      flush
    >
      <BoardTable boards={boards} metrics={metrics} column={column} cutoff={cutoff} />
      {count === 0 && (
        <Button variant="default" m="sm" onClick={() => adjust('compare', noFilter)}>
          {t('board.clearFilters')}
        </Button>
      )}
      <ChosenBar runs={shown} />
    </Panel>
  )
})

interface BoardActionsProps extends Pick<LeaderboardProps, 'groups' | 'metrics'> {
  shown: readonly RunRecord[]
}

function BoardActions({ groups, metrics, shown }: BoardActionsProps) {
  const { t } = useTranslation()
  const all = useMemo(() => groups.flatMap(({ runs }) => runs), [groups])
  return (
    <Group gap="sm" justify="flex-end">
      <RunFilters groups={groups} />
      <ColumnChooser metrics={metrics} runs={all} />
      <ActionIcon
        aria-label={t('board.save')}
        title={t('board.save')}
        onClick={() => saveFile(fileNameOf(t('compare.leaderboard'), 'csv'), boardCsv(shown))}
      >
        <DownloadIcon size={14} />
      </ActionIcon>
    </Group>
  )
}

function BoardTable({ boards, metrics, column: chosen, cutoff }: Omit<LeaderboardProps, 'groups'>) {
  const { t } = useTranslation()
  const [sort, setSort] = useState<Sort>({ column: chosen.key, direction: bestFirst(chosen.metric) })
  const [open, setOpen] = useState<ReadonlySet<string>>(new Set())
  const { order, onRange } = useRange()
  const onOpen = useCallback((key: string) => setOpen((before) => toggled(before, key)), [])
  const columns = useBoardColumns({ boards, metrics, chosen, cutoff, open, onRange, onOpen })
  const columnOf = (wanted: string) => columns.find(({ key }) => key === wanted)
  const sortBy = (columnOf(sort.column) ?? columnOf(chosen.key))?.sortBy
  const rows = useRows(boards, chosen, open, sort, sortBy)
  useLayoutEffect(() => {
    // The runs of an opened series stand below it.
    order.current = rows.flatMap((row) => (row.kind === 'run' && !open.has(row.key) ? idsOfRow(row) : []))
  }, [rows, open, order])
  const selected = useSelected()
  const nameOf = useGroupName()
  const rowOf = (key: string) => rows.find((row): row is RunRow => row.kind === 'run' && row.key === key)
  const idsOf = (key: string) => idsOfRow(rowOf(key))
  return (
    <NumberTips tipOf={(name) => tipOf(name, rowOf)}>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: arrows move among what is within */}
      <div onKeyDown={(event) => pressBoardKey(event, { order: order.current, idsOf, onRange })}>
        <DataTable<BoardRow>
          label={t('compare.leaderboard')}
          columns={columns as Column<BoardRow>[]}
          rows={rows}
          keyOf={keyOf}
          sort={sort}
          onSort={(wanted) => startTransition(() => setSort(wanted))}
          isSorted
          isCurrent={(row) => row.kind === 'run' && !row.series && row.run.id === selected}
          headingOf={(row) => (row.kind === 'group' ? nameOf(row.group) : null)}
          maximumHeight={maximumHeight}
          empty={t('board.nothing')}
        />
      </div>
    </NumberTips>
  )
}

/** Chooses all runs from the one that was chosen last, in the order in which they are shown. */
function useRange() {
  const order = useRef<string[]>([])
  const onRange = useCallback((ids: readonly string[]) => chooseUpTo(order.current, ids), [])
  return { order, onRange }
}

/** The run that the inspector shows. */
function useSelected(): string | null {
  const inspected = useInspected(({ runId }) => runId)
  return useInspectorOpened() ? inspected : null
}

/** What the name of a number stands for: its row, and the column of its metric. */
function tipOf(name: string, rowOf: (key: string) => RunRow | undefined): Tip | null {
  const [rowKey, key] = name.split(' ')
  const row = rowOf(rowKey)
  const column = columnOfKey(key)
  return row && column ? { row, column } : null
}

const keyOf = ({ key }: BoardRow) => key
const idsOfRow = (row: RunRow | undefined) => (row ? runsOf(row).map(({ id }) => id) : [])

/** The rows in the order in which they are shown; each group has a heading where there are several. */
function useRows(
  boards: readonly Board[],
  chosen: MetricColumn,
  open: ReadonlySet<string>,
  { direction }: Sort,
  sortBy: Order['sortBy'] | undefined,
): BoardRow[] {
  const pins = useMemory(({ pins }) => pins)
  const ranked = useMemo(
    () => boards.map(({ group, runs }) => rowsOf(group.key, runs, chosen.key, isLessBetter(chosen.metric))),
    [boards, chosen],
  )
  return useMemo(() => {
    const order = { sortBy: sortBy ?? (() => null), direction, pinned: new Set(pins) }
    return boards.flatMap(({ group }, at): BoardRow[] => {
      const rows = opened(arrange(ranked[at], order), open)
      return boards.length > 1 ? [{ kind: 'group', key: group.key, group }, ...rows] : rows
    })
  }, [boards, ranked, open, sortBy, direction, pins])
}

function toggled(keys: ReadonlySet<string>, key: string): ReadonlySet<string> {
  const copy = new Set(keys)
  if (!copy.delete(key)) copy.add(key)
  return copy
}
