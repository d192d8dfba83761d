import { Button, Group } from '@mantine/core'
import {
  type KeyboardEvent,
  memo,
  startTransition,
  useCallback,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
} from 'react'
import { useTranslation } from 'react-i18next'
import type { MetricId } from '../../../main/contract/experiment'
import type { RunRecord } from '../../../main/contract/records'
import { columnOfKey, type MetricColumn } from '../../state/board-columns'
import { chooseRuns, chooseUpTo } from '../../state/chosen-runs'
import { isLessBetter, type RunGroup } from '../../state/comparison'
import { useInspected, useInspectorOpened } from '../../state/inspector'
import { arrange, type BoardRow, type Order, type RunRow, ranksOf } from '../../state/leaderboard'
import { useMemory } from '../../state/memory'
import { adjust } from '../../state/router'
import { type Column, DataTable } from '../../widgets/data-table'
import { Panel } from '../../widgets/panel'
import type { Sort } from '../../widgets/sort'
import { bestFirst, useBoardColumns } from './board-columns'
import { moveAmongCells } from './cell-keys'
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
export const Leaderboard = memo(function Leaderboard({
  boards,
  groups,
  metrics,
  column: chosen,
  cutoff,
}: LeaderboardProps) {
  const { t } = useTranslation()
  const all = useMemo(() => groups.flatMap(({ runs }) => runs), [groups])
  const [sort, setSort] = useState<Sort>({ column: chosen.key, direction: bestFirst(chosen.metric) })
  const order = useRef<string[]>([])
  const onRange = useCallback((id: string) => chooseUpTo(order.current, id), [])
  const columns = useBoardColumns({ boards, metrics, chosen, cutoff, onRange })
  const sortBy = columns.find(({ key }) => key === sort.column)?.sortBy
  const rows = useRows(boards, chosen, sort, sortBy)
  useLayoutEffect(() => {
    order.current = rows.flatMap((row) => (row.kind === 'run' ? [row.key] : []))
  }, [rows])
  const inspected = useInspected(({ runId }) => runId)
  const selected = useInspectorOpened() ? inspected : null
  const nameOf = useGroupName()
  const shown = boards.flatMap(({ runs }) => runs)
  const count = shown.length
  const total = groups.reduce((sum, { runs, unfinished }) => sum + runs.length + unfinished.length, 0)

  function tipOf(name: string): Tip | null {
    const [id, key] = name.split(' ')
    const run = shown.find((each) => each.id === id)
    const column = columnOfKey(key)
    return run && column ? { run, column } : null
  }
  function pressKey(event: KeyboardEvent) {
    const isBox = event.target instanceof HTMLElement && event.target.dataset.cell === 'choose'
    if (isBox && event.key === 'a' && (event.ctrlKey || event.metaKey)) {
      event.preventDefault()
      chooseRuns(order.current)
      return
    }
    const from = event.target as HTMLElement
    const to = moveAmongCells(event)
    if (!to || !isBox || !event.shiftKey || to.dataset.cell !== 'choose') return
    for (const box of [from, to]) onRange(box.dataset.run ?? '')
  }

  return (
    <Panel
      title={t('compare.leaderboard')}
      note={count < total && t('board.shown', { count, all: total })}
      actions={
        <Group gap="sm" justify="flex-end">
          <RunFilters groups={groups} />
          <ColumnChooser metrics={metrics} runs={all} />
        </Group>
      }
      flush
    >
      <NumberTips tipOf={tipOf}>
        {/* biome-ignore lint/a11y/noStaticElementInteractions: arrows move among what is within */}
        <div onKeyDown={pressKey}>
          <DataTable<BoardRow>
            label={t('compare.leaderboard')}
            columns={columns as Column<BoardRow>[]}
            rows={rows}
            keyOf={keyOf}
            sort={sort}
            onSort={(wanted) => startTransition(() => setSort(wanted))}
            isSorted
            isCurrent={({ key }) => key === selected}
            headingOf={(row) => (row.kind === 'group' ? nameOf(row.group) : null)}
            maximumHeight={maximumHeight}
            empty={t('board.nothing')}
          />
        </div>
      </NumberTips>
      {count === 0 && (
        <Button variant="default" m="sm" onClick={() => adjust('compare', noFilter)}>
          {t('board.clearFilters')}
        </Button>
      )}
      <ChosenBar runs={shown} />
    </Panel>
  )
})

const keyOf = ({ key }: BoardRow) => key

/** The rows in the order in which they are shown; each group has a heading where there are several. */
function useRows(
  boards: readonly Board[],
  chosen: MetricColumn,
  { direction }: Sort,
  sortBy: Order['sortBy'] | undefined,
): BoardRow[] {
  const pins = useMemory(({ pins }) => pins)
  const ranked = useMemo(() => boards.map((board) => runRows(board, chosen)), [boards, chosen])
  return useMemo(() => {
    const order = { sortBy: sortBy ?? (() => null), direction, pinned: new Set(pins) }
    return boards.flatMap(({ group }, at): BoardRow[] => {
      const rows = arrange(ranked[at], order)
      return boards.length > 1 ? [{ kind: 'group', key: group.key, group }, ...rows] : rows
    })
  }, [boards, ranked, sortBy, direction, pins])
}

function runRows({ group, runs }: Board, { key, metric }: MetricColumn): RunRow[] {
  const ranks = ranksOf(runs, key, isLessBetter(metric))
  return runs.map((run) => ({
    kind: 'run',
    key: run.id,
    run,
    groupKey: group.key,
    rank: ranks.get(run.id) ?? null,
  }))
}
