import { Button, Fieldset, Group, MultiSelect, Select, Stack, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { type AttributeType, attributeTypes, type Column, type ItemsFile } from '../../../../main/contract/experiment'
import type { FilePreview } from '../../../../main/contract/previews'
import type { Answer } from '../../../state/engine'
import { columnAt, positionOf } from '../../../state/import'
import { FilePicker } from '../../../widgets/file-picker'
import { Failure, Loading } from '../../../widgets/states'
import { PreviewRows } from './preview'
import { useColumnChoices } from './roles'

interface AttributesProps {
  of: 'items' | 'users'
  file: ItemsFile | null
  preview: Answer<FilePreview>
  onChange(file: ItemsFile | null): void
}

/** The optional file with a row for each item, or user: titles and attributes. */
export function Attributes({ of, file, preview, onChange }: AttributesProps) {
  const { t } = useTranslation()
  return (
    <Fieldset legend={t(`import.attributes.${of}`)} variant="unstyled">
      {!file ? (
        <Group gap="md">
          <FilePicker
            label={t(`import.attributes.add.${of}`)}
            variant="default"
            onPicked={(path) => onChange({ path })}
          />
          <Text size="sm" c="dimmed">
            {t(`import.attributes.text.${of}`)}
          </Text>
        </Group>
      ) : (
        <Stack gap="md">
          <Group gap="md">
            <span className="data">{file.path}</span>
            <Button variant="default" onClick={() => onChange(null)}>
              {t('data.import.removeItems')}
            </Button>
          </Group>
          {preview.state === 'failed' && <Failure error={preview.error} />}
          {preview.state === 'loading' && <Loading />}
          {preview.state === 'ready' && (
            <AttributeColumns of={of} file={file} preview={preview.value} onChange={onChange} />
          )}
        </Stack>
      )}
    </Fieldset>
  )
}

interface AttributeColumnsProps {
  of: 'items' | 'users'
  file: ItemsFile
  preview: FilePreview
  onChange(file: ItemsFile): void
}

/** Which columns hold id and title, which are attributes, and of which type each of these is. */
function AttributeColumns({ of, file, preview, onChange }: AttributeColumnsProps) {
  const features = (file.features ?? []).map(featureOf)
  const choices = { columns: useColumnChoices(preview), features }
  function setFeatures(chosen: Feature[]) {
    const { features: _, ...others } = file
    onChange(chosen.length > 0 ? { ...others, features: chosen.map(written) } : others)
  }
  return (
    <>
      <Group gap="md" align="flex-start">
        <NamingColumns {...{ of, file, preview, onChange }} columns={choices.columns} />
        <FeatureColumns {...choices} preview={preview} onChange={setFeatures} />
      </Group>
      {features.length > 0 && <FeatureTypes {...choices} preview={preview} onChange={setFeatures} />}
      <PreviewRows preview={preview} columns={null} />
    </>
  )
}

type ColumnChoices = ReturnType<typeof useColumnChoices>

/** The choice to leave it to what is recognised. */
function useRecognise() {
  const { t } = useTranslation()
  return { value: '', label: t('data.import.recognise') }
}

function NamingColumns({ of, file, preview, onChange, columns }: AttributeColumnsProps & { columns: ColumnChoices }) {
  const { t } = useTranslation()
  const recognise = useRecognise()
  const parts = of === 'items' ? (['id', 'title'] as const) : (['id'] as const)
  return parts.map((part) => {
    const { [part]: column, ...others } = file
    const position = positionOf(preview, column)
    return (
      <Select
        key={part}
        label={part === 'id' ? t(`import.attributes.id.${of}`) : t('import.attributes.title')}
        w={210}
        data={[recognise, ...columns]}
        value={position === null ? '' : String(position)}
        onChange={(value) => onChange(value ? { ...others, [part]: columnAt(preview, Number(value)) } : others)}
      />
    )
  })
}

interface FeaturesProps {
  preview: FilePreview
  columns: ColumnChoices
  features: Feature[]
  onChange(features: Feature[]): void
}

function FeatureColumns({ preview, columns, features, onChange }: FeaturesProps) {
  const { t } = useTranslation()
  const recognise = useRecognise()
  const featureAt = (value: string) => {
    const column = columnAt(preview, Number(value))
    return features.find((feature) => feature.column === column) ?? { column }
  }
  return (
    <MultiSelect
      label={t('data.import.itemFeatures')}
      placeholder={features.length === 0 ? recognise.label : ''}
      w={360}
      data={columns}
      value={features.map(({ column }) => String(positionOf(preview, column)))}
      onChange={(values) => onChange(values.map(featureAt))}
    />
  )
}

function FeatureTypes({ preview, columns, features, onChange }: FeaturesProps) {
  const { t } = useTranslation()
  const types = attributeTypes.map((value) => ({ value, label: t(`import.attributes.types.${value}`) }))
  const data = [useRecognise(), ...types]
  return (
    <Group gap="md">
      {features.map((feature, at) => (
        <Select
          key={String(feature.column)}
          label={t('import.attributes.type', { name: feature.name ?? columnName(columns, preview, feature.column) })}
          w={180}
          data={data}
          value={feature.type ?? ''}
          onChange={(type) => onChange(features.with(at, retyped(feature, type as AttributeType | '')))}
        />
      ))}
    </Group>
  )
}

type Written = NonNullable<ItemsFile['features']>[number]
type Feature = Exclude<Written, Column>

function featureOf(written: Written): Feature {
  return typeof written === 'object' ? written : { column: written }
}

/** A column alone where nothing else is said of it. */
function written(feature: Feature): Written {
  return Object.keys(feature).length === 1 ? feature.column : feature
}

function retyped({ column, name }: Feature, type: AttributeType | ''): Feature {
  return { column, ...(name !== undefined && { name }), ...(type !== '' && { type }) }
}

function columnName(choices: { value: string; label: string }[], preview: FilePreview, column: Column): string {
  const position = positionOf(preview, column)
  return choices.find(({ value }) => value === String(position))?.label ?? String(column)
}
