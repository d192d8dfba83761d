import { Button, Group, Select, Stack, Text } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { DatasetRecord, RunRecord } from '../../../main/contract/records'
import type { LosingUser } from '../../../main/contract/sandbox'
import { useFormat } from '../../locales/format'
import { useAction, useEngine } from '../../state/engine'
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

const key = 'ndcg@10'

interface Lost extends LosingUser {
  worse: string
  better: string
}

function BiggestLoser({ runs, user, onChoose }: Omit<FindUserProps, 'dataset'>) {
  const { t } = useTranslation()
  const format = useFormat()
  const engine = useEngine()
  const [asked, setAsked] = useState<{ worse: string | null; better: string | null }>({ worse: null, better: null })
  const worse = runs.find(({ id }) => id === asked.worse) ?? runs[0]
  const others = runs.filter(({ id }) => id !== worse.id)
  const better = others.find(({ id }) => id === asked.better) ?? others[0]
  const [lost, setLost] = useState<Lost | null>(null)
  const names = { first: worse.name, second: better.name }
  const find = useAction(async () => {
    const [found] = await engine.call('users.losers', { first: better.id, second: worse.id, key, limit: 1 })
    setLost(found ? { ...found, worse: worse.id, better: better.id } : null)
    if (found) onChoose(found.user)
    else notify('info', t('lists.noLoser', { key, ...names }))
  })
  const optionsOf = (listed: readonly RunRecord[]) => listed.map(({ id, name }) => ({ value: id, label: name }))
  const isShown = lost?.user === user && lost?.worse === worse.id && lost?.better === better.id
  return (
    <>
      <Group gap={4} wrap="nowrap">
        <Select
          size="xs"
          aria-label={t('lists.loserOf')}
          data={optionsOf(runs)}
          value={worse.id}
          onChange={(id) => setAsked({ ...asked, worse: id })}
        />
        <Text size="xs" style={{ whiteSpace: 'nowrap' }}>
          {t('lists.against')}
        </Text>
        <Select
          size="xs"
          aria-label={t('lists.loserAgainst')}
          data={optionsOf(others)}
          value={better.id}
          onChange={(id) => setAsked({ ...asked, better: id })}
        />
      </Group>
      <div>
        <Button
          size="compact-xs"
          variant="default"
          aria-label={t('lists.loser', names)}
          title={t('lists.loser', names)}
          disabled={![worse, better].every(({ metrics }) => key in metrics)}
          loading={find.busy}
          onClick={() => find.run()}
        >
          {t('lists.loserShort')}
        </Button>
      </div>
      {isShown && (
        <Text size="xs" c="dimmed" data-lost>
          {t('lists.lost', {
            user: lost.user,
            key,
            ...names,
            from: format.decimal(lost.first),
            to: format.decimal(lost.second),
          })}
        </Text>
      )}
    </>
  )
}
