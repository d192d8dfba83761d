import { Group, Select } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { SurfaceChart } from '../../charts/surface-chart'
import type { Judged, SearchAxis } from '../../state/study-space'
import { isLess } from '../../state/trials'
import { useObjectiveName } from './objective-name'

interface TrialSurfaceProps {
  axes: readonly SearchAxis[]
  trials: readonly Judged[]
  objective: string
}

/** What trials reached over two parameters, filled in between them. */
export function TrialSurface({ axes, trials, objective }: TrialSurfaceProps) {
  const { t } = useTranslation()
  const measured = useObjectiveName()
  const [wanted, setWanted] = useState({ across: axes[0].name, up: axes[1].name })
  const axisOf = (name: string, usual: SearchAxis) => axes.find((axis) => axis.name === name) ?? usual
  const x = axisOf(wanted.across, axes[0])
  const y = axisOf(wanted.up, axes[1])
  const choice = (key: 'across' | 'up', shown: SearchAxis, other: SearchAxis) => (
    <Select
      aria-label={t(`tune.study.${key}`)}
      w={160}
      data={axes.filter(({ name }) => name !== other.name).map(({ name }) => name)}
      value={shown.name}
      onChange={(name) => name !== null && setWanted({ ...wanted, [key]: name })}
    />
  )
  return (
    <SurfaceChart
      title={t('tune.study.contour', { objective: measured(objective) })}
      note={t('tune.study.contourNote')}
      kind={t('tune.study.trial')}
      measured={measured(objective)}
      x={x}
      y={y}
      lessIsBetter={isLess(objective)}
      points={trials.map(({ number, params, values }) => ({
        key: String(number),
        name: t('tune.study.trialOf', { number }),
        x: x.placeOf(params[x.name]),
        y: y.placeOf(params[y.name]),
        value: values[objective],
        across: x.textAt(x.placeOf(params[x.name])),
        up: y.textAt(y.placeOf(params[y.name])),
      }))}
    >
      <Group gap="xs" mb="xs">
        {choice('across', x, y)}
        {choice('up', y, x)}
      </Group>
    </SurfaceChart>
  )
}
