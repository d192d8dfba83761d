import { Alert, Button, CloseButton, Group, Stack, Text, TextInput } from '@mantine/core'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ItemsFile, UsersFile } from '../../../../main/contract/experiment'
import type { FilePreview, FolderPreview } from '../../../../main/contract/previews'
import type { JobRecord } from '../../../../main/contract/records'
import { useSay } from '../../../locales/say'
import { type Answer, useAction, useAnswer, useEngine } from '../../../state/engine'
import {
  changeDraft,
  columnsOf,
  columnsProblem,
  fileName,
  type ImportDraft,
  openFolderDraft,
  openRequest,
  parentOf,
  positionOf,
  timeOf,
  useImport,
} from '../../../state/import'
import { rememberFile } from '../../../state/recent-files'
import { useUpload } from '../../../state/upload'
import { useWorkbench } from '../../../state/workbench'
import { isActive, JobProgress } from '../../../widgets/job-progress'
import { Panel } from '../../../widgets/panel'
import { Failure, Loading } from '../../../widgets/states'
import { Attributes } from './attributes'
import { Files } from './files'
import { Layout } from './layout'
import { Parts } from './parts'
import { PreviewRows, RawLines } from './preview'
import { Pseudonyms } from './pseudonyms'
import { Roles } from './roles'
import { firstCell, Time } from './time'

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
      actions={!(job && isActive(job)) && <CloseButton aria-label={t('app.close')} onClick={closeDraft} />}
    >
      {job && isActive(job) ? <Reading job={job} /> : <Form key={draft.paths[0]} draft={draft} job={job} />}
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
  const preview = useAnswer('files.preview', { path: draft.paths[0], ...(draft.format && { format: draft.format }) })
  // It stands above the form, so both are shown at once.
  const [isOfFile] = useState(isOneFile(draft))
  const folder = useAnswer('files.previewFolder', isOfFile ? { path: parentOf(draft.paths[0]) } : null)
  if (preview.state === 'failed')
    return (
      <Stack gap="md">
        <Outcome job={job} />
        <Failure error={preview.error} next={t('data.import.failedNext')} onRetry={preview.retry} />
      </Stack>
    )
  if (!preview.value || (folder.state === 'loading' && !folder.value))
    return <Loading text={t('data.import.reading', { name: draft.file })} />
  return (
    <Stack gap="lg">
      <Outcome job={job} />
      {folder.value && <WholeFolder draft={draft} folder={folder.value} />}
      <PreviewedForm draft={draft} preview={preview.value} />
    </Stack>
  )
}

/** The preview of an attribute file, where there is one. */
function useAttributes(file: ItemsFile | UsersFile | null) {
  return useAnswer('files.preview', file && { path: file.path, ...(file.format && { format: file.format }) })
}

function PreviewedForm({ draft, preview }: { draft: ImportDraft; preview: FilePreview }) {
  const { t } = useTranslation()
  const say = useSay()
  const columns = columnsOf(draft, preview)
  const time = timeOf(draft, preview)
  const items = useAttributes(draft.items)
  const users = useAttributes(draft.users)
  const isSequences = preview.format.kind === 'sequences'
  return (
    <>
      {preview.question && (
        <Alert color="yellow" variant="light" title={t('data.import.question')} role="status">
          <span className="data">{say(preview.question)}</span>
        </Alert>
      )}
      <Files draft={draft} onChange={changeDraft} />
      <Layout
        format={preview.format}
        sheets={preview.sheets}
        onChange={(format) => changeDraft({ format, columns: null, time: null })}
      />
      {!isSequences && (
        <Roles preview={preview} columns={columns} onChange={(changed) => changeDraft({ columns: changed })} />
      )}
      {!isSequences && time && (
        <Time
          time={time}
          example={firstCell(preview, positionOf(preview, columns.timestamp))}
          onChange={(changed) => changeDraft({ time: changed })}
        />
      )}
      <PreviewRows preview={preview} columns={columns} />
      {preview.rawLines.length > 0 && <RawLines lines={preview.rawLines} />}
      <Attributes of="items" file={draft.items} preview={items} onChange={(file) => changeDraft({ items: file })} />
      <Attributes of="users" file={draft.users} preview={users} onChange={(file) => changeDraft({ users: file })} />
      <Parts draft={draft} onChange={changeDraft} />
      <Pseudonyms draft={draft} onChange={changeDraft} />
      <Open draft={draft} preview={preview} items={items} users={users} />
    </>
  )
}

/** A file that is alone, and to which nothing was added. */
function isOneFile({ folder, paths, test, items, users }: ImportDraft): boolean {
  return folder === null && paths.length === 1 && test === null && items === null && users === null
}

/** Offers to open all that belongs together, where the file lies by itself among others of a known layout. */
function WholeFolder({ draft, folder }: { draft: ImportDraft; folder: FolderPreview }) {
  const { t } = useTranslation()
  const { layout, open } = folder
  const isPart = [...(open.path ?? []), ...Object.values(open.parts ?? {})].includes(draft.paths[0])
  if (layout === 'files' || !isOneFile(draft) || !isPart) return null
  return (
    <Alert variant="light" role="status">
      <Group gap="md">
        {t(`import.files.layouts.${layout}`)}
        <Button variant="default" onClick={() => openFolderDraft(folder, fileName(parentOf(draft.paths[0])))}>
          {t('import.files.whole')}
        </Button>
      </Group>
    </Alert>
  )
}

interface OpenProps {
  draft: ImportDraft
  preview: FilePreview
  items: Answer<FilePreview>
  users: Answer<FilePreview>
}

function Open({ draft, preview, items, users }: OpenProps) {
  const { t } = useTranslation()
  const engine = useEngine()
  const workspace = useWorkbench((state) => state.workspace)
  const problem = preview.format.kind === 'sequences' ? null : columnsProblem(preview, columnsOf(draft, preview))
  // A file that is still on its way belongs to what will be opened.
  const isUploading = useUpload((upload) => upload !== null)
  const isUnknown = isUploading || [items, users].some(({ state }) => state === 'loading' || state === 'failed')
  const open = useAction(async () => {
    const started = await engine.call(
      'datasets.open',
      openRequest(draft, preview, { items: items.value, users: users.value }),
    )
    changeDraft({ jobId: started.id })
    if (workspace && draft.paths.length === 1) rememberFile({ path: draft.paths[0], file: draft.file }, workspace.path)
  })
  return (
    <Group gap="md" align="flex-end">
      <TextInput
        label={t('data.import.name')}
        value={draft.name}
        maxLength={200}
        w={260}
        onChange={(event) => changeDraft({ name: event.currentTarget.value })}
      />
      <Button disabled={problem !== null || isUnknown} loading={open.busy} onClick={() => open.run()}>
        {t('data.import.open')}
      </Button>
      {problem && (
        <Text size="sm" c="var(--mantine-color-error)" role="status">
          {t(`data.import.${problem}`)}
        </Text>
      )}
    </Group>
  )
}
