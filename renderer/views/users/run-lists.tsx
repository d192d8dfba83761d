import { Anchor, Button, Group, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { ListedItem, RunRecord } from '../../../main/contract/records'
import { host } from '../../api'
import { useFormat } from '../../locales/format'
import { useSay } from '../../locales/say'
import { useAction, useAnswer, useEngine } from '../../state/engine'
import { rememberListJob, useListJobs } from '../../state/list-jobs'
import { useWorkbench } from '../../state/workbench'
import { type Column, DataTable } from '../../widgets/data-table'
import { CheckIcon, DownloadIcon } from '../../widgets/icons'
import { isActive, JobProgress } from '../../widgets/job-progress'
import { Panel } from '../../widgets/panel'
import { RunMark } from '../../widgets/run-mark'
import { Failure, Loading } from '../../widgets/states'
import { ItemName } from './item-name'
import styles from './users-screen.module.css'

const longestShown = 50

/** A run's list for a user, as it stood when the run was judged: hits are items of the user's test part. */
export function RunLists({ run, user }: { run: RunRecord; user: string }) {
  const { t } = useTranslation()
  const limit = Math.min(longestShown, Math.max(...run.evaluation.cutoffs))
  const answer = useAnswer('lists.forUser', { runId: run.id, user, limit })
  return (
    <Panel
      title={<RunMark id={run.id} name={run.name} />}
      note={answer.value && <Summary list={answer.value} />}
      actions={<ForEveryone run={run} />}
      flush
    >
      {answer.state === 'failed' && <Failure error={answer.error} onRetry={answer.retry} />}
      {answer.state !== 'failed' && !answer.value && <Loading />}
      {answer.value && <ListTable list={answer.value} label={t('users.listOf', { name: run.name })} />}
    </Panel>
  )
}

function Summary({ list }: { list: ListedItem[] }) {
  const { t } = useTranslation()
  if (list.length === 0) return null
  if (list.every(({ hit }) => hit === null)) return t('users.nothingHeld')
  return t('users.hits', { count: list.filter(({ hit }) => hit).length, all: list.length })
}

function ListTable({ list, label }: { list: ListedItem[]; label: string }) {
  const { t } = useTranslation()
  const format = useFormat()
  const columns: Column<ListedItem>[] = [
    { key: 'rank', heading: t('users.rank'), align: 'right', cell: ({ rank }) => rank },
    {
      key: 'item',
      heading: t('users.item'),
      grow: true,
      cell: ({ item, title }) => <ItemName item={item} title={title} />,
    },
    { key: 'score', heading: t('users.score'), align: 'right', cell: ({ score }) => format.score(score) },
    {
      key: 'hit',
      heading: t('users.hitHeading'),
      cell: ({ hit }) =>
        hit && (
          <span className={styles.hit}>
            <CheckIcon size={13} />
            {t('users.hit')}
          </span>
        ),
    },
  ]
  return (
    <DataTable
      label={label}
      columns={columns}
      rows={list}
      keyOf={({ item }) => item}
      maximumHeight={760}
      empty={t('users.emptyList')}
    />
  )
}

/** Makes the lists of all users from all data, and hands the file over. */
function ForEveryone({ run }: { run: RunRecord }) {
  const { t } = useTranslation()
  const say = useSay()
  const engine = useEngine()
  const jobId = useListJobs((state) => state.jobs.get(run.id))
  const job = useWorkbench((state) => (jobId === undefined ? undefined : state.jobs.get(jobId)))
  const start = useAction(async () => {
    rememberListJob(run.id, (await engine.call('lists.forEveryone', { runId: run.id })).id)
  })
  if (job && isActive(job)) return <JobProgress job={job} />
  if (job?.state === 'done' && job.subject) {
    return (
      <Anchor size="xs" href={host.downloadUrl(job.subject)} download>
        <Group gap={4} wrap="nowrap">
          <DownloadIcon size={13} />
          {t('users.everyoneReady')}
        </Group>
      </Anchor>
    )
  }
  return (
    <Group gap="sm" wrap="nowrap">
      {job?.state === 'failed' && (
        <Text size="xs" c="var(--mantine-color-error)" role="alert" className="data">
          {say(job.error?.message ?? '')}
        </Text>
      )}
      <Button
        size="compact-xs"
        variant="default"
        title={t('users.everyoneHelp')}
        aria-label={t('users.everyoneOf', { name: run.name })}
        loading={start.busy}
        onClick={() => start.run()}
      >
        {t('users.everyone')}
      </Button>
    </Group>
  )
}
