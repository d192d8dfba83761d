import { Button, Group } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { DatasetRecord, RunRecord } from '../../../main/contract/records'
import { useAction, useEngine } from '../../state/engine'
import { notify } from '../../state/notify'

interface FindUserProps {
  dataset: DatasetRecord
  runs: RunRecord[]
  onChoose(user: string): void
}

const key = 'ndcg@10'

/** Other ways to a user than by id: at random, or the one who loses most between the first two runs. */
export function FindUser({ dataset, runs, onChoose }: FindUserProps) {
  const { t } = useTranslation()
  const engine = useEngine()
  const [first, second] = runs
  const random = useAction(async () => {
    const offset = Math.floor(Math.random() * dataset.profile.users)
    const [found] = await engine.call('users.search', { datasetId: dataset.id, query: '', limit: 1, offset })
    if (found) onChoose(found.user)
  })
  const loser = useAction(async () => {
    const [found] = await engine.call('users.losers', { first: second.id, second: first.id, key, limit: 1 })
    if (found) onChoose(found.user)
    else notify('info', t('lists.noLoser', { key, first: first.name, second: second.name }))
  })
  const canCompare = second !== undefined && [first, second].every(({ metrics }) => key in metrics)
  return (
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
  )
}
