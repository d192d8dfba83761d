import { Button, Checkbox, Group, Popover, Stack, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { MetricId } from '../../../main/contract/experiment'
import type { RunRecord } from '../../../main/contract/records'
import { following, plainColumns, usualColumns } from '../../state/board-columns'
import { cutoffsOf, hasNoCutoff, metricKey } from '../../state/comparison'
import { remember, useMemory } from '../../state/memory'
import { ColumnsIcon } from '../../widgets/icons'
import styles from './leaderboard.module.css'

interface ColumnChooserProps {
  metrics: readonly MetricId[]
  runs: readonly RunRecord[]
}

/** Chooses the leaderboard's columns: any metric at any cutoff, what differs, and what runs cost. */
export function ColumnChooser({ metrics, runs }: ColumnChooserProps) {
  const { t } = useTranslation()
  return (
    <Popover position="bottom-end" trapFocus withinPortal={false}>
      <Popover.Target>
        <Button variant="default" leftSection={<ColumnsIcon size={13} />}>
          {t('board.columns')}
        </Button>
      </Popover.Target>
      <Popover.Dropdown aria-label={t('board.columnsTitle')} className={styles.chooser}>
        <Choices metrics={metrics} runs={runs} />
      </Popover.Dropdown>
    </Popover>
  )
}

function Choices({ metrics, runs }: ColumnChooserProps) {
  const { t } = useTranslation()
  const remembered = useMemory(({ boardColumns }) => boardColumns)
  const onlyDifferent = useMemory((memory) => memory.onlyDifferent)
  const chosen = remembered ?? usualColumns(metrics)
  return (
    <Stack gap="md">
      <Group justify="space-between">
        <Checkbox
          label={t('board.onlyDifferent')}
          checked={onlyDifferent}
          onChange={(event) => remember({ onlyDifferent: event.currentTarget.checked })}
        />
        <Button
          variant="default"
          size="compact-xs"
          disabled={remembered === null}
          onClick={() => remember({ boardColumns: null })}
        >
          {t('board.usual')}
        </Button>
      </Group>
      <MetricTable metrics={metrics} runs={runs} chosen={chosen} />
      <div>
        <Text size="xs" c="dimmed" mb={6}>
          {t('board.others')}
        </Text>
        <div className={styles.plain}>
          {plainColumns.map((column) => (
            <Checkbox
              key={column}
              label={t(`board.plain.${column}`)}
              checked={chosen.includes(column)}
              onChange={() => toggle(chosen, column)}
            />
          ))}
        </div>
      </div>
    </Stack>
  )
}

/** A box for each metric at each cutoff, and one for the cutoff in force, whichever that is. */
function MetricTable({ metrics, runs, chosen }: ColumnChooserProps & { chosen: readonly string[] }) {
  const { t } = useTranslation()
  const cutoffs = cutoffsOf(runs)
  const box = (column: string, name: string, cutoff: string) => (
    <input
      type="checkbox"
      className={styles.choose}
      aria-label={t('board.chooseColumn', { name, cutoff })}
      checked={chosen.includes(column)}
      onChange={() => toggle(chosen, column)}
    />
  )
  return (
    <table className={styles.metrics}>
      <thead>
        <tr>
          <th scope="col">{t('board.metricsAt')}</th>
          <th scope="col">{t('board.atCutoff')}</th>
          {cutoffs.map((k) => (
            <th key={k} scope="col">
              {k}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {metrics.map((metric) => {
          const name = t(`metrics.${metric}.name`)
          const own = hasNoCutoff(runs, metric) ? [] : cutoffsOf(runs, metric)
          return (
            <tr key={metric}>
              <th scope="row">{name}</th>
              <td>{box(following(metric), name, t('board.atCutoff'))}</td>
              {cutoffs.map((k) => (
                <td key={k}>{own.includes(k) && box(metricKey(metric, k), name, String(k))}</td>
              ))}
            </tr>
          )
        })}
      </tbody>
    </table>
  )
}

function toggle(chosen: readonly string[], column: string): void {
  const others = chosen.filter((each) => each !== column)
  remember({ boardColumns: others.length < chosen.length ? others : [...chosen, column] })
}
