import { Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { PartCounts } from '../../../../main/contract/records'
import { useFormat } from '../../../locales/format'
import styles from './recipe.module.css'

interface EffectCellsProps {
  before: PartCounts | null
  after: PartCounts | null
  /** What the recipe began with: the whole width of a bar. */
  all: PartCounts
}

const parts = ['interactions', 'users', 'items'] as const

/** Interactions, users and items before and after a step: numbers, and a bar of what is left and what it takes. */
export function EffectCells({ before, after, all }: EffectCellsProps) {
  return parts.map((part) => (
    <EffectCell
      key={part}
      part={part}
      before={before?.[part] ?? null}
      after={after?.[part] ?? null}
      all={Math.max(1, all[part])}
    />
  ))
}

interface EffectCellProps {
  part: (typeof parts)[number]
  before: number | null
  after: number | null
  all: number
}

function EffectCell({ part, before, after, all }: EffectCellProps) {
  const { t } = useTranslation()
  const format = useFormat()
  if (before === null || after === null) return <div className={styles.effect} />
  const change = after - before
  return (
    <div className={styles.effect}>
      <div className={styles.numbers}>
        <Text size="sm" span fw={550} className="number">
          {format.count(after)}
        </Text>
        <Text size="xs" span c="dimmed">
          {t(`data.${part}`)}
        </Text>
        {change !== 0 && (
          <Text size="xs" span c="dimmed" className={styles.change}>
            {format.signed(change)}
          </Text>
        )}
      </div>
      <div className={styles.bar} aria-hidden>
        <span className={styles.kept} style={{ width: `${(100 * after) / all}%` }} />
        <span className={styles.taken} style={{ width: `${(100 * Math.max(0, before - after)) / all}%` }} />
      </div>
    </div>
  )
}
