import { useComputedColorScheme } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { paretoFront } from '../../charts/pareto'
import { ScatterChart } from '../../charts/scatter-chart'
import { useFormat } from '../../locales/format'
import type { Judged } from '../../state/study-space'
import { isLess } from '../../state/trials'
import { palette } from '../../widgets/palette'
import { useObjectiveName } from './objective-name'

/** Trials by both objectives, with those that no other one beats. */
export function BothObjectives({ trials, objectives }: { trials: readonly Judged[]; objectives: readonly string[] }) {
  const { t } = useTranslation()
  const format = useFormat()
  const measured = useObjectiveName()
  const scheme = useComputedColorScheme('light')
  const [across, up] = objectives
  const valued = trials.map(({ values }) => ({ x: values[across], y: values[up] }))
  const places = paretoFront(valued, { x: isLess(across), y: isLess(up) })
  const front = new Set(places)
  const [main, , , , , , , quiet] = palette[scheme]
  return (
    <ScatterChart
      title={t('tune.study.front')}
      note={t('tune.study.frontNote')}
      kind={t('tune.study.trial')}
      height={260}
      x={{ name: measured(across), format: format.value }}
      y={{ name: measured(up), format: format.value }}
      front={{ places, step: isLess(across) ? 'end' : 'start' }}
      points={trials.map(({ number }, at) => ({
        ...valued[at],
        name: t('tune.study.trialOf', { number }),
        color: front.has(at) ? main : quiet,
        size: front.has(at) ? 11 : 7,
      }))}
    />
  )
}
