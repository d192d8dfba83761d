import { Button, Group } from '@mantine/core'
import type { TFunction } from 'i18next'
import { useTranslation } from 'react-i18next'
import type { Suspicions, SuspiciousUser } from '../../../../main/contract/exploration'
import type { DatasetRecord } from '../../../../main/contract/records'
import { show } from '../../../commands/state'
import { type Format, useFormat } from '../../../locales/format'
import { changeExperiment, readExperiment } from '../../../state/draft'
import { notify } from '../../../state/notify'
import { changeLine, withStep } from '../../../state/recipe'
import type { StepFields } from '../../../state/recipe-steps'
import { type Column, DataTable } from '../../../widgets/data-table'
import { Panel } from '../../../widgets/panel'
import styles from './profile.module.css'
import type { View } from './view'

/** Users who do not act like people, with what speaks for it. */
export function SuspiciousUsers({ view: { dataset, part } }: { view: View }) {
  const { t } = useTranslation()
  const format = useFormat()
  if (!part.suspiciousUsers) return null
  const { thresholds, users, total } = part.suspiciousUsers
  const columns: Column<SuspiciousUser>[] = [
    { key: 'user', heading: t('profile.suspicious.user'), cell: ({ user }) => <bdi className="data">{user}</bdi> },
    {
      key: 'interactions',
      heading: t('data.interactions'),
      align: 'right',
      cell: ({ interactions }) => format.count(interactions),
    },
    { key: 'why', heading: t('profile.suspicious.why'), cell: (user) => reasonText(user, t, format) },
  ]
  return (
    <Panel
      title={t('profile.suspicious.title')}
      note={t('profile.suspicious.note', { list: thresholdTexts(thresholds, t).join(', ') })}
      flush
    >
      <DataTable
        label={t('profile.suspicious.title')}
        columns={columns}
        rows={users}
        keyOf={({ user, reason }) => `${user} ${reason}`}
        maximumHeight={220}
        empty={t('profile.suspicious.none')}
      />
      {total > users.length && (
        <p className={styles.more}>{t('profile.suspicious.more', { count: users.length, all: format.count(total) })}</p>
      )}
      {users.length > 0 && <Measures dataset={dataset} suspicions={part.suspiciousUsers} />}
    </Panel>
  )
}

/** What can be done about them: a step of the recipe for each reason that it knows, or a name for all of them. */
function Measures({ dataset, suspicions }: { dataset: DatasetRecord; suspicions: Suspicions }) {
  const { t } = useTranslation()
  const { users, thresholds } = suspicions
  const has = (reason: SuspiciousUser['reason']) => users.some((user) => user.reason === reason)
  function drop(fields: StepFields) {
    const recipe = withStep(readExperiment(dataset).clean, 'user-outliers', dataset)
    const { id } = recipe[recipe.length - 1]
    changeExperiment(dataset, { clean: changeLine(recipe, id, { fields }) }, null)
    notify('info', t('profile.suspicious.added'))
  }
  return (
    <Group gap="xs" p="sm">
      {has('many-interactions') && (
        <Button variant="default" onClick={() => drop({ more_than: thresholds.interactions, per_minute: '' })}>
          {t('profile.suspicious.dropMany', { count: thresholds.interactions })}
        </Button>
      )}
      {thresholds.perMinute !== null && has('burst') && (
        <Button variant="default" onClick={() => drop({ more_than: '', per_minute: thresholds.perMinute ?? '' })}>
          {t('profile.suspicious.dropBurst', { count: thresholds.perMinute })}
        </Button>
      )}
      <Button
        variant="default"
        onClick={() =>
          show({
            kind: 'nameSelection',
            dataset,
            members: { users: [...new Set(users.map(({ user }) => user))] },
          })
        }
      >
        {t('profile.suspicious.select')}
      </Button>
    </Group>
  )
}

function thresholdTexts({ perMinute, constantRating, interactions }: Suspicions['thresholds'], t: TFunction): string[] {
  return [
    ...(perMinute === null ? [] : [t('profile.suspicious.burstNote', { count: perMinute })]),
    ...(constantRating === null ? [] : [t('profile.suspicious.constantNote', { count: constantRating })]),
    t('profile.suspicious.manyNote', { count: interactions }),
  ]
}

function reasonText(user: SuspiciousUser, t: TFunction, format: Format): string {
  switch (user.reason) {
    case 'burst':
      return t('profile.suspicious.burst', { count: user.perMinute, time: format.period(user.at, 'hour') })
    case 'constant-rating':
      return t('profile.suspicious.constant', { rating: format.value(user.rating) })
    case 'many-interactions':
      return t('profile.suspicious.many')
  }
}
