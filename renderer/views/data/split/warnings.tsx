import { Badge, Button, Text } from '@mantine/core'
import type { TFunction, TOptions } from 'i18next'
import { useTranslation } from 'react-i18next'
import type { SplitWarning, WarningLevel } from '../../../../main/contract/split-preview'
import { type Format, useFormat } from '../../../locales/format'
import type { FormProps } from '../../train/form'
import { fixOf } from './fix'
import { metricName } from './metric-name'
import styles from './split-room.module.css'

const colours: Record<WarningLevel, string> = { block: 'red', warn: 'yellow', info: 'gray' }
/** Each readable on its ground in either theme. */
const inks: Record<WarningLevel, string> = {
  block: 'var(--mantine-color-error)',
  warn: 'var(--topn-warn)',
  info: 'dimmed',
}

/** What speaks against the split, in sentences, with a button where the form can put it right. */
export function Warnings({ warnings, dataset, draft, change }: FormProps & { warnings: readonly SplitWarning[] }) {
  const { t } = useTranslation()
  const format = useFormat()
  if (warnings.length === 0) {
    return (
      <Text size="sm" c="dimmed">
        {t('split.noWarnings')}
      </Text>
    )
  }
  return (
    <ul className={styles.warnings}>
      {warnings.map((warning) => {
        const fix = fixOf(warning, draft, dataset)
        return (
          <li key={warning.code}>
            <Badge size="sm" variant="light" color={colours[warning.level]} c={inks[warning.level]}>
              {t(`split.levels.${warning.level}`)}
            </Badge>
            <Text size="sm">
              {t(
                `split.warnings.${warning.code}` as 'split.warnings.no-order',
                writtenData(warning, format, t) as TOptions,
              )}
            </Text>
            {fix && (
              <Button variant="default" onClick={() => change(fix.changes)}>
                {t(`split.fixes.${fix.id}`)}
              </Button>
            )}
          </li>
        )
      })}
    </ul>
  )
}

function writtenData({ data }: SplitWarning, format: Format, t: TFunction): Record<string, string> {
  const write = (name: string, value: string | number) => {
    if (name === 'part') return t(`split.parts.${value as 'train' | 'test'}`)
    if (name === 'metric') return metricName(String(value), t)
    if (typeof value === 'string') return value
    if (name === 'share') return format.percent(value)
    if (name === 'last') return format.date(value)
    return name === 'detectable' || name === 'difference'
      ? format.value(Number(value.toPrecision(2)))
      : format.count(value)
  }
  return Object.fromEntries(Object.entries(data).map(([name, value]) => [name, write(name, value)]))
}
