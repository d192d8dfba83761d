import { Select, useComputedColorScheme } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ScatterChart } from '../../charts/scatter-chart'
import { useFormat } from '../../locales/format'
import type { Judged, SearchAxis } from '../../state/study-space'
import { byObjective } from '../../state/trials'
import { palette } from '../../widgets/palette'
import { useObjectiveName } from './objective-name'

interface SliceChartProps {
  axes: readonly SearchAxis[]
  trials: readonly Judged[]
  objective: string
}

/** What trials reached by one parameter. */
export function SliceChart({ axes, trials, objective }: SliceChartProps) {
  const { t } = useTranslation()
  const format = useFormat()
  const measured = useObjectiveName()
  const scheme = useComputedColorScheme('light')
  const [wanted, setWanted] = useState(axes[0].name)
  const axis = axes.find(({ name }) => name === wanted) ?? axes[0]
  const categories = axis.choices?.map(String)
  const best = byObjective(trials, objective)[0]
  const [main, strong] = palette[scheme]
  return (
    <ScatterChart
      title={t('tune.study.slice', { objective: measured(objective), name: axis.name })}
      kind={t('tune.study.trial')}
      height={260}
      x={{
        name: axis.name,
        categories,
        isLog: axis.isLogarithmic,
        format: (value) => categories?.[value] ?? format.value(value),
      }}
      y={{ name: measured(objective), format: format.value }}
      points={trials.map((trial) => ({
        name: t('tune.study.trialOf', { number: trial.number }),
        x: axis.choices ? axis.choices.indexOf(trial.params[axis.name]) : Number(trial.params[axis.name]),
        y: trial.values[objective],
        color: trial === best ? strong : main,
        size: trial === best ? 11 : 7,
      }))}
    >
      <Select
        aria-label={t('tune.study.sliceBy')}
        maw={200}
        mb="xs"
        data={axes.map(({ name }) => name)}
        value={axis.name}
        onChange={(name) => name !== null && setWanted(name)}
      />
    </ScatterChart>
  )
}
