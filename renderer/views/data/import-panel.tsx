import { Alert, Button, CloseButton, Group, Stack, Text, TextInput } from '@mantine/core'
import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import type { FilePreview, JobRecord } from '../../../main/contract/records'
import { useAction, useAnswer, useEngine } from '../../state/engine'
import { changeDraft, type ImportDraft, openRequest, proposedRoles, rolesProblem, useImport } from '../../state/import'
import { rememberFile } from '../../state/recent-files'
import { useWorkbench } from '../../state/workbench'
import { isActive, JobProgress } from '../../widgets/job-progress'
import { Panel } from '../../widgets/panel'
import { Failure, Loading } from '../../widgets/states'
import { ImportItems } from './import-items'
import { ImportLayout } from './import-layout'
import { ImportParts } from './import-parts'
import { PreviewRows, RawLines } from './import-preview'
import { ImportRoles } from './import-roles'

const closeDraft = () => useImport.setState({ draft: null })

/** A file on its way in: how TopN reads it, what can be corrected, and then the reading itself. */
export function ImportPanel({ draft }: { draft: ImportDraft }) {
  const { t } = useTranslation()
  const job = useWorkbench((state) => (draft.jobId === null ? undefined : state.jobs.get(draft.jobId)))
  useEffect(() => {
    if (job?.state === 'done') closeDraft()
  }, [job?.state])
  return (
    <Panel
      title={t('data.import.title', { name: draft.file })}
      note={<span className="data">{draft.path}</span>}
      actions={!(job && isActive(job)) && <CloseButton aria-label={t('app.close')} onClick={closeDraft} />}
    >
      {job && isActive(job) ? <Reading job={job} /> : <Form draft={draft} job={job} />}
    </Panel>
  )
}

function Reading({ job }: { job: JobRecord }) {
  const { t } = useTranslation()
  const engine = useEngine()
  const cancel = useAction(async () => {
    await engine.call('jobs.cancel', { jobId: job.id })
  })
  return (
    <Group gap="md">
      <JobProgress job={job} />
      <Button variant="default" loading={cancel.busy} onClick={() => cancel.run()}>
        {t('app.cancel')}
      </Button>
    </Group>
  )
}

/** How the last attempt to read the file ended, where it did not succeed. */
function Outcome({ job }: { job: JobRecord | undefined }) {
  const { t } = useTranslation()
  if (job?.state === 'failed' && job.error) return <Failure error={job.error} next={t('data.import.failedNext')} />
  if (job?.state !== 'cancelled') return null
  return (
    <Alert color="yellow" variant="light" title={t('data.import.cancelledTitle')} role="status">
      {t('data.import.cancelledNext')}
    </Alert>
  )
}

function Form({ draft, job }: { draft: ImportDraft; job: JobRecord | undefined }) {
  const { t } = useTranslation()
  const preview = useAnswer('files.preview', { path: draft.path, ...(draft.format && { format: draft.format }) })
  if (preview.state === 'failed')
    return (
      <Stack gap="md">
        <Outcome job={job} />
        <Failure error={preview.error} next={t('data.import.failedNext')} onRetry={preview.retry} />
      </Stack>
    )
  if (!preview.value) return <Loading text={t('data.import.reading', { name: draft.file })} />
  return (
    <Stack gap="lg">
      <Outcome job={job} />
      <PreviewedForm draft={draft} preview={preview.value} />
    </Stack>
  )
}

function PreviewedForm({ draft, preview }: { draft: ImportDraft; preview: FilePreview }) {
  const { t } = useTranslation()
  const engine = useEngine()
  const roles = draft.roles ?? proposedRoles(preview)
  const problem = preview.format.kind === 'sequences' ? null : rolesProblem(roles)
  const workspace = useWorkbench((state) => state.workspace)
  const itemsPath = draft.items?.path ?? null
  const items = useAnswer('files.preview', itemsPath === null ? null : { path: itemsPath })
  const open = useAction(async () => {
    const itemsPreview = items.state === 'ready' ? items.value : null
    const started = await engine.call('datasets.open', openRequest(draft, preview, itemsPreview))
    changeDraft({ jobId: started.id })
    if (workspace) rememberFile({ path: draft.path, file: draft.file }, workspace.path)
  })
  return (
    <>
      {preview.question && (
        <Alert color="yellow" variant="light" title={t('data.import.question')} role="status">
          <span className="data">{preview.question}</span>
        </Alert>
      )}
      <ImportLayout format={preview.format} onChange={(format) => changeDraft({ format, roles: null })} />
      {preview.format.kind !== 'sequences' && (
        <ImportRoles preview={preview} roles={roles} onChange={(changed) => changeDraft({ roles: changed })} />
      )}
      <PreviewRows preview={preview} roles={roles} />
      {preview.rawLines.length > 0 && <RawLines lines={preview.rawLines} />}
      <ImportItems items={draft.items} preview={items} onChange={(changed) => changeDraft({ items: changed })} />
      <ImportParts draft={draft} onChange={changeDraft} />
      <Group gap="md" align="flex-end">
        <TextInput
          label={t('data.import.name')}
          value={draft.name}
          maxLength={200}
          w={260}
          onChange={(event) => changeDraft({ name: event.currentTarget.value })}
        />
        <Button
          disabled={problem !== null || items.state === 'loading' || items.state === 'failed'}
          loading={open.busy}
          onClick={() => open.run()}
        >
          {t('data.import.open')}
        </Button>
        {problem && (
          <Text size="sm" c="var(--mantine-color-error)" role="status">
            {t(`data.import.${problem}`)}
          </Text>
        )}
      </Group>
    </>
  )
}
