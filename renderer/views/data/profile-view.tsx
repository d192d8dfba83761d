import { Button, Group, SimpleGrid, Stack, Text } from '@mantine/core'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { pathsOf } from '../../../main/contract/experiment'
import type { Bar, ColumnProfile, DatasetRecord, Profile } from '../../../main/contract/records'
import { Histogram } from '../../charts/histogram'
import { type Format, useFormat } from '../../locales/format'
import { formatRoute } from '../../state/router'
import { type Column, DataTable } from '../../widgets/data-table'
import { Facts } from '../../widgets/facts'
import { Panel } from '../../widgets/panel'
import { GoodDefaults } from '../plan/good-defaults'
import { DatasetRemarks } from './dataset-remarks'
import styles from './profile-view.module.css'
import { RejectedRows } from './rejected-rows'

/** What was read, in numbers: sizes, columns, distributions, and whether every row is accounted for. */
export function ProfileView({ dataset }: { dataset: DatasetRecord }) {
  const { t } = useTranslation()
  const { profile } = dataset
  return (
    <>
      <Panel
        title={t('data.profile.title', { name: dataset.name })}
        note={<Source dataset={dataset} />}
        actions={
          <Group gap="sm">
            <GoodDefaults dataset={dataset} />
            <Button component="a" href={formatRoute('train')}>
              {t('data.next')}
            </Button>
          </Group>
        }
      >
        <Stack gap="md">
          <Numbers profile={profile} />
          <ReadLine profile={profile} />
          {profile.rejected > 0 && <RejectedRows dataset={dataset} />}
        </Stack>
      </Panel>
      <Distributions profile={profile} />
      {profile.columns.length > 0 && <Columns columns={profile.columns} />}
      <Panel title={t('remarks.title')}>
        <DatasetRemarks dataset={dataset} />
      </Panel>
    </>
  )
}

function Source({ dataset }: { dataset: DatasetRecord }) {
  const { t } = useTranslation()
  const paths = dataset.parts ? Object.values(dataset.parts) : pathsOf(dataset.source.interactions ?? '')
  const path = paths.join(', ')
  const parts = [path ? t('data.profile.source', { path }) : t('data.profile.sourceSample')]
  if (dataset.hasTitles) parts.push(t('data.profile.titles'))
  const attributes = [...dataset.itemAttributes, ...dataset.userAttributes].map(({ name }) => name)
  if (attributes.length > 0) parts.push(t('data.profile.attributes', { list: attributes.join(', ') }))
  return <span className="data">{parts.join(' · ')}</span>
}

function Numbers({ profile }: { profile: Profile }) {
  const { t } = useTranslation()
  const format = useFormat()
  const { firstTimestamp: first, lastTimestamp: last } = profile
  return (
    <Facts
      facts={[
        [t('data.interactions'), format.count(profile.interactions)],
        [t('data.users'), format.count(profile.users)],
        [t('data.items'), format.count(profile.items)],
        [t('data.profile.density'), format.percent(profile.density)],
        [t('data.profile.rejected'), format.count(profile.rejected)],
        [t('data.profile.duplicates'), format.count(profile.duplicates)],
        [
          t('data.profile.period'),
          first === null || last === null
            ? t('data.profile.noTimestamps')
            : `${format.date(first)} – ${format.date(last)}`,
        ],
      ]}
    />
  )
}

/** Shows that every line of the source is accounted for. */
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
    <Text size="sm" c="dimmed">
      {counts.lines > 0 ? t('data.profile.adds', texts) : t('data.profile.rows', texts)}
    </Text>
  )
}

function Distributions({ profile }: { profile: Profile }) {
  const { t } = useTranslation()
  const format = useFormat()
  const ratings = useMemo(
    () => profile.ratings.map(({ value, count }) => ({ label: format.value(value), tick: format.value(value), count })),
    [profile, format],
  )
  const perUser = useMemo(() => intervals(profile.interactionsPerUser, format), [profile, format])
  const perItem = useMemo(() => intervals(profile.interactionsPerItem, format), [profile, format])
  return (
    <SimpleGrid cols={ratings.length > 0 ? 3 : 2} spacing="md">
      {ratings.length > 0 && (
        <Histogram
          title={t('data.profile.ratings')}
          axis={t('data.profile.ratingValue')}
          bars={ratings}
          series={[{ name: t('data.interactions'), counts: ratings.map(({ count }) => count) }]}
        />
      )}
      <Histogram
        title={t('data.profile.perUser')}
        axis={t('data.profile.interval')}
        bars={perUser}
        series={[{ name: t('data.users'), counts: perUser.map(({ count }) => count) }]}
      />
      <Histogram
        title={t('data.profile.perItem')}
        axis={t('data.profile.interval')}
        bars={perItem}
        series={[{ name: t('data.items'), counts: perItem.map(({ count }) => count) }]}
      />
    </SimpleGrid>
  )
}

/** Bars count whole interactions in [from, to), the last bar closed. */
function intervals(bars: Bar[], format: Format) {
  return bars.map(({ from, to, count }, index) => {
    const last = index === bars.length - 1 ? Math.floor(to) : Math.ceil(to) - 1
    const first = Math.ceil(from)
    if (last <= first) return { label: format.count(first), tick: format.count(first), count }
    const tick = `${format.count(first)}–`
    return { label: `${tick}${format.count(last)}`, tick, count }
  })
}

function Columns({ columns }: { columns: ColumnProfile[] }) {
  const { t } = useTranslation()
  const format = useFormat()
  const shown: Column<ColumnProfile>[] = [
    { key: 'name', heading: t('data.profile.column'), cell: ({ name }) => <span className="data">{name}</span> },
    { key: 'type', heading: t('data.profile.type'), cell: ({ type }) => t(`data.profile.types.${type}`) },
    {
      key: 'missing',
      heading: t('data.profile.missing'),
      align: 'right',
      cell: ({ missing }) => format.count(missing),
    },
    {
      key: 'distinct',
      heading: t('data.profile.distinct'),
      align: 'right',
      cell: ({ distinct }) => format.count(distinct),
    },
    {
      key: 'range',
      heading: t('data.profile.range'),
      align: 'right',
      cell: ({ minimum, maximum }) =>
        minimum === null || maximum === null ? (
          ''
        ) : (
          <span className={`${styles.range} clipped`}>{`${minimum} – ${maximum}`}</span>
        ),
    },
  ]
  return (
    <Panel title={t('data.profile.columns')} flush>
      <DataTable
        label={t('data.profile.columns')}
        columns={shown}
        rows={columns}
        keyOf={(_, index) => String(index)}
        maximumHeight={320}
      />
    </Panel>
  )
}
