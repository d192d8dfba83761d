import { Button, Group, NumberInput, SegmentedControl, Stack, Text } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Elsewhere } from '../../../main/contract/elsewhere'
import { useAction, useEngine } from '../../state/engine'
import { importRequest } from '../../state/experiment'
import { useWorkbench } from '../../state/workbench'
import { FilePicker } from '../../widgets/file-picker'
import type { FormProps } from './form'
import { OtherRunPicker } from './other-run-picker'

const kinds = ['lists', 'vectors', 'scorer', 'run'] as const
type Kind = (typeof kinds)[number]
const places = {
  lists: ['lists'],
  vectors: ['users', 'items', 'userIds', 'itemIds'],
  scorer: ['scorer', 'itemIds', 'userIds'],
  run: [],
} as const
type Place = (typeof places)[Kind][number]
/** A path, and what the file is called. */
type Picked = Partial<Record<Place, { path: string; name: string }>>

interface ImportFormProps extends FormProps {
  /** The run of other data that is asked for; null: lists, until something else is chosen. */
  asked: string | null
  onDone(): void
}

/** Lists, vectors of users and items, or a graph that scores, from files; or a model that was trained on other data. */
export function ImportForm({ dataset, draft, asked, onDone }: ImportFormProps) {
  const { t } = useTranslation()
  const engine = useEngine()
  const models = useWorkbench((state) => state.models)
  const [kind, setKind] = useState<Kind>(asked === null ? 'lists' : 'run')
  const [picked, setPicked] = useState<Picked>({})
  const [historyLength, setHistoryLength] = useState<number | string>('')
  const [runId, setRunId] = useState(asked)
  const from = kind === 'run' ? runId && { kind, runId } : elsewhereOf(kind, picked, historyLength)
  const bring = useAction(async (source: Elsewhere) => {
    const name = (picked.lists ?? picked.scorer ?? picked.users)?.name
    await engine.call('runs.import', { ...importRequest(draft, dataset, models, source), ...(name && { name }) })
    onDone()
  })
  const change = (value: Kind) => {
    setKind(value)
    setPicked({})
  }
  return (
    <Stack gap="md">
      <KindChoice kind={kind} onChange={change} />
      <Files kind={kind} picked={picked} onPicked={(file) => setPicked((before) => ({ ...before, ...file }))} />
      {kind === 'run' && <OtherRunPicker datasetId={dataset.id} value={runId} onChange={setRunId} />}
      {kind === 'scorer' && <HistoryLength value={historyLength} onChange={setHistoryLength} />}
      <Group justify="flex-end">
        <Button disabled={!from} loading={bring.busy} onClick={() => from && bring.run(from)}>
          {t('elsewhere.judge')}
        </Button>
      </Group>
    </Stack>
  )
}

function KindChoice({ kind, onChange }: { kind: Kind; onChange(kind: Kind): void }) {
  const { t } = useTranslation()
  return (
    <>
      <SegmentedControl
        aria-label={t('elsewhere.title')}
        data={kinds.map((value) => ({ value, label: t(`elsewhere.kinds.${value}.name`) }))}
        value={kind}
        onChange={onChange}
      />
      <Text size="sm" c="dimmed">
        {t(`elsewhere.kinds.${kind}.text`)}
      </Text>
    </>
  )
}

interface FilesProps {
  kind: Kind
  picked: Picked
  onPicked(file: Picked): void
}

function Files({ kind, picked, onPicked }: FilesProps) {
  const { t } = useTranslation()
  return places[kind].map((place) => (
    <Group key={place} gap="sm">
      <FilePicker
        label={t(`elsewhere.files.${place}`)}
        variant="default"
        onPicked={(path, name = path.split(/[\\/]/).at(-1) ?? path) => onPicked({ [place]: { path, name } })}
      />
      {picked[place] && <span className="data">{picked[place].name}</span>}
    </Group>
  ))
}

interface HistoryLengthProps {
  value: number | string
  onChange(value: number | string): void
}

function HistoryLength({ value, onChange }: HistoryLengthProps) {
  const { t } = useTranslation()
  return (
    <NumberInput
      label={t('elsewhere.historyLength')}
      description={t('elsewhere.historyLengthText')}
      min={1}
      max={1e6}
      allowDecimal={false}
      value={value}
      onChange={onChange}
    />
  )
}

/** Null until enough is chosen; one file may have users and items. */
function elsewhereOf(kind: Exclude<Kind, 'run'>, picked: Picked, historyLength: number | string): Elsewhere | null {
  const { lists, scorer, users, items } = picked
  if (kind === 'lists') return lists ? { kind, file: lists.path } : null
  const ids = { userIds: picked.userIds?.path ?? null, itemIds: picked.itemIds?.path ?? null }
  if (kind === 'scorer') {
    const length = typeof historyLength === 'number' ? historyLength : null
    return scorer ? { kind, file: scorer.path, ...ids, historyLength: length } : null
  }
  const [ofUsers, ofItems] = [users ?? items, items ?? users]
  return ofUsers && ofItems ? { kind, users: ofUsers.path, items: ofItems.path, ...ids } : null
}
