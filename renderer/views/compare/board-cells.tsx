import { Badge, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { RunRecord } from '../../../main/contract/records'
import { pinRuns } from '../../commands/board-steps'
import { deleteRun } from '../../commands/steps'
import type { MetricColumn } from '../../state/board-columns'
import { toggleChosen, useChosenRuns } from '../../state/chosen-runs'
import { useAction, useEngine } from '../../state/engine'
import { inspectRun } from '../../state/inspector'
import type { RunRow } from '../../state/leaderboard'
import { useMemory } from '../../state/memory'
import { formatRoute } from '../../state/router'
import { DeleteIcon, InspectorIcon, ListIcon, PinIcon } from '../../widgets/icons'
import { RunMark } from '../../widgets/run-mark'
import { StateText } from '../../widgets/state-text'
import { Tags } from '../../widgets/tags'
import styles from './leaderboard.module.css'

interface RunCellProps {
  row: RunRow
  isBest: boolean
  /** Chooses all from the run chosen last to this one. */
  onRange(id: string): void
}

export function RunCell({ row: { run, rank }, isBest, onRange }: RunCellProps) {
  const { t } = useTranslation()
  return (
    <span className={styles.run}>
      <ChooseBox run={run} onRange={onRange} />
      <span className={styles.rank} title={rank === null ? undefined : t('board.rank', { rank })}>
        {rank ?? ''}
      </span>
      <RunMark id={run.id} name={run.name} />
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

function ChooseBox({ run: { id, name }, onRange }: { run: RunRecord; onRange(id: string): void }) {
  const { t } = useTranslation()
  const isChosen = useChosenRuns(({ ids }) => ids.has(id))
  return (
    <input
      type="checkbox"
      className={styles.choose}
      data-cell="choose"
      data-run={id}
      aria-label={t('board.choose', { name })}
      checked={isChosen}
      // A change does not say whether Shift is held.
      onChange={() => {}}
      onClick={({ shiftKey }) => (shiftKey ? onRange(id) : toggleChosen(id))}
    />
  )
}

interface NumberCellProps {
  run: RunRecord
  column: MetricColumn
  text: string
  isBest: boolean
}

/** A number that says how it came about; the keyboard reaches it by the arrows. */
export function NumberCell({ run, column: { key }, text, isBest }: NumberCellProps) {
  if (run.metrics[key] === undefined) return <span className={styles.missing}>{text}</span>
  return (
    <button
      type="button"
      tabIndex={-1}
      data-cell={key}
      data-tip={`${run.id} ${key}`}
      className={isBest ? `${styles.number} ${styles.best}` : styles.number}
    >
      {text}
    </button>
  )
}

/** Plain buttons: a table has hundreds of them. */
export function ActionsCell({ run }: { run: RunRecord }) {
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
  const named = (label: string) => ({ className: styles.action, 'aria-label': label, title: label })
  return (
    <span className={styles.actions}>
      <button type="button" {...named(labels.pin)} aria-pressed={isPinned} onClick={() => pinRuns([run], !isPinned)}>
        <PinIcon size={14} />
      </button>
      {run.state === 'done' && (
        <a {...named(labels.lists)} href={formatRoute('users', { run: run.id })}>
          <ListIcon size={14} />
        </a>
      )}
      <button type="button" {...named(labels.inspect)} onClick={() => inspectRun(run.id)}>
        <InspectorIcon size={14} />
      </button>
      <button type="button" {...named(labels.delete)} disabled={remove.busy} onClick={() => remove.run()}>
        <DeleteIcon size={14} />
      </button>
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
