import { Loader, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { AttributeSummary, FeaturePreview } from '../../../../main/contract/features'
import { useFormat } from '../../../locales/format'
import type { FeatureLines } from '../../../state/features'
import { ShareDone } from '../../../widgets/share-done'
import { FeatureLineView } from './feature-line'
import styles from './features.module.css'
import { featuresView } from './use-preview'

export interface FeatureListProps {
  attributes: readonly AttributeSummary[]
  lines: FeatureLines
  /** One for each line, as far as they are known. */
  previews: readonly FeaturePreview[]
  change(lines: FeatureLines, field?: string | null): void
  /** Previews of the latest change are still to come. */
  busy: boolean
}

/** The features in their order, and what those that are switched on take together. */
export function FeatureList({ attributes, lines, previews, change, busy }: FeatureListProps) {
  const { t } = useTranslation()
  const format = useFormat()
  const known = previews.filter((_, at) => lines[at]?.on)
  const sum = (of: (preview: FeaturePreview) => number | null) =>
    known.reduce((total, preview) => total + (of(preview) ?? 0), 0)
  return (
    <>
      <ul className={styles.list} aria-label={t('features.list')}>
        {lines.map((line, at) => (
          <FeatureLineView
            key={line.id}
            attributes={attributes}
            lines={lines}
            line={line}
            preview={previews.length === lines.length ? previews[at] : null}
            change={change}
          />
        ))}
      </ul>
      <Text size="sm" c="dimmed" className={styles.total} role="status" aria-busy={busy}>
        {busy && <Loader size="xs" mr="xs" />}
        {busy && <ShareDone view={featuresView} />}
        {lines.some(({ on }) => on)
          ? t('features.total', {
              count: sum(({ columns }) => columns),
              columns: format.count(sum(({ columns }) => columns)),
              bytes: format.bytes(sum(({ bytes }) => bytes)),
            })
          : t('features.empty')}
      </Text>
    </>
  )
}
