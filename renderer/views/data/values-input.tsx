import { Group, MultiSelect, Text } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Subject } from '../../../main/contract/filters'
import { useFormat } from '../../locales/format'
import { useAnswer } from '../../state/engine'

interface ValuesInputProps {
  className?: string
  label: string
  error?: string | null
  datasetId: string
  of: Subject
  /** The attribute's name. */
  name: string
  values: readonly string[]
  /** Inside of something that closes when one clicks outside of it. */
  nested?: boolean
  onChange(values: string[]): void
}

/** Milliseconds after the last letter. */
const delay = 150

/** Some of the values that an attribute has, found by a part of them; each with the users or items that have it. */
export function ValuesInput(props: ValuesInputProps) {
  const { className, label, error, datasetId, of, name, values, nested = false, onChange } = props
  const { t } = useTranslation()
  const format = useFormat()
  const [search, setSearch] = useState('')
  const answer = useAnswer('datasets.values', name ? { datasetId, of, name, contains: search } : null, delay)
  const found = answer.value?.values ?? []
  const counts = new Map(found.map(({ value, count }) => [value, count]))
  const chosen = values.filter((value) => !counts.has(value))
  const hidden = (answer.value?.distinct ?? 0) - found.length
  return (
    <MultiSelect
      {...(className && { className })}
      label={label}
      error={error}
      placeholder={t('values.search')}
      description={hidden > 0 ? t('values.more', { count: hidden }) : undefined}
      inputWrapperOrder={['label', 'input', 'description', 'error']}
      comboboxProps={nested ? { withinPortal: false, middlewares: { flip: false } } : {}}
      searchable
      clearable
      hidePickedOptions
      data={[...found.map(({ value }) => value), ...chosen]}
      // The engine has searched.
      filter={({ options }) => options}
      searchValue={search}
      onSearchChange={setSearch}
      nothingFoundMessage={answer.state === 'ready' ? t('values.none') : t('app.loading')}
      value={[...values]}
      onChange={onChange}
      renderOption={({ option: { value } }) => (
        <Group justify="space-between" wrap="nowrap" gap="sm" w="100%">
          <bdi className="data clipped">{value}</bdi>
          <Text size="xs" c="dimmed">
            {format.count(counts.get(value) ?? 0)}
          </Text>
        </Group>
      )}
    />
  )
}
