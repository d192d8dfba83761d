import { Select } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { LineChart } from '../../../charts/line-chart'
import { curvesOf } from '../../../state/curves'
import { adjust, useQueryValue } from '../../../state/router'
import { useWorkbench } from '../../../state/workbench'
import { useRunStyle } from '../../../widgets/run-mark'
import { Empty } from '../../../widgets/states'
import { bestOf, type CompareChartProps } from './chart-props'

/** More lines than this cannot be told apart. */
const mostLines = 16

/** What models reported at each epoch, those of several runs over one another; in training they grow. */
export function Training({ runs, inTraining, column }: CompareChartProps) {
  const { t } = useTranslation()
  const styleOf = useRunStyle()
  const asked = useQueryValue('curve')
  const growing = useWorkbench((state) => state.curves)
  const all = [...inTraining, ...runs]
  const curves = all.flatMap((run) => curvesOf(growing.get(run.id) ?? run.curve).map((curve) => ({ ...curve, run })))
  const reports = (wanted: string) => curves.filter((curve) => curve.name === wanted)
  const names = [...new Set(curves.map(({ name }) => name))].sort((a, b) => reports(b).length - reports(a).length)
  const name = names.find((each) => each === asked) ?? names[0]
  if (name === undefined)
    return <Empty title={t('compareCharts.noCurvesTitle')} text={t('compareCharts.noCurvesText')} />
  const having = reports(name)
  const drawn = bestOf(
    having.map(({ run }) => run),
    column,
    mostLines,
  )
  const shown = having.filter(({ run }) => drawn.includes(run))
  const known = shown.flatMap((curve) => curve.epochs)
  const [first, last] = known.reduce(([low, high], epoch) => [Math.min(low, epoch), Math.max(high, epoch)], [1, 1])
  // All of them, so that they are equally far apart.
  const epochs = Array.from({ length: last - first + 1 }, (_, at) => first + at)
  return (
    <LineChart
      title={t('run.curve', { name })}
      note={[
        drawn.length < having.length && t('compare.chartOfBest', { count: drawn.length, all: having.length }),
        having.length < all.length && t('compareCharts.withoutCurve', { count: all.length - having.length }),
      ]
        .filter(Boolean)
        .join(' ')}
      positions={epochs}
      axis={t('run.epoch')}
      kind={t('compare.run')}
      measured={name}
      isConnected
      lines={shown.map(({ run, epochs: own, values }) => {
        const valueAt = new Map(own.map((epoch, at) => [epoch, values[at]]))
        return {
          ...styleOf(run.id),
          name: run.name,
          strong: false,
          values: epochs.map((epoch) => valueAt.get(epoch) ?? null),
        }
      })}
    >
      {names.length > 1 && (
        <Select
          aria-label={t('compareCharts.curve')}
          w={190}
          mb="sm"
          data={names}
          value={name}
          onChange={(value) => value !== null && adjust('compare', { curve: value })}
        />
      )}
    </LineChart>
  )
}
