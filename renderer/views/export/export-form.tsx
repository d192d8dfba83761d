import { Alert, Button, Stack, Text, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type PlainError, toPlainError } from '../../../main/contract/errors'
import type { ExportOffer, ExportSettings } from '../../../main/contract/exports'
import type { SelectionRecord } from '../../../main/contract/selections'
import { useSay } from '../../locales/say'
import { useAnswer, useEngine } from '../../state/engine'
import { Failure, Loading } from '../../widgets/states'
import { CompressionPreviewPanel } from './compression-preview'
import { ExportSettingsFields } from './export-settings'
import { FormatList } from './format-list'

export type ExportDraft = ExportSettings & { selectionId: string | null }

interface ExportFormProps {
  runId: string
  datasetId: string
  /** Users whose lists are wanted, or items whose like are; null: all of them. */
  selection: SelectionRecord | null
  onStarted(jobId: string): void
}

/** What is written, how, and where to. */
export function ExportForm({ runId, datasetId, selection, onStarted }: ExportFormProps) {
  const engine = useEngine()
  const { i18n } = useTranslation()
  const answer = useAnswer('exports.offers', { runId })
  const [draft, setDraft] = useState<ExportDraft>(() => firstDraft(selection))
  const [path, setPath] = useState('')
  const [error, setError] = useState<PlainError | null>(null)
  const [busy, setBusy] = useState(false)

  async function start(overwrite: boolean) {
    setBusy(true)
    setError(null)
    try {
      const place = { path: path.trim() === '' ? null : path.trim(), overwrite }
      const language = i18n.language === 'zh' ? 'zh' : 'en'
      const { id } = await engine.call('exports.start', { runId, ...draft, language, ...place })
      onStarted(id)
    } catch (failure) {
      setError(toPlainError(failure, true))
    } finally {
      setBusy(false)
    }
  }

  if (answer.state === 'failed') return <Failure error={answer.error} onRetry={answer.retry} />
  if (!answer.value) return <Loading />
  const prune = draft.compression.prune ?? 0
  const offer = answer.value.find(({ format }) => format === draft.format)
  return (
    <Stack gap="md">
      <FormatList
        offers={selection?.of === 'items' ? answer.value.filter(isOfItems) : answer.value}
        chosen={draft.format}
        onChange={(format) => setDraft({ ...draft, format })}
      />
      {offer && <ExportSettingsFields offer={offer} draft={draft} datasetId={datasetId} onChange={setDraft} />}
      {offer?.kind === 'model' && offer.refusal === null && (
        <CompressionPreviewPanel key={prune} runId={runId} prune={prune} />
      )}
      <Destination path={path} onChange={setPath} />
      {error?.code === 'EXISTS' && <Existing error={error} onReplace={() => start(true)} />}
      {error && error.code !== 'EXISTS' && <Failure error={error} />}
      <StartButton busy={busy} isRefused={offer?.refusal != null} onStart={() => start(false)} />
    </Stack>
  )
}

/** What items that were chosen are written as. */
const isOfItems = ({ format }: ExportOffer) => format === 'similar-items'

function firstDraft(selection: SelectionRecord | null): ExportDraft {
  const compression = { precision: 'float32' as const, prune: 0 }
  const format = selection === null ? 'safetensors' : selection.of === 'items' ? 'similar-items' : 'parquet'
  return {
    format,
    k: 10,
    shape: 'personalize',
    from: 'run',
    language: 'en',
    originalIds: false,
    compression,
    selectionId: selection?.id ?? null,
  }
}

function Destination({ path, onChange }: { path: string; onChange(path: string): void }) {
  const { t } = useTranslation()
  return (
    <TextInput
      label={t('exports.path')}
      description={t('exports.pathHelp')}
      placeholder={t('exports.pathNone')}
      value={path}
      onChange={({ currentTarget }) => onChange(currentTarget.value)}
    />
  )
}

/** Nothing is replaced before it was asked. */
function Existing({ error, onReplace }: { error: PlainError; onReplace(): void }) {
  const { t } = useTranslation()
  const say = useSay()
  return (
    <Alert color="yellow" variant="light" role="alert" title={t('errors.EXISTS')}>
      <Stack gap="xs" align="flex-start">
        <Text size="sm" className="data">
          {say(error.message)}
        </Text>
        <Button variant="default" onClick={onReplace}>
          {t('exports.replace')}
        </Button>
      </Stack>
    </Alert>
  )
}

function StartButton({ busy, isRefused, onStart }: { busy: boolean; isRefused: boolean; onStart(): void }) {
  const { t } = useTranslation()
  return (
    <Button loading={busy} disabled={isRefused} onClick={onStart}>
      {t('exports.start')}
    </Button>
  )
}
