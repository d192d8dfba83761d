import { Group, SegmentedControl, Select, Text, useComputedColorScheme } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type DotName, dotName, type ValuePairs } from '../../../../main/contract/per-user'
import type { RunRecord } from '../../../../main/contract/records'
import type { Lasso } from '../../../charts/lasso'
import { ScatterChart, type ScatterPoint } from '../../../charts/scatter-chart'
import { useFormat } from '../../../locales/format'
import { metricKey, signOfFirst } from '../../../state/comparison'
import { useAnswer } from '../../../state/engine'
import { adjust, useQueryValue } from '../../../state/router'
import { surfaces } from '../../../widgets/palette'
import { useRunStyle } from '../../../widgets/run-mark'
import { Empty, Failure, Loading } from '../../../widgets/states'
import { bestOf, type CompareChartProps } from './chart-props'
import { Outcomes } from './outcomes'
import { Overlap } from './overlap'

/** Each user's value in one run against that in another: who is better off with which. */
export function Pairs({ runs, column }: CompareChartProps) {
  const { t } = useTranslation()
  const [askedFirst, askedSecond] = [useQueryValue('first'), useQueryValue('second')]
  const best = bestOf(runs, column, 2)
  const find = (asked: string | null) => runs.find(({ id }) => id === asked)
  const first = find(askedFirst) ?? best.find(({ id }) => id !== askedSecond) ?? runs[0]
  const others = runs.filter((run) => run.id !== first?.id && run.prepared === first?.prepared)
  const asked = find(askedSecond)
  const second = asked && others.includes(asked) ? asked : bestOf(others, column, 1)[0]
  if (!first || !second) return <Empty title={t('compareCharts.twoTitle')} text={t('compareCharts.twoText')} />
  return <Asked key={`${first.id} ${second.id} ${column.key}`} runs={runs} pair={[first, second]} column={column} />
}

export type Pair = readonly [first: RunRecord, second: RunRecord]

interface PairProps extends Pick<CompareChartProps, 'runs' | 'column'> {
  pair: Pair
}

function Asked(props: PairProps) {
  const { pair, column } = props
  const [first, second] = pair
  const answer = useAnswer('perUser.pairs', { first: first.id, second: second.id, key: column.key })
  if (answer.state === 'failed') {
    return (
      <>
        <Group gap="sm">
          <RunChoices {...props} />
        </Group>
        <Failure error={answer.error} onRetry={answer.retry} />
      </>
    )
  }
  return answer.value ? <Drawn {...props} pairs={answer.value} /> : <Loading />
}

function RunChoices({ runs, pair }: Omit<PairProps, 'column'>) {
  const { t } = useTranslation()
  const choices = runs.filter(({ prepared }) => prepared === pair[0].prepared)
  return (
    <>
      {(['first', 'second'] as const).map((name, at) => (
        <Select
          key={name}
          label={t(`compareCharts.${name}`)}
          w={200}
          searchable
          data={choices.filter(({ id }) => id !== pair[1 - at].id).map((run) => ({ value: run.id, label: run.name }))}
          value={pair[at].id}
          onChange={(value) => value !== null && adjust('compare', { [name]: value })}
        />
      ))}
    </>
  )
}

/** Diameters of a dot of one user and of the one that has the most, in pixels. */
const [least, most] = [5, 26]

function Drawn({ runs, pair, column, pairs }: PairProps & { pairs: ValuePairs }) {
  const { t } = useTranslation()
  const format = useFormat()
  const scheme = useComputedColorScheme('light')
  const styleOf = useRunStyle()
  const [shape, setShape] = useState<Lasso['shape']>('lasso')
  const [chosen, setChosen] = useState<readonly number[]>([])
  const [first, second] = pair
  const { dots } = pairs
  const metric = metricKey(t(`metrics.${column.metric}.name`), column.cutoff)
  const colorOf = (sign: DotName[2]) =>
    sign === 0 ? surfaces[scheme].dim : styleOf(sign === signOfFirst(column.metric) ? first.id : second.id).color
  const largest = Math.sqrt(dots.counts.reduce((max, count) => Math.max(max, count), 1))
  const isChosen = new Set(chosen)
  const points = Array.from(dots.counts, (count, at): ScatterPoint & { count: number } => ({
    name: t('compareCharts.dot', { count }),
    x: dots.first[at],
    y: dots.second[at],
    color: colorOf(dotName(dots, at)[2]),
    size: least + (most - least) * (Math.sqrt(count) / largest),
    isDimmed: chosen.length > 0 && !isChosen.has(at),
    count,
  }))
  return (
    <>
      <ScatterChart
        title={t('compareCharts.pairsTitle', { metric, first: first.name, second: second.name })}
        note={t('compareCharts.pairsNote', { count: pairs.users })}
        kind={t('compareCharts.users')}
        x={{ name: first.name, format: format.value }}
        y={{ name: second.name, format: format.value }}
        points={points}
        diagonal={t('compareCharts.same')}
        lasso={{ shape, onLasso: setChosen }}
        height={420}
      >
        <Group gap="sm" mb="sm" align="flex-end">
          <RunChoices runs={runs} pair={pair} />
          <SegmentedControl
            aria-label={t('compareCharts.lassoShape')}
            data={(['lasso', 'rectangle'] as const).map((value) => ({
              value,
              label: t(`compareCharts.shapes.${value}`),
            }))}
            value={shape}
            onChange={(value) => setShape(value as Lasso['shape'])}
          />
          <Text size="xs" c="dimmed" flex={1} miw={160}>
            {t('compareCharts.lassoHelp')}
          </Text>
        </Group>
        <Outcomes pair={pair} column={column} pairs={pairs} chosen={chosen} onChoose={setChosen} />
      </ScatterChart>
      <Overlap pair={pair} column={column} />
    </>
  )
}
