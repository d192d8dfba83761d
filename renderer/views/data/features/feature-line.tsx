import { ActionIcon, Badge, Switch, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { FeaturePreview, ImageGaps } from '../../../../main/contract/features'
import { useFormat } from '../../../locales/format'
import { useSay } from '../../../locales/say'
import { changeFeature, columnsOf, type FeatureLine, withoutFeature } from '../../../state/features'
import { CancelIcon } from '../../../widgets/icons'
import { FeatureFields } from './feature-fields'
import type { FeatureListProps } from './feature-list'
import styles from './features.module.css'

interface FeatureLineProps extends Omit<FeatureListProps, 'previews' | 'busy'> {
  line: FeatureLine
  preview: FeaturePreview | null
}

/** A feature: its switch and attribute, how it is made, and the columns that it gives. */
export function FeatureLineView({ attributes, lines, line, preview, change }: FeatureLineProps) {
  const { t } = useTranslation()
  const name = columnsOf(line.feature).join(' × ')
  return (
    <li className={styles.line} data-off={!line.on || undefined} aria-label={name}>
      <div className={styles.head}>
        <Switch
          size="xs"
          checked={line.on}
          aria-label={t('features.on', { name })}
          onChange={({ currentTarget }) => change(changeFeature(lines, line.id, { on: currentTarget.checked }))}
        />
        <Text size="sm" fw={550} className={`data ${styles.name}`}>
          <bdi>{name}</bdi>
        </Text>
        <Badge variant="default" size="sm" tt="none" fw={400}>
          {t(`features.of.${line.feature.of}`)}
        </Badge>
        <Text size="xs" c="dimmed" className={styles.meaning}>
          {t(`features.meanings.${line.feature.as}`)}
        </Text>
        <ActionIcon
          aria-label={t('features.remove', { name })}
          title={t('features.remove', { name })}
          onClick={() => change(withoutFeature(lines, line.id))}
        >
          <CancelIcon size={14} />
        </ActionIcon>
      </div>
      <FeatureFields
        attributes={attributes}
        feature={line.feature}
        onChange={(feature, field) => {
          change(changeFeature(lines, line.id, { feature }), field && `${line.id} ${field}`)
        }}
      />
      {preview && <Result preview={preview} />}
    </li>
  )
}

/** How many columns, what they take, and which of them most rows have. */
function Result({ preview }: { preview: FeaturePreview }) {
  const { t } = useTranslation()
  const format = useFormat()
  const say = useSay()
  if (preview.problem !== null) {
    return (
      <Text size="sm" c="var(--mantine-color-error)" role="alert" className={`data ${styles.result}`}>
        {say(preview.problem)}
      </Text>
    )
  }
  const size = preview.bytes === null ? t('features.later') : format.bytes(preview.bytes)
  return (
    <div className={styles.result}>
      {preview.gaps && <Gaps gaps={preview.gaps} />}
      <Text size="sm" component="span">
        {preview.columns === null
          ? size
          : t('features.columns', { count: preview.columns, columns: format.count(preview.columns), size })}
      </Text>
      {preview.top.slice(0, shownColumns).map(({ name, rows }) => (
        <Text key={name} size="xs" c="dimmed" component="span" className={`data ${styles.column}`} title={name}>
          <bdi>{name}</bdi> {format.count(rows)}
        </Text>
      ))}
    </div>
  )
}

const shownColumns = 6
const shownGaps = 5

/** The pictures that have no vector, the first by name. */
function Gaps({ gaps: { named, missing, examples } }: { gaps: ImageGaps }) {
  const { t } = useTranslation()
  const format = useFormat()
  const say = useSay()
  if (missing === 0) {
    return (
      <Text size="sm" className={styles.gaps}>
        {t('features.noGaps', { count: named, named: format.count(named) })}
      </Text>
    )
  }
  const more = missing - Math.min(shownGaps, examples.length)
  return (
    <div className={styles.gaps}>
      <Text size="sm">
        {t('features.gaps', { count: missing, missing: format.count(missing), named: format.count(named) })}
      </Text>
      <ul className={styles.files}>
        {examples.slice(0, shownGaps).map(({ file, reason }) => (
          <Text key={file} component="li" size="sm" c="dimmed" className="data">
            <bdi>{file}</bdi>: {say(reason)}
          </Text>
        ))}
        {more > 0 && (
          <Text component="li" size="sm" c="dimmed">
            {t('features.moreGaps', { count: more })}
          </Text>
        )}
      </ul>
    </div>
  )
}
