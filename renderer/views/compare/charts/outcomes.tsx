import { Button, Group, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { dotName, type ValuePairs } from '../../../../main/contract/per-user'
import { show } from '../../../commands/state'
import { useFormat } from '../../../locales/format'
import type { MetricColumn } from '../../../state/board-columns'
import { metricKey, signOfFirst } from '../../../state/comparison'
import { useAction, useEngine } from '../../../state/engine'
import { useWorkbench } from '../../../state/workbench'
import { RunDot } from '../../../widgets/run-mark'
import type { Pair } from './pairs'

interface OutcomesProps {
  pair: Pair
  column: MetricColumn
  pairs: ValuePairs
  /** Places of the dots that are chosen. */
  chosen: readonly number[]
  onChoose(places: readonly number[]): void
}

/** Who is better off with which run, each a choice by keyboard; and what can be done with the chosen users. */
export function Outcomes({ pair, column, pairs, chosen, onChoose }: OutcomesProps) {
  const { t } = useTranslation()
  const format = useFormat()
  const engine = useEngine()
  const [first, second] = pair
  const { dots } = pairs
  const dataset = useWorkbench((state) => state.datasets.get(first.datasetId))
  const placesOf = (sign: number) => [...dots.signs.keys()].filter((at) => dots.signs[at] === sign)
  const countOf = (places: readonly number[]) => places.reduce((sum, at) => sum + dots.counts[at], 0)
  const firstWins = signOfFirst(column.metric)
  const outcomes = [
    { sign: firstWins, text: t('compareCharts.better', { name: first.name }), run: first },
    { sign: -firstWins, text: t('compareCharts.better', { name: second.name }), run: second },
    { sign: 0, text: t('compareCharts.equal'), run: null },
  ]
  const chosenName = outcomes.find(({ sign }) => isSame(placesOf(sign), chosen))?.text ?? t('compareCharts.someUsers')
  const name = useAction(async () => {
    if (!dataset) return
    const users = await engine.call('perUser.ids', {
      first: first.id,
      second: second.id,
      key: column.key,
      dots: chosen.map((at) => dotName(dots, at)),
    })
    const text = t('compareCharts.selectionName', {
      users: chosenName,
      metric: metricKey(t(`metrics.${column.metric}.name`), column.cutoff),
      first: first.name,
      second: second.name,
    })
    show({ kind: 'nameSelection', dataset, members: { users, name: text, runs: [first.id, second.id] } })
  })
  return (
    <Group gap="xs" mb="xs" role="group" aria-label={t('compareCharts.outcomes')}>
      {outcomes.map(({ sign, text, run }) => {
        const places = placesOf(sign)
        const isChosen = places.length > 0 && isSame(places, chosen)
        return (
          <Button
            key={sign}
            variant={isChosen ? 'light' : 'default'}
            size="compact-xs"
            aria-pressed={isChosen}
            disabled={places.length === 0}
            leftSection={run && <RunDot id={run.id} />}
            onClick={() => onChoose(isChosen ? [] : places)}
          >
            {t('compareCharts.outcome', {
              text,
              users: format.count(countOf(places)),
              share: format.percent(countOf(places) / pairs.users),
            })}
          </Button>
        )
      })}
      {chosen.length > 0 && (
        <>
          <Text size="xs" role="status" ml="sm">
            {t('compareCharts.chosenUsers', { count: countOf(chosen) })}
          </Text>
          <Button size="compact-xs" loading={name.busy} onClick={() => name.run()}>
            {t('compareCharts.nameAndOpen')}
          </Button>
          <Button variant="subtle" size="compact-xs" onClick={() => onChoose([])}>
            {t('compareCharts.clear')}
          </Button>
        </>
      )}
    </Group>
  )
}

/** Both ascending. */
function isSame(a: readonly number[], b: readonly number[]): boolean {
  return a.length === b.length && a.every((place, at) => place === b[at])
}
