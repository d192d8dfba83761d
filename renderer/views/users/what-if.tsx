import { Button, CloseButton, Group, Text, VisuallyHidden } from '@mantine/core'
import { type ReactNode, useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { RunRecord } from '../../../main/contract/records'
import type { ListRules, ShownItem } from '../../../main/contract/sandbox'
import { useFormat } from '../../locales/format'
import { useAction, useEngine } from '../../state/engine'
import {
  addToSandbox,
  beginSandbox,
  enterSandbox,
  type SandboxEntry,
  takeFromSandbox,
  useSandbox,
} from '../../state/sandbox'
import { goneFrom, type RunList, useShownLists } from '../../state/shown-lists'
import { type Column, DataTable } from '../../widgets/data-table'
import { Panel } from '../../widgets/panel'
import { RunMark } from '../../widgets/run-mark'
import { Failure, Loading } from '../../widgets/states'
import { ItemName } from './item-name'
import { ItemSearch } from './item-search'
import { ListTable } from './list-table'
import { Retrain } from './retrain'
import styles from './users-screen.module.css'
import { type Asked, WhyDialog } from './why-dialog'

interface WhatIfProps {
  runs: RunRecord[]
  user: string | null
  rules: ListRules
}

/** A user put together by hand: every run's list follows, beside what it was before. */
export function WhatIf({ runs, user, rules }: WhatIfProps) {
  const { start, own } = useSandbox()
  const [asked, setAsked] = useState<Asked | null>(null)
  const ids = runs.map(({ id }) => id)
  const before = useShownLists(ids, { user, history: historyOf(start), rules })
  const now = useShownLists(ids, { user, history: historyOf(own), rules })
  return (
    <div className={styles.columns}>
      <OwnPanel runId={runs[0].id} user={user} own={own} />
      <div className={styles.lists}>
        {runs.map((run) => (
          <Changed
            key={run.id}
            run={run}
            before={before.get(run.id)}
            now={now.get(run.id)}
            retrain={<Retrain run={run} user={user} history={historyOf(own)} rules={rules} />}
            onWhy={(item) => setAsked({ run, ...item })}
          />
        ))}
      </div>
      <WhyDialog asked={asked} whom={{ user, history: historyOf(own) }} onClose={() => setAsked(null)} />
    </div>
  )
}

const historyOf = (entries: readonly SandboxEntry[]) => entries.map(({ item, value }) => ({ item, value }))

interface OwnProps {
  own: readonly SandboxEntry[]
}

/** The history, and how it is begun and changed. */
function OwnPanel({ runId, user, own }: OwnProps & { runId: string; user: string | null }) {
  const { t } = useTranslation()
  return (
    <Panel title={t('whatIf.own')} note={t('whatIf.ownCount', { count: own.length })}>
      <Beginnings runId={runId} user={user} />
      <ItemSearch
        runId={runId}
        label={t('whatIf.add')}
        actionOf={(item) => t('whatIf.addItem', { item })}
        onChoose={addToSandbox}
        taken={new Set(own.map(({ item }) => item))}
        isOpen
      />
      <Text size="sm" fw={600} mt="md" aria-hidden="true">
        {t('whatIf.inHistory')}
      </Text>
      <OwnHistory own={own} />
      <Text size="xs" c="dimmed">
        {t('whatIf.changed')}
      </Text>
    </Panel>
  )
}

/** Begins by itself for another user; for the same one what is there stays until a button is pressed. */
function Beginnings({ runId, user }: { runId: string; user: string | null }) {
  const { t } = useTranslation()
  const engine = useEngine()
  const enter = useAction(() => enterSandbox(engine, { runId, user }))
  const begin = useAction((from: string | null) => beginSandbox(engine, { runId, user }, from))
  // biome-ignore lint/correctness/useExhaustiveDependencies: another user is another beginning
  useEffect(() => {
    void enter.run()
  }, [user, runId])
  return (
    <Group gap={4} mb="sm">
      {user !== null && (
        <Button size="compact-xs" variant="default" onClick={() => begin.run(user)}>
          {t('whatIf.start', { user })}
        </Button>
      )}
      <Button size="compact-xs" variant="default" onClick={() => begin.run(null)}>
        {t('whatIf.startEmpty')}
      </Button>
    </Group>
  )
}

function OwnHistory({ own }: OwnProps) {
  const { t } = useTranslation()
  const columns: Column<SandboxEntry>[] = [
    {
      key: 'item',
      heading: t('users.item'),
      grow: true,
      cell: ({ item, title }) => <ItemName item={item} title={title} />,
    },
    {
      key: 'remove',
      heading: <VisuallyHidden>{t('whatIf.removeHeading')}</VisuallyHidden>,
      cell: ({ item, title }) => (
        <CloseButton
          size="xs"
          aria-label={t('whatIf.remove', { item: title ?? item })}
          onClick={() => takeFromSandbox(item)}
        />
      ),
    },
  ]
  return (
    <DataTable
      label={t('whatIf.own')}
      columns={columns}
      rows={own.toReversed()}
      keyOf={({ item }) => item}
      maximumHeight={360}
      empty={t('whatIf.empty')}
    />
  )
}

interface ChangedProps {
  run: RunRecord
  before: RunList | undefined
  now: RunList | undefined
  /** In the place of a list where the model takes no new histories. */
  retrain: ReactNode
  onWhy(item: ShownItem): void
}

function Changed({ run, before, now, retrain, onWhy }: ChangedProps) {
  const { t } = useTranslation()
  const format = useFormat()
  const list = now?.answer?.list
  const old = before?.answer?.list ?? []
  const gone = list ? goneFrom(old, list) : []
  return (
    <Panel
      title={<RunMark id={run.id} name={run.name} />}
      note={list && t('whatIf.answered', { time: format.duration((now?.answer?.milliseconds ?? 0) / 1000) })}
      flush
    >
      {now?.error && <Failure error={now.error} />}
      {!now && <Loading />}
      {now?.answer && !list && retrain}
      {list && (
        <ListTable
          label={t('whatIf.listOf', { name: run.name })}
          list={list}
          against={{ list: old, heading: t('lists.moveBefore') }}
          onWhy={onWhy}
        />
      )}
      {gone.length > 0 && (
        <Text size="xs" c="dimmed" p="xs">
          {t('whatIf.gone', { items: gone.map(({ item, title }) => title ?? item).join(', ') })}
        </Text>
      )}
    </Panel>
  )
}
