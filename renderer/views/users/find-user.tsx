import { Button, Group, Stack, Text } from '@mantine/core'
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

const key = 'ndcg@10'

/** Other ways to a user than by id: at random, or the one who loses most between the first two runs. */
export function FindUser({ dataset, runs, user, onChoose }: FindUserProps) {
  const { t } = useTranslation()
  const engine = useEngine()
  const format = useFormat()
  const [first, second] = runs
  const [lost, setLost] = useState<(LosingUser & { pair: string }) | null>(null)
  const pair = `${first.id} ${second?.id}`
  const random = useAction(async () => {
    const offset = Math.floor(Math.random() * dataset.profile.users)
    const [found] = await engine.call('users.search', { datasetId: dataset.id, query: '', limit: 1, offset })
    if (found) onChoose(found.user)
  })
  const loser = useAction(async () => {
    const [found] = await engine.call('users.losers', { first: second.id, second: first.id, key, limit: 1 })
    setLost(found ? { ...found, pair } : null)
    if (found) onChoose(found.user)
    else notify('info', t('lists.noLoser', { key, first: first.name, second: second.name }))
  })
  const canCompare = second !== undefined && [first, second].every(({ metrics }) => key in metrics)
  return (
    <Stack gap={4}>
      <Group gap="xs">
        <Button size="compact-xs" variant="default" loading={random.busy} onClick={() => random.run()}>
          {t('lists.random')}
        </Button>
        {canCompare && (
          <Button size="compact-xs" variant="default" loading={loser.busy} onClick={() => loser.run()}>
            {t('lists.loser', { first: first.name, second: second.name })}
          </Button>
        )}
      </Group>
      {lost?.user === user && lost?.pair === pair && (
        <Text size="xs" c="dimmed" data-lost>
          {t('lists.lost', {
            user: lost.user,
            key,
            first: first.name,
            second: second.name,
            from: format.decimal(lost.first),
            to: format.decimal(lost.second),
          })}
        </Text>
      )}
    </Stack>
  )
}
