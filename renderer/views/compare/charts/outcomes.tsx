import { Button, Group, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { dotName, type ValuePairs } from '../../../../main/contract/per-user'
import type { RunRecord } from '../../../../main/contract/records'
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
  const outcomes = useOutcomes(pair, column, pairs)
  const name = outcomes.find(({ places }) => isSame(places, chosen))?.text ?? t('compareCharts.someUsers')
  return (
    <Group gap="xs" mb="xs" role="group" aria-label={t('compareCharts.outcomes')}>
      {outcomes.map((outcome) => {
        const isChosen = outcome.places.length > 0 && isSame(outcome.places, chosen)
        return (
          <OutcomeButton
            key={outcome.sign}
            outcome={outcome}
            pairs={pairs}
            isChosen={isChosen}
            onClick={() => onChoose(isChosen ? [] : outcome.places)}
          />
        )
      })}
      {chosen.length > 0 && <ChosenUsers {...{ pair, column, pairs, chosen, onChoose, name }} />}
    </Group>
  )
}

interface Outcome {
  sign: number
  text: string
  /** The run that wins; null where none does. */
  run: RunRecord | null
  /** Of its dots. */
  places: number[]
}

function useOutcomes([first, second]: Pair, column: MetricColumn, { dots }: ValuePairs): Outcome[] {
  const { t } = useTranslation()
  const firstWins = signOfFirst(column.metric)
  const outcomes = [
    { sign: firstWins, text: t('compareCharts.better', { name: first.name }), run: first },
    { sign: -firstWins, text: t('compareCharts.better', { name: second.name }), run: second },
    { sign: 0, text: t('compareCharts.equal'), run: null },
  ]
  return outcomes.map((outcome) => ({
    ...outcome,
    places: [...dots.signs.keys()].filter((at) => dots.signs[at] === outcome.sign),
  }))
}

function countOf({ dots }: ValuePairs, places: readonly number[]): number {
  return places.reduce((sum, at) => sum + dots.counts[at], 0)
}

interface OutcomeButtonProps {
  outcome: Outcome
  pairs: ValuePairs
  isChosen: boolean
  onClick(): void
}

function OutcomeButton({ outcome: { text, run, places }, pairs, isChosen, onClick }: OutcomeButtonProps) {
  const { t } = useTranslation()
  const format = useFormat()
  const users = countOf(pairs, places)
  return (
    <Button
      variant={isChosen ? 'light' : 'default'}
      size="compact-xs"
      aria-pressed={isChosen}
      disabled={places.length === 0}
      leftSection={run && <RunDot id={run.id} />}
      onClick={onClick}
    >
      {t('compareCharts.outcome', { text, users: format.count(users), share: format.percent(users / pairs.users) })}
    </Button>
  )
}

/** How many users are chosen, by the name of what they have in common, and what becomes of them. */
function ChosenUsers({ name, ...props }: OutcomesProps & { name: string }) {
  const { pairs, chosen, onChoose } = props
  const { t } = useTranslation()
  const naming = useNaming(props, name)
  return (
    <>
      <Text size="xs" role="status" ml="sm">
        {t('compareCharts.chosenUsers', { count: countOf(pairs, chosen) })}
      </Text>
      <Button size="compact-xs" loading={naming.busy} onClick={() => naming.run()}>
        {t('compareCharts.nameAndOpen')}
      </Button>
      <Button variant="subtle" size="compact-xs" onClick={() => onChoose([])}>
        {t('compareCharts.clear')}
      </Button>
    </>
  )
}

/** Asks who the chosen users are, and then for the name of their selection. */
function useNaming({ pair: [first, second], column, pairs: { dots }, chosen }: OutcomesProps, name: string) {
  const { t } = useTranslation()
  const engine = useEngine()
  const dataset = useWorkbench((state) => state.datasets.get(first.datasetId))
  return useAction(async () => {
    if (!dataset) return
    const users = await engine.call('perUser.ids', {
      first: first.id,
      second: second.id,
      key: column.key,
      dots: chosen.map((at) => dotName(dots, at)),
    })
    const text = t('compareCharts.selectionName', {
      users: name,
      metric: metricKey(t(`metrics.${column.metric}.name`), column.cutoff),
      first: first.name,
      second: second.name,
    })
    show({ kind: 'nameSelection', dataset, members: { users, name: text, runs: [first.id, second.id] } })
  })
}

/** Both ascending. */
function isSame(a: readonly number[], b: readonly number[]): boolean {
  return a.length === b.length && a.every((place, at) => place === b[at])
}
