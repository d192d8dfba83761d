import { Button, Group, Select, Stack, Text } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { DatasetRecord, RunRecord } from '../../../main/contract/records'
import type { LosingUser } from '../../../main/contract/sandbox'
import { useFormat } from '../../locales/format'
import { useAction, useEngine } from '../../state/engine'
import { losingKey } from '../../state/losing-key'
import { notify } from '../../state/notify'

interface FindUserProps {
  dataset: DatasetRecord
  runs: RunRecord[]
  user: string | null
  onChoose(user: string): void
}

/** Other ways to a user than by id: at random, or the one who loses most between two of the runs. */
export function FindUser({ dataset, runs, user, onChoose }: FindUserProps) {
  const { t } = useTranslation()
  const engine = useEngine()
  const random = useAction(async () => {
    const offset = Math.floor(Math.random() * dataset.profile.users)
    const [found] = await engine.call('users.search', { datasetId: dataset.id, query: '', limit: 1, offset })
    if (found) onChoose(found.user)
  })
  return (
    <Stack gap="xs">
      <div>
        <Button size="compact-xs" variant="default" loading={random.busy} onClick={() => random.run()}>
          {t('lists.random')}
        </Button>
      </div>
      {runs.length > 1 && <BiggestLoser runs={runs} user={user} onChoose={onChoose} />}
    </Stack>
  )
}

interface Lost extends LosingUser {
  worse: string
  better: string
  key: string
}

type LoserProps = Omit<FindUserProps, 'dataset'>

function BiggestLoser({ runs, user, onChoose }: LoserProps) {
  const { t } = useTranslation()
  const pair = usePair(runs)
  const { worse, better } = pair
  const key = losingKey(worse.metrics, better.metrics)
  const { find, lost } = useLoser({ worse, better, key, onChoose })
  const names = { first: worse.name, second: better.name }
  return (
    <>
      <Pair runs={runs} {...pair} />
      <div>
        <Button
          size="compact-xs"
          variant="default"
          aria-label={t('lists.loser', names)}
          title={t('lists.loser', names)}
          disabled={key === null}
          loading={find.busy}
          onClick={() => find.run()}
        >
          {t('lists.loserShort')}
        </Button>
      </div>
      {key === null && (
        <Text size="xs" c="dimmed">
          {t('lists.noLoserMetric', names)}
        </Text>
      )}
      {lost && lost.user === user && <Loss lost={lost} names={names} />}
    </>
  )
}

function Pair({ runs, worse, better, others, choose }: ReturnType<typeof usePair> & { runs: RunRecord[] }) {
  const { t } = useTranslation()
  const optionsOf = (listed: readonly RunRecord[]) => listed.map(({ id, name }) => ({ value: id, label: name }))
  const look = { size: 'xs', style: { flex: '1 1 0', minWidth: 0 } } as const
  return (
    <Group gap="xs" wrap="nowrap" align="flex-end">
      <Select
        {...look}
        label={t('lists.loserOf')}
        data={optionsOf(runs)}
        value={worse.id}
        onChange={(id) => choose({ worse: id })}
      />
      <Select
        {...look}
        label={t('lists.loserAgainst')}
        data={optionsOf(others)}
        value={better.id}
        onChange={(id) => choose({ better: id })}
      />
    </Group>
  )
}

/** Two of the runs; without a choice the first two. */
function usePair(runs: readonly RunRecord[]) {
  const [asked, setAsked] = useState<{ worse: string | null; better: string | null }>({ worse: null, better: null })
  const worse = runs.find(({ id }) => id === asked.worse) ?? runs[0]
  const others = runs.filter(({ id }) => id !== worse.id)
  const better = others.find(({ id }) => id === asked.better) ?? others[0]
  const choose = (changed: Partial<typeof asked>) => setAsked({ ...asked, ...changed })
  return { worse, better, others, choose }
}

interface LoserOptions {
  worse: RunRecord
  better: RunRecord
  key: string | null
  onChoose(user: string): void
}

/** Who loses most by the metric, and how much; `lost` is null where something else was asked last. */
function useLoser({ worse, better, key, onChoose }: LoserOptions) {
  const { t } = useTranslation()
  const engine = useEngine()
  const [lost, setLost] = useState<Lost | null>(null)
  const find = useAction(async () => {
    if (key === null) return
    const [found] = await engine.call('users.losers', { first: better.id, second: worse.id, key, limit: 1 })
    setLost(found ? { ...found, worse: worse.id, better: better.id, key } : null)
    if (found) onChoose(found.user)
    else notify('info', t('lists.noLoser', { key, first: worse.name, second: better.name }))
  })
  return { find, lost: lost?.worse === worse.id && lost.better === better.id ? lost : null }
}

function Loss({ lost, names }: { lost: Lost; names: { first: string; second: string } }) {
  const { t } = useTranslation()
  const format = useFormat()
  const { user, key } = lost
  const figures = { from: format.decimal(lost.first), to: format.decimal(lost.second) }
  return (
    <Text size="xs" c="dimmed" data-lost>
      {t('lists.lost', { user, key, ...names, ...figures })}
    </Text>
  )
}
