import { Checkbox, Group, NumberInput, Select, SimpleGrid } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import {
  type ExportOffer,
  type ListShape,
  listShapes,
  type Precision,
  precisions,
} from '../../../main/contract/exports'
import { selectionsOf } from '../../state/selections'
import { useWorkbench } from '../../state/workbench'
import type { ExportDraft } from './export-form'

interface FieldsProps {
  offer: ExportOffer
  draft: ExportDraft
  datasetId: string
  onChange(draft: ExportDraft): void
}

const everyone = ''
const longestList = 1000
const mostPruned = 99

/** What a format of this kind can be told. */
export function ExportSettingsFields(props: FieldsProps) {
  if (props.offer.kind === 'lists') return <ListFields {...props} />
  if (props.offer.format === 'similar-items') return <Length {...props} />
  if (props.offer.format === 'bundle') return <OriginalIds {...props} />
  return props.offer.kind === 'model' ? <CompressionFields {...props} /> : null
}

function ListFields(props: FieldsProps) {
  const { offer, draft, onChange } = props
  const { t } = useTranslation()
  return (
    <SimpleGrid cols={2} spacing="sm">
      <Length {...props} />
      <UsersField {...props} />
      <Select
        label={t('exports.from')}
        data={(['run', 'everything'] as const).map((value) => ({ value, label: t(`exports.sources.${value}`) }))}
        value={draft.from}
        allowDeselect={false}
        onChange={(from) => onChange({ ...draft, from: from === 'everything' ? 'everything' : 'run' })}
      />
      {offer.format === 'jsonl' && (
        <Select
          label={t('exports.shape')}
          data={listShapes.map((value) => ({ value, label: t(`exports.shapes.${value}`) }))}
          value={draft.shape}
          allowDeselect={false}
          onChange={(shape) => onChange({ ...draft, shape: (shape ?? 'personalize') as ListShape })}
        />
      )}
    </SimpleGrid>
  )
}

function Length({ draft, onChange }: FieldsProps) {
  const { t } = useTranslation()
  return (
    <NumberInput
      label={t('exports.k')}
      min={1}
      max={longestList}
      clampBehavior="strict"
      allowDecimal={false}
      value={draft.k}
      onChange={(k) => typeof k === 'number' && onChange({ ...draft, k })}
    />
  )
}

/** Everyone, or a selection of users of the run's data. */
function UsersField({ draft, datasetId, onChange }: FieldsProps) {
  const { t } = useTranslation()
  const workbench = useWorkbench()
  const selections = selectionsOf(workbench, datasetId).filter(({ of }) => of === 'users')
  const data = [
    { value: everyone, label: t('exports.everyone') },
    ...selections.map(({ id, name }) => ({ value: id, label: name })),
  ]
  return (
    <Select
      label={t('exports.users')}
      data={data}
      value={draft.selectionId ?? everyone}
      allowDeselect={false}
      onChange={(value) => onChange({ ...draft, selectionId: value || null })}
    />
  )
}

/** Files as they were read have the ids that pseudonyms hide. */
function OriginalIds({ draft, datasetId, onChange }: FieldsProps) {
  const { t } = useTranslation()
  const isHidden = useWorkbench(({ datasets }) => (datasets.get(datasetId)?.source.pseudonymise ?? []).length > 0)
  if (!isHidden) return null
  return (
    <Checkbox
      label={t('exports.originalIds')}
      checked={draft.originalIds}
      onChange={({ currentTarget }) => onChange({ ...draft, originalIds: currentTarget.checked })}
    />
  )
}

function CompressionFields({ draft, onChange }: FieldsProps) {
  const { t } = useTranslation()
  const { compression } = draft
  const change = (changed: Partial<typeof compression>) =>
    onChange({ ...draft, compression: { ...compression, ...changed } })
  return (
    <Group gap="sm" align="flex-start" grow>
      <Select
        label={t('exports.precision')}
        data={precisions.map((value) => ({ value, label: t(`exports.precisions.${value}`) }))}
        value={compression.precision ?? 'float32'}
        allowDeselect={false}
        onChange={(precision) => change({ precision: (precision ?? 'float32') as Precision })}
      />
      <NumberInput
        label={t('exports.prune')}
        description={t('exports.pruneHelp')}
        inputWrapperOrder={['label', 'input', 'description']}
        min={0}
        max={mostPruned}
        suffix=" %"
        clampBehavior="strict"
        allowDecimal={false}
        value={Math.round((compression.prune ?? 0) * 100)}
        onChange={(share) => typeof share === 'number' && change({ prune: share / 100 })}
      />
    </Group>
  )
}
