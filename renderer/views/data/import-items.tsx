import { Button, Fieldset, Group, MultiSelect, Select, Stack, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { FilePreview } from '../../../main/contract/records'
import type { Answer } from '../../state/engine'
import type { ItemsDraft } from '../../state/import'
import { FilePicker } from '../../widgets/file-picker'
import { Failure, Loading } from '../../widgets/states'
import { PreviewRows } from './import-preview'
import { useColumnChoices } from './import-roles'

interface ImportItemsProps {
  items: ItemsDraft | null
  preview: Answer<FilePreview>
  onChange(items: ItemsDraft | null): void
}

/** The optional second file, with a row for each item. */
export function ImportItems({ items, preview, onChange }: ImportItemsProps) {
  const { t } = useTranslation()
  return (
    <Fieldset legend={t('data.import.itemsTitle')} variant="unstyled">
      {!items ? (
        <Group gap="md">
          <FilePicker
            label={t('data.import.addItems')}
            variant="default"
            onPicked={(path) => onChange({ path, id: null, title: null, features: [] })}
          />
          <Text size="sm" c="dimmed">
            {t('data.import.itemsText')}
          </Text>
        </Group>
      ) : (
        <Stack gap="md">
          <Group gap="md">
            <span className="data">{items.path}</span>
            <Button variant="default" onClick={() => onChange(null)}>
              {t('data.import.removeItems')}
            </Button>
          </Group>
          {preview.state === 'failed' && <Failure error={preview.error} />}
          {preview.state === 'loading' && <Loading />}
          {preview.state === 'ready' && <ItemColumns items={items} preview={preview.value} onChange={onChange} />}
        </Stack>
      )}
    </Fieldset>
  )
}

interface ItemColumnsProps {
  items: ItemsDraft
  preview: FilePreview
  onChange(items: ItemsDraft): void
}

function ItemColumns({ items, preview, onChange }: ItemColumnsProps) {
  const { t } = useTranslation()
  const choices = useColumnChoices(preview)
  const recognise = { value: '', label: t('data.import.recognise') }
  return (
    <>
      <Group gap="md" align="flex-start">
        {(['id', 'title'] as const).map((part) => (
          <Select
            key={part}
            label={part === 'id' ? t('data.import.itemId') : t('data.import.itemTitle')}
            w={210}
            data={[recognise, ...choices]}
            value={items[part] === null ? '' : String(items[part])}
            onChange={(value) => onChange({ ...items, [part]: value ? Number(value) : null })}
          />
        ))}
        <MultiSelect
          label={t('data.import.itemFeatures')}
          placeholder={items.features.length === 0 ? recognise.label : ''}
          w={360}
          data={choices}
          value={items.features.map(String)}
          onChange={(values) => onChange({ ...items, features: values.map(Number) })}
        />
      </Group>
      <PreviewRows preview={preview} roles={null} />
    </>
  )
}
