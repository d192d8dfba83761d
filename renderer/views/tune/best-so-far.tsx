import { useComputedColorScheme } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { LineChart } from '../../charts/line-chart'
import type { Judged } from '../../state/study-space'
import { bestSoFar } from '../../state/trials'
import { palette } from '../../widgets/palette'
import { useObjectiveName } from './objective-name'

/** How the best value grew with the trials. */
export function BestSoFar({ trials, objective }: { trials: readonly Judged[]; objective: string }) {
  const { t } = useTranslation()
  const measured = useObjectiveName()
  const scheme = useComputedColorScheme('light')
  const steps = bestSoFar(trials, objective)
  const valueAt = new Map(trials.map(({ number, values }) => [number, values[objective]]))
  const [main, , , , , , , quiet] = palette[scheme]
  return (
    <LineChart
      title={t('tune.study.bestSoFar', { objective: measured(objective) })}
      positions={steps.map((_, at) => at + 1)}
      axis={t('tune.study.bestSoFarAxis')}
      kind={t('tune.study.trials')}
      measured={measured(objective)}
      height={240}
      lines={[
        {
          name: t('tune.study.everyTrial'),
          color: quiet,
          dash: 'dotted',
          strong: false,
          values: steps.map(({ number }) => valueAt.get(number) ?? null),
        },
        {
          name: t('tune.study.bestLine'),
          color: main,
          dash: 'solid',
          strong: true,
          values: steps.map(({ best }) => best),
        },
      ]}
    />
  )
}
