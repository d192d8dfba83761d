import { Checkbox, Fieldset, Group, Select, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { DelimitedFormat, Encoding, FileFormat } from '../../../../main/contract/experiment'

const kinds: FileFormat['kind'][] = ['delimited', 'json', 'excel', 'parquet', 'sequences']
const delimiterNames = { ',': 'comma', '\t': 'tab', ';': 'semicolon', '|': 'pipe', '::': 'doubleColon' } as const
const encodings: Encoding[] = ['utf-8', 'latin-1', 'utf-16']
const quoteNames = { '"': 'double', '': 'none' } as const
const decimalNames = { '.': 'point', ',': 'comma' } as const

interface LayoutProps {
  format: FileFormat
  /** Of an Excel workbook. */
  sheets: readonly string[]
  onChange(format: FileFormat): void
}

/** How the file is laid out; every change reads the preview anew. */
export function Layout({ format, sheets, onChange }: LayoutProps) {
  const { t } = useTranslation()
  return (
    <Fieldset legend={t('data.import.format')} variant="unstyled">
      <Group gap="md" align="flex-end">
        <Select
          label={t('data.import.kind')}
          w={220}
          data={kinds.map((value) => ({ value, label: t(`data.import.kinds.${value}`) }))}
          value={format.kind}
          onChange={(kind) => kind && kind !== format.kind && onChange(newFormat(kind as FileFormat['kind']))}
        />
        {format.kind === 'delimited' && <Delimited format={format} onChange={onChange} />}
        {format.kind === 'json' && (
          <Checkbox
            label={t('import.jsonLines')}
            checked={format.lines}
            pb={6}
            onChange={(event) => onChange({ ...format, lines: event.currentTarget.checked })}
          />
        )}
        {format.kind === 'excel' && (
          <>
            <Select
              label={t('import.sheet')}
              w={220}
              data={[...sheets]}
              value={format.sheet}
              onChange={(sheet) => sheet && onChange({ ...format, sheet })}
            />
            <Header checked={format.header} onChange={(header) => onChange({ ...format, header })} />
          </>
        )}
        {'compression' in format && format.compression && (
          <Text size="sm" c="dimmed" pb={6}>
            {t('import.compression', { name: format.compression })}
          </Text>
        )}
      </Group>
    </Fieldset>
  )
}

function Delimited({ format, onChange }: { format: DelimitedFormat; onChange(format: DelimitedFormat): void }) {
  const { t } = useTranslation()
  const change = (changed: Partial<DelimitedFormat>) => onChange({ ...format, ...changed })
  return (
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
        onChange={(encoding) => change({ encoding: encoding as Encoding })}
      />
      <Select
        label={t('data.import.quote')}
        w={140}
        data={Object.values(quoteNames).map((name) => ({ value: name, label: t(`data.import.quotes.${name}`) }))}
        value={quoteNames[format.quote]}
        onChange={(name) => change({ quote: name === 'double' ? '"' : '' })}
      />
      <Select
        label={t('import.decimal')}
        w={140}
        data={Object.values(decimalNames).map((name) => ({ value: name, label: t(`import.decimals.${name}`) }))}
        value={decimalNames[format.decimal ?? '.']}
        onChange={(name) => change({ decimal: name === 'comma' ? ',' : '.' })}
      />
      <Header checked={format.header} onChange={(header) => change({ header })} />
    </>
  )
}

function Header({ checked, onChange }: { checked: boolean; onChange(checked: boolean): void }) {
  const { t } = useTranslation()
  return (
    <Checkbox
      label={t('data.import.header')}
      checked={checked}
      pb={6}
      onChange={(event) => onChange(event.currentTarget.checked)}
    />
  )
}

function newFormat(kind: FileFormat['kind']): FileFormat {
  switch (kind) {
    case 'delimited':
      return { kind, delimiter: ',', header: true, encoding: 'utf-8', quote: '"' }
    case 'json':
      return { kind, lines: true }
    case 'excel':
      return { kind, sheet: 'Sheet1', header: true }
    default:
      return { kind }
  }
}

function isNamed(delimiter: string): delimiter is keyof typeof delimiterNames {
  return Object.hasOwn(delimiterNames, delimiter)
}

/** The usual delimiters, and the file's own where it is another. */
function delimiterChoices(current: string): string[] {
  const usual = Object.keys(delimiterNames)
  return usual.includes(current) ? usual : [...usual, current]
}
