import { useTranslation } from 'react-i18next'
import type { RunRecord } from '../../../main/contract/records'
import { LineChart } from '../../charts/line-chart'
import { useCurves } from '../../state/curves'
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
  return useCurves(run).map(({ name, epochs, values }) => (
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
