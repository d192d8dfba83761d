import { Button, Group } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { JobRecord } from '../../main/contract/records'
import { useAction, useEngine } from '../state/engine'
import { JobProgress } from './job-progress'
import { useLostFocus } from './lost-focus'

interface JobUnderwayProps {
  job: JobRecord
  /** Its button takes the focus of what it stands in the place of. */
  isFollowed?: boolean
}

/** How far a job has come, and the button that ends it. */
export function JobUnderway({ job, isFollowed = false }: JobUnderwayProps) {
  const { t } = useTranslation()
  const engine = useEngine()
  const button = useLostFocus<HTMLButtonElement>(isFollowed)
  const cancel = useAction(async () => {
    await engine.call('jobs.cancel', { jobId: job.id })
  })
  return (
    <Group gap="sm" role="status">
      <JobProgress job={job} />
      <Button ref={button} size="compact-xs" variant="default" loading={cancel.busy} onClick={() => cancel.run()}>
        {t('app.cancel')}
      </Button>
    </Group>
  )
}
