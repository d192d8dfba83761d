import { Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { Attribute } from '../../../../main/contract/experiment'
import type { DatasetRecord, Profile } from '../../../../main/contract/records'
import { useFormat } from '../../../locales/format'

/** Where the data was read from, what belongs to it, and that every line of it is accounted for. */
export function Source({ dataset }: { dataset: DatasetRecord }) {
  const { t } = useTranslation()
  const { itemAttributes, userAttributes } = dataset
  const paths = dataset.parts ? Object.values(dataset.parts) : [dataset.source.interactions].filter(Boolean)
  const path = paths.join(', ')
  const parts = [path ? t('data.profile.source', { path }) : t('data.profile.sourceSample')]
  if (dataset.hasTitles) parts.push(t('data.profile.titles'))
  const names = (attributes: Attribute[]) => attributes.map(({ name }) => name).join(', ')
  if (itemAttributes.length > 0) parts.push(t('data.profile.attributes', { list: names(itemAttributes) }))
  if (userAttributes.length > 0) parts.push(t('profile.userAttributes', { list: names(userAttributes) }))
  return (
    <>
      <span className="data">{parts.join(' · ')}</span>
      <ReadLine profile={dataset.profile} />
    </>
  )
}

function ReadLine({ profile: { counts } }: { profile: Profile }) {
  const { t } = useTranslation()
  const format = useFormat()
  const texts = {
    bytes: format.count(counts.bytes),
    lines: format.count(counts.lines),
    skipped: format.count(counts.skipped),
    kept: format.count(counts.kept),
    rejected: format.count(counts.rejected),
  }
  if (counts.bytes === 0) return null
  return (
    <Text span size="xs" c="dimmed" display="block">
      {counts.lines > 0 ? t('data.profile.adds', texts) : t('data.profile.rows', texts)}
    </Text>
  )
}
