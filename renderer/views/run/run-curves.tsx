import { Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { RunRecord } from '../../../main/contract/records'
import { LineChart } from '../../charts/line-chart'
import { useAwaitedCurves, useCurves } from '../../state/curves'
import { isActive } from '../../widgets/job-progress'
import { Panel } from '../../widgets/panel'
import { useRunStyle } from '../../widgets/run-mark'

interface RunCurvesProps {
  run: RunRecord
  /** In pixels. */
  height?: number
}

/** What the model reported at each epoch, a chart for each value: they have scales of their own. */
export function RunCurves({ run, height = 220 }: RunCurvesProps) {
  const { t } = useTranslation()
  const styleOf = useRunStyle()
  const bestEpoch = run.learned?.bestEpoch ?? null
  const curves = useCurves(run)
  if (curves.length === 0) return <AwaitedCurves run={run} height={height} />
  return curves.map(({ name, epochs, values }) => (
    <LineChart
      key={name}
      title={t('run.curve', { name })}
      positions={epochs}
      axis={t('run.epoch')}
      kind={t('compare.run')}
      measured={name}
      height={height}
      isConnected
      {...(bestEpoch !== null && { marker: { position: bestEpoch, name: t('control.bestMark') } })}
      lines={[{ ...styleOf(run.id), name: run.name, strong: true, values }]}
    />
  ))
}

/** The place of the curves that a run in training will have. */
function AwaitedCurves({ run, height }: Required<RunCurvesProps>) {
  const { t } = useTranslation()
  const names = useAwaitedCurves(run)
  if (!isActive(run)) return null
  return names.map((name) => (
    <Panel key={name} title={t('run.curve', { name })} fill>
      <Text size="sm" c="dimmed" mih={height}>
        {t('run.curveAwaited')}
      </Text>
    </Panel>
  ))
}
