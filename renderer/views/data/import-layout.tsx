import { Checkbox, Fieldset, Group, Select } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { FileFormat } from '../../../main/contract/experiment'

type Delimited = Extract<FileFormat, { kind: 'delimited' }>

const delimiterNames = { ',': 'comma', '\t': 'tab', ';': 'semicolon', '|': 'pipe', '::': 'doubleColon' } as const
const encodings: Delimited['encoding'][] = ['utf-8', 'latin-1', 'utf-16']
const quoteNames = { '"': 'double', '': 'none' } as const

/** How the file is laid out; every change reads the preview anew. */
export function ImportLayout({ format, onChange }: { format: FileFormat; onChange(format: FileFormat): void }) {
  const { t } = useTranslation()
  const change = (changed: Partial<Delimited>) => {
    if (format.kind === 'delimited') onChange({ ...format, ...changed })
  }
  return (
    <Fieldset legend={t('data.import.format')} variant="unstyled">
      <Group gap="md" align="flex-end">
        <Select
          label={t('data.import.kind')}
          w={220}
          data={(['delimited', 'parquet', 'sequences'] as const).map((kind) => ({
            value: kind,
            label: t(`data.import.kinds.${kind}`),
          }))}
          value={format.kind}
          onChange={(kind) => kind && kind !== format.kind && onChange(newFormat(kind as FileFormat['kind']))}
        />
        {format.kind === 'delimited' && (
          <>
            <Select
              label={t('data.import.delimiter')}
              w={150}
              data={delimiterChoices(format.delimiter).map((value) => ({
                value,
                label: isNamed(value) ? t(`data.import.delimiters.${delimiterNames[value]}`) : value,
              }))}
              value={format.delimiter}
              onChange={(delimiter) => delimiter && change({ delimiter })}
            />
            <Select
              label={t('data.import.encoding')}
              w={110}
              data={encodings}
              value={format.encoding}
              onChange={(encoding) => change({ encoding: encoding as Delimited['encoding'] })}
            />
            <Select
              label={t('data.import.quote')}
              w={140}
              data={Object.entries(quoteNames).map(([, name]) => ({
                value: name,
                label: t(`data.import.quotes.${name}`),
              }))}
              value={quoteNames[format.quote]}
              onChange={(name) => change({ quote: name === 'double' ? '"' : '' })}
            />
            <Checkbox
              label={t('data.import.header')}
              checked={format.header}
              pb={6}
              onChange={(event) => change({ header: event.currentTarget.checked })}
            />
          </>
        )}
      </Group>
    </Fieldset>
  )
}

function newFormat(kind: FileFormat['kind']): FileFormat {
  if (kind !== 'delimited') return { kind }
  return { kind, delimiter: ',', header: true, encoding: 'utf-8', quote: '"' }
}

function isNamed(delimiter: string): delimiter is keyof typeof delimiterNames {
  return Object.hasOwn(delimiterNames, delimiter)
}

/** The usual delimiters, and the file's own where it is another. */
function delimiterChoices(current: string): string[] {
  const usual = Object.keys(delimiterNames)
  return usual.includes(current) ? usual : [...usual, current]
}
