import { Anchor, Button, Group, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { RunRecord } from '../../../main/contract/records'
import type { ShownItem } from '../../../main/contract/sandbox'
import { host } from '../../api'
import { useSay } from '../../locales/say'
import { useAction, useEngine } from '../../state/engine'
import { rememberListJob, useListJobs } from '../../state/list-jobs'
import { goneFrom, type RunList } from '../../state/shown-lists'
import { useWorkbench } from '../../state/workbench'
import { DownloadIcon } from '../../widgets/icons'
import { isActive, JobProgress } from '../../widgets/job-progress'
import { Panel } from '../../widgets/panel'
import { RunMark } from '../../widgets/run-mark'
import { Failure, Loading } from '../../widgets/states'
import { ListTable } from './list-table'

interface RunListsProps {
  run: RunRecord
  list: RunList | undefined
  /** The run that places and overlap are compared with, and its list. */
  against: { run: RunRecord; list: readonly ShownItem[] } | null
  onWhy(item: ShownItem): void
}

/** A run's list for a user: hits are items of the user's test part. */
export function RunLists({ run, list, against, onWhy }: RunListsProps) {
  const { t } = useTranslation()
  const shown = list?.answer?.list
  const heading = against && { list: against.list, heading: t('lists.move', { name: against.run.name }) }
  return (
    <Panel
      title={<RunMark id={run.id} name={run.name} />}
      note={shown && <Summary list={shown} against={against} />}
      actions={<ForEveryone run={run} />}
      flush
    >
      {list?.error && <Failure error={list.error} />}
      {!list && <Loading />}
      {shown && (
        <ListTable label={t('users.listOf', { name: run.name })} list={shown} against={heading} onWhy={onWhy} />
      )}
    </Panel>
  )
}

function Summary({ list, against }: { list: ShownItem[]; against: RunListsProps['against'] }) {
  const { t } = useTranslation()
  if (list.length === 0) return null
  const hits = list.every(({ hit }) => hit === null)
    ? t('users.nothingHeld')
    : t('users.hits', { count: list.filter(({ hit }) => hit).length, all: list.length })
  if (!against) return hits
  const shared = list.length - goneFrom(list, [...against.list]).length
  return `${hits} · ${t('lists.shared', { count: shared, all: list.length, name: against.run.name })}`
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
