import { Fieldset, Group, Select, Text, TextInput } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { numericTimeUnits, type TimeFormat } from '../../../../main/contract/experiment'
import type { FilePreview } from '../../../../main/contract/previews'
import { useFormat } from '../../../locales/format'

interface TimeProps {
  time: TimeFormat
  /** The first of the times, as it stands in the file. */
  example: string | null
  onChange(time: TimeFormat): void
}

const units = [...numericTimeUnits, 'iso', 'pattern'] as const
const perSecond = { seconds: 1, milliseconds: 1e3, microseconds: 1e6, nanoseconds: 1e9 } as const
const zones = ['UTC', ...Intl.supportedValuesOf('timeZone').filter((name) => name !== 'UTC')]

/** How the times are written: proposed from the first of them, and open to correction. */
export function Time({ time, example, onChange }: TimeProps) {
  const { t } = useTranslation()
  return (
    <Fieldset legend={t('import.time.title')} variant="unstyled">
      <Group gap="md" align="flex-end">
        <Select
          label={t('import.time.unit')}
          w={220}
          data={units.map((value) => ({ value, label: t(`import.time.units.${value}`) }))}
          value={time.unit}
          onChange={(unit) => unit && unit !== time.unit && onChange(newTime(unit as TimeFormat['unit']))}
        />
        {time.unit === 'pattern' && (
          <TextInput
            label={t('import.time.pattern')}
            ff="monospace"
            w={220}
            maxLength={100}
            value={time.pattern}
            onChange={(event) => onChange({ ...time, pattern: event.currentTarget.value })}
          />
        )}
        {(time.unit === 'iso' || time.unit === 'pattern') && (
          <Select
            label={t('import.time.zone')}
            w={220}
            searchable
            data={zones}
            value={time.zone ?? 'UTC'}
            onChange={(zone) => zone && onChange({ ...time, zone })}
          />
        )}
        <Reading time={time} example={example} />
      </Group>
      {time.unit === 'pattern' && (
        <Text size="xs" c="dimmed" mt={4}>
          {t('import.time.patternHelp')}
        </Text>
      )}
    </Fieldset>
  )
}

/** What the first time comes to under the unit: a date that is plainly wrong says that the unit is. */
function Reading({ time, example }: Pick<TimeProps, 'time' | 'example'>) {
  const { t } = useTranslation()
  const format = useFormat()
  if (example === null || !Object.hasOwn(perSecond, time.unit)) return null
  const seconds = Number(example) / perSecond[time.unit as keyof typeof perSecond]
  if (!Number.isFinite(seconds) || Math.abs(seconds) > 8.64e12) return null
  return (
    <Text size="sm" c="dimmed" pb={6} className="data">
      {t('import.time.reads', { text: example, date: format.date(seconds) })}
    </Text>
  )
}

function newTime(unit: TimeFormat['unit']): TimeFormat {
  return unit === 'pattern' ? { unit, pattern: '%Y-%m-%d %H:%M:%S' } : { unit }
}

/** The first cell of a column that is not empty. */
export function firstCell({ rows }: FilePreview, position: number | null): string | null {
  if (position === null) return null
  return rows.map((row) => row[position]).find((cell) => cell) ?? null
}
