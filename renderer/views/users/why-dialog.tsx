import { Stack, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { CallInput } from '../../../main/contract/calls'
import type { Explanation, NamedPart } from '../../../main/contract/explanations'
import type { RunRecord } from '../../../main/contract/records'
import { useFormat } from '../../locales/format'
import { useAnswer } from '../../state/engine'
import { useWorkbench } from '../../state/workbench'
import { type Column, DataTable } from '../../widgets/data-table'
import { Dialog } from '../../widgets/dialog'
import { ShareBar } from '../../widgets/share-bar'
import { Failure, Loading } from '../../widgets/states'
import { ItemName } from './item-name'

/** Whom a list is for. */
export type Whom = Pick<CallInput<'explanations.ofItem'>, 'user' | 'history'>

export interface Asked {
  run: RunRecord
  item: string
  title: string | null
}

/** Why a run lists an item for somebody: one sentence, the evidence, and what would take it out of the list. */
export function WhyDialog({ asked, whom, onClose }: { asked: Asked | null; whom: Whom; onClose(): void }) {
  const { t } = useTranslation()
  const title = t('why.title', { item: asked?.title ?? asked?.item ?? '' })
  return (
    <Dialog opened={asked !== null} onClose={onClose} title={title} size="lg">
      {asked && <Answered asked={asked} whom={whom} />}
    </Dialog>
  )
}

function Answered({ asked, whom }: { asked: Asked; whom: Whom }) {
  const answer = useAnswer('explanations.ofItem', { runId: asked.run.id, item: asked.item, ...whom })
  if (answer.state === 'failed') return <Failure error={answer.error} onRetry={answer.retry} />
  if (!answer.value) return <Loading />
  return <Explained why={answer.value} run={asked.run} />
}

function Explained({ why, run }: { why: Explanation; run: RunRecord }) {
  const { t } = useTranslation()
  const sentence = useSentence()
  return (
    <Stack gap="md">
      <Text fw={600} data-reason={why.terms}>
        {sentence(why, run)}
      </Text>
      <Counterfactual why={why} />
      {why.history.length > 0 && (
        <div>
          <Parts label={t('why.history')} parts={why.history} heading={why.isExact ? t('why.amount') : t('why.drop')} />
          <Sum why={why} />
        </div>
      )}
      {why.others.map(({ of, parts }) => (
        <Parts key={of} label={t(`why.others.${of}`)} parts={parts} heading={t('why.amount')} />
      ))}
      <Faithfulness why={why} run={run} />
    </Stack>
  )
}

/** Names in a sentence at most. */
const mostNamed = 3

/** One plain sentence: how the model came to the item. */
function useSentence() {
  const { t, i18n } = useTranslation()
  const list = (parts: readonly NamedPart[]) => {
    const names = parts.slice(0, mostNamed).map(({ name, title }) => `“${title ?? name}”`)
    return names.length > 0
      ? new Intl.ListFormat(i18n.language, { type: 'conjunction' }).format(names)
      : t('why.nothing')
  }
  return ({ terms, history, others }: Explanation, run: RunRecord): string => {
    const partsOf = (of: string) => others.find((other) => other.of === of)?.parts ?? []
    const positive = history.filter(({ amount }) => amount > 0)
    return t(`why.terms.${terms}`, {
      run: run.name,
      items: list(positive),
      users: partsOf('users').length,
      features: list(partsOf('features')),
      members: list(partsOf('members').slice(0, 1)),
    })
  }
}

function Counterfactual({ why }: { why: Explanation }) {
  const { t, i18n } = useTranslation()
  const { counterfactual } = why
  if (why.terms === 'everyone' || why.terms === 'chance') return null
  if (!counterfactual) return <Text size="sm">{t('why.stays', { k: 10 })}</Text>
  const names = counterfactual.items.map(({ name, title }) => `“${title ?? name}”`)
  const items = new Intl.ListFormat(i18n.language, { type: 'conjunction' }).format(names)
  const { k, rank, isSmallest } = counterfactual
  return (
    <Text size="sm" data-counterfactual={names.length}>
      {rank === null ? t('why.gone', { items, k }) : t('why.goneTo', { items, k, rank })}{' '}
      {isSmallest ? t('why.smallest') : t('why.greedy')}
    </Text>
  )
}

/** How far reasons of the run are to be relied upon, or how that is found out. */
function Faithfulness({ why, run }: { why: Explanation; run: RunRecord }) {
  const { t } = useTranslation()
  const format = useFormat()
  const { faithfulness } = run.metrics
  const foldsIn = useWorkbench(({ models }) =>
    models.find(({ id }) => id === run.model)?.capabilities.includes('foldIn'),
  )
  if (why.terms === 'everyone' || !foldsIn || 'faithfulness' in run.leftOut) return null
  return (
    <Text size="xs" c="dimmed" data-faithfulness>
      {faithfulness === undefined
        ? t('why.unjudged', { run: run.name })
        : t('why.faithfulness', { run: run.name, value: format.decimal(faithfulness) })}
    </Text>
  )
}

function Sum({ why }: { why: Explanation }) {
  const { t } = useTranslation()
  const format = useFormat()
  const lines: string[] = []
  const amount = format.score(why.beyond.amount)
  if (why.beyond.items > 0) lines.push(t('why.beyond', { count: why.beyond.items, amount }))
  if (why.isExact && why.rest) lines.push(t('why.rest', { amount: format.score(why.rest) }))
  if (why.isExact && why.score !== null) lines.push(t('why.sum', { score: format.score(why.score) }))
  if (!why.isExact) lines.push(why.rest === null ? t('why.approximate') : t('why.firstOrder'))
  return (
    <Text size="xs" c="dimmed" mt={4}>
      {lines.join(' · ')}
    </Text>
  )
}

function Parts({ label, parts, heading }: { label: string; parts: NamedPart[]; heading: string }) {
  const { t } = useTranslation()
  const format = useFormat()
  const most = Math.max(...parts.map(({ amount }) => Math.abs(amount)), Number.MIN_VALUE)
  const columns: Column<NamedPart>[] = [
    {
      key: 'name',
      heading: t('why.part'),
      grow: true,
      cell: ({ name, title }) => <ItemName item={name} title={title} />,
    },
    {
      key: 'amount',
      heading,
      align: 'right',
      cell: ({ amount }) => <ShareBar share={Math.max(0, amount / most)} text={format.score(amount)} />,
    },
  ]
  return (
    <>
      <Text size="sm" fw={600} mb={4} aria-hidden="true">
        {label}
      </Text>
      <DataTable label={label} columns={columns} rows={parts} keyOf={({ name }) => name} maximumHeight={260} />
    </>
  )
}
