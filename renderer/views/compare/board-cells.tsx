import { Badge, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { pinRuns } from '../../commands/board-steps'
import { deleteRun } from '../../commands/steps'
import type { MetricColumn } from '../../state/board-columns'
import { toggleChosen, useChosenRuns } from '../../state/chosen-runs'
import { useAction, useEngine } from '../../state/engine'
import { inspectRun } from '../../state/inspector'
import { type RunRow, runsOf } from '../../state/leaderboard'
import { useMemory } from '../../state/memory'
import { formatRoute } from '../../state/router'
import { ElsewhereBadge } from '../../widgets/elsewhere-badge'
import { DeleteIcon, InspectorIcon, ListIcon, PinIcon } from '../../widgets/icons'
import { RunDot, RunMark } from '../../widgets/run-mark'
import { StateText } from '../../widgets/state-text'
import { Tags } from '../../widgets/tags'
import styles from './leaderboard.module.css'

interface RunCellProps {
  row: RunRow
  isBest: boolean
  /** Chooses all from the run chosen last to those of this row. */
  onRange(ids: readonly string[]): void
  /** Shows the runs of a series, or hides them. */
  onOpen(key: string): void
  isOpen: boolean
}

export function RunCell({ row, isBest, onRange, onOpen, isOpen }: RunCellProps) {
  const { t } = useTranslation()
  const { run, series, rank } = row
  return (
    <span className={row.isNested ? `${styles.run} ${styles.nested}` : styles.run}>
      <ChooseBox row={row} onRange={onRange} />
      <span className={styles.rank} title={rank === null ? undefined : t('board.rank', { rank })}>
        {rank ?? ''}
      </span>
      {series ? (
        <button
          type="button"
          className={styles.series}
          aria-expanded={isOpen}
          title={t(`board.series.${series.kind}`, { count: series.runs.length })}
          onClick={() => onOpen(row.key)}
        >
          <span aria-hidden="true">{isOpen ? '▾' : '▸'}</span>
          <RunDot id={run.id} />
          <span className="clipped">{run.name}</span>
        </button>
      ) : (
        <RunMark id={run.id} name={run.name} />
      )}
      <ElsewhereBadge run={run} />
      <Tags tags={run.tags} />
      {run.state !== 'done' && <StateText state={run.state} />}
      {isBest && (
        <Badge variant="light" color="green" c="var(--topn-good)" size="sm" tt="none" flex="none">
          {t('compare.best')}
        </Badge>
      )}
    </span>
  )
}

function ChooseBox({ row, onRange }: Pick<RunCellProps, 'row' | 'onRange'>) {
  const { t } = useTranslation()
  const ids = runsOf(row).map(({ id }) => id)
  const chosen = useChosenRuns((state) => ids.filter((id) => state.ids.has(id)).length)
  return (
    <input
      type="checkbox"
      className={styles.choose}
      data-cell="choose"
      data-row={row.key}
      aria-label={t('board.choose', { name: row.run.name })}
      checked={chosen === ids.length}
      ref={(box) => {
        if (box) box.indeterminate = chosen > 0 && chosen < ids.length
      }}
      // A change does not say whether Shift is held.
      onChange={() => {}}
      onClick={({ shiftKey }) => (shiftKey ? onRange(ids) : toggleChosen(ids))}
    />
  )
}

interface NumberCellProps {
  row: RunRow
  column: MetricColumn
  text: string
  /** Of a series, written; takes the same room where it is empty, and none where it is null. */
  deviation: string | null
  isBest: boolean
}

/** A number that says how it came about; the keyboard reaches it by the arrows. */
export function NumberCell({ row, column: { key }, text, deviation, isBest }: NumberCellProps) {
  if (row.run.metrics[key] === undefined) return <span className={styles.missing}>{text}</span>
  return (
    <button
      type="button"
      tabIndex={-1}
      data-cell={key}
      data-tip={`${row.key} ${key}`}
      className={isBest ? `${styles.number} ${styles.best}` : styles.number}
    >
      {text}
      {deviation !== null && <small> {deviation}</small>}
    </button>
  )
}

/** Plain buttons, since a table has hundreds of them; the keyboard reaches them by the arrows. */
export function ActionsCell({ row: { run, series, isNested } }: { row: RunRow }) {
  const { t } = useTranslation()
  const engine = useEngine()
  const remove = useAction(() => deleteRun(engine, run))
  const isPinned = useMemory(({ pins }) => pins.includes(run.id))
  const labels = {
    pin: t(isPinned ? 'board.unpin' : 'board.pin', { name: run.name }),
    lists: t('compare.lists', { name: run.name }),
    inspect: t('run.select', { name: run.name }),
    delete: t('compare.delete', { name: run.name }),
  }
  const named = (name: keyof typeof labels) => ({
    className: styles.action,
    'aria-label': labels[name],
    title: labels[name],
    'data-cell': name,
    tabIndex: -1,
  })
  return (
    <span className={styles.actions}>
      {!isNested && (
        <button type="button" {...named('pin')} aria-pressed={isPinned} onClick={() => pinRuns([run], !isPinned)}>
          <PinIcon size={14} />
        </button>
      )}
      {run.state === 'done' && (
        <a {...named('lists')} href={formatRoute('users', { run: run.id })}>
          <ListIcon size={14} />
        </a>
      )}
      <button type="button" {...named('inspect')} onClick={() => inspectRun(run.id)}>
        <InspectorIcon size={14} />
      </button>
      {!series && (
        <button type="button" {...named('delete')} disabled={remove.busy} onClick={() => remove.run()}>
          <DeleteIcon size={14} />
        </button>
      )}
    </span>
  )
}

export function SettingsCell({ text }: { text: string }) {
  return (
    <Text size="xs" c="dimmed" className="clipped" maw={220} title={text}>
      {text}
    </Text>
  )
}
